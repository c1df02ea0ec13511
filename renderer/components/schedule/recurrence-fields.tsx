import { Dropdown, Field, Input, makeStyles, Option, Radio, RadioGroup } from '@fluentui/react-components';
import { FormattedMessage, useIntl } from 'react-intl';
import type { Recurrence } from '../../../preload/contract/views.ts';
import type { MessageKey } from '../../text/messages.ts';
import { lastMonthDay, monthDayName, weekdayName } from '../../text/schedule-words.ts';
import { DayToggles } from './day-toggles.tsx';
import { TimeZoneField } from './time-zone-field.tsx';
import { TimesField } from './times-field.tsx';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '12px' },
  pair: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))',
    gap: '12px 16px',
    alignItems: 'start',
  },
});

const everyLabels: Readonly<Record<Recurrence['every'], MessageKey>> = {
  day: 'schedule.every.day',
  week: 'schedule.every.week',
  month: 'schedule.every.month',
};

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** Whether a recurrence is complete, so that it can be saved; main looks at it once more. */
export function isComplete({ every, weekdays, monthDays, times }: Recurrence): boolean {
  if (times.length === 0 || times.includes('') || new Set(times).size < times.length) return false;
  return (every !== 'week' || weekdays.length > 0) && (every !== 'month' || monthDays.length > 0);
}

interface RecurrenceFieldsProps {
  readonly value: Recurrence;
  readonly onChange: (value: Recurrence) => void;
  readonly everies: readonly Recurrence['every'][];
  readonly mostTimes: number;
}

/** When something comes round: how often, on which days, at which times, in which time zone, from when on. */
export function RecurrenceFields({ value, onChange, everies, mostTimes }: RecurrenceFieldsProps) {
  const intl = useIntl();
  const styles = useStyles();
  const change = (of: Partial<Recurrence>) => onChange({ ...value, ...of });
  const missing = intl.formatMessage({ id: 'schedule.days.missing' });
  const label = intl.formatMessage({ id: everyLabels[value.every] });
  return (
    <div className={styles.stack}>
      <div className={styles.pair}>
        <Field label={intl.formatMessage({ id: 'schedule.every' })}>
          <Dropdown
            value={label}
            selectedOptions={[value.every]}
            onOptionSelect={(_, data) =>
              change({ every: everies.find((every) => every === data.optionValue) ?? 'day' })
            }
          >
            {everies.map((every) => (
              <Option key={every} value={every}>
                {intl.formatMessage({ id: everyLabels[every] })}
              </Option>
            ))}
          </Dropdown>
        </Field>
        <TimeZoneField value={value.timeZone} onChange={(timeZone) => change({ timeZone })} />
      </div>
      {value.every === 'week' && (
        <DayToggles
          label={intl.formatMessage({ id: 'schedule.weekdays' })}
          days={numbers(7).map((day) => ({
            day,
            name: weekdayName(day, intl.locale, 'short'),
            long: weekdayName(day, intl.locale, 'long'),
          }))}
          chosen={value.weekdays}
          wrong={value.weekdays.length === 0 ? missing : null}
          onChange={(weekdays) => change({ weekdays })}
        />
      )}
      {value.every === 'month' && (
        <DayToggles
          label={intl.formatMessage({ id: 'schedule.month-days' })}
          asGrid
          days={numbers(lastMonthDay).map((day) => ({ day, name: monthDayName(day, intl) }))}
          chosen={value.monthDays}
          wrong={value.monthDays.length === 0 ? missing : null}
          onChange={(monthDays) => change({ monthDays })}
        />
      )}
      <TimesField times={value.times} most={mostTimes} onChange={(times) => change({ times })} />
      <div className={styles.pair}>
        <Field
          label={intl.formatMessage({ id: 'schedule.starts-on' })}
          hint={intl.formatMessage({ id: 'schedule.starts-on.hint' })}
        >
          <Input
            type="date"
            value={value.startsOn ?? ''}
            onChange={(_, data) => change({ startsOn: data.value === '' ? null : data.value })}
          />
        </Field>
        <Field label={intl.formatMessage({ id: 'schedule.when-missed' })}>
          <RadioGroup
            value={value.whenMissed}
            onChange={(_, data) => change({ whenMissed: data.value === 'skip' ? 'skip' : 'catch-up' })}
          >
            <Radio value="catch-up" label={<FormattedMessage id="schedule.when-missed.catch-up" />} />
            <Radio value="skip" label={<FormattedMessage id="schedule.when-missed.skip" />} />
          </RadioGroup>
        </Field>
      </div>
    </div>
  );
}
