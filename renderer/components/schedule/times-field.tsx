import { Button, Field, Input, makeStyles } from '@fluentui/react-components';
import { AddRegular, DismissRegular } from '@fluentui/react-icons';
import { FormattedMessage, useIntl } from 'react-intl';
import { clockTimeWords } from '../../text/schedule-words.ts';

const useStyles = makeStyles({
  times: {
    border: 'none',
    margin: 0,
    padding: 0,
    minWidth: 0,
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px',
    alignItems: 'center',
  },
  time: { display: 'flex', alignItems: 'center' },
  input: { width: '128px' },
});

/** An hour after the last one, or the first hour that is free. */
function nextTime(times: readonly string[]): string {
  const last = Number([...times].sort().at(-1)?.slice(0, 2) ?? '7');
  const hours = Array.from({ length: 24 }, (_, step) => `${String((last + 1 + step) % 24).padStart(2, '0')}:00`);
  return hours.find((time) => !times.includes(time)) ?? '00:00';
}

interface TimesFieldProps {
  readonly times: readonly string[];
  readonly most: number;
  readonly onChange: (times: string[]) => void;
}

/** Times of day: one at least, more with *Add time*. A time that stands there twice, or is not finished, is said. */
export function TimesField({ times, most, onChange }: TimesFieldProps) {
  const intl = useIntl();
  const styles = useStyles();
  const wrong = times.some((time) => time === '')
    ? 'schedule.times.unfinished'
    : new Set(times).size < times.length
      ? 'schedule.times.twice'
      : null;
  const replace = (index: number, time: string) => onChange(times.map((old, at) => (at === index ? time : old)));
  return (
    <Field
      label={intl.formatMessage({ id: 'schedule.times' })}
      {...(wrong === null
        ? {}
        : { validationState: 'error' as const, validationMessage: intl.formatMessage({ id: wrong }) })}
    >
      <fieldset className={styles.times}>
        {times.map((time, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: times have no other identity while they are typed
          <span key={index} className={styles.time}>
            <Input
              className={styles.input}
              type="time"
              value={time}
              aria-label={intl.formatMessage({ id: 'schedule.time-number' }, { number: index + 1 })}
              onChange={(_, data) => replace(index, data.value)}
            />
            {times.length > 1 && (
              <Button
                appearance="subtle"
                icon={<DismissRegular />}
                aria-label={intl.formatMessage(
                  { id: 'schedule.times.remove' },
                  { time: time === '' ? '–' : clockTimeWords(time, intl.locale) },
                )}
                onClick={() => onChange(times.filter((_, at) => at !== index))}
              />
            )}
          </span>
        ))}
        {times.length < most && (
          <Button icon={<AddRegular />} onClick={() => onChange([...times, nextTime(times)])}>
            <FormattedMessage id="schedule.times.add" />
          </Button>
        )}
      </fieldset>
    </Field>
  );
}
