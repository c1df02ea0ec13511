import { makeStyles, Radio, RadioGroup, Switch, Text, tokens } from '@fluentui/react-components';
import { FormattedMessage, useIntl } from 'react-intl';
import { mostScheduleTimes } from '../../../../preload/contract/schedule-limits.ts';
import { NextRuns } from '../../../components/schedule/next-runs.tsx';
import { RecurrenceFields } from '../../../components/schedule/recurrence-fields.tsx';
import { useMirror } from '../../../stores/mirror-store.ts';
import { recurrenceWords } from '../../../text/schedule-words.ts';
import type { ScheduleChoice } from './schedule-choice.ts';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '12px' },
  radio: { display: 'flex', flexDirection: 'column' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface ScheduleFieldsProps {
  readonly value: ScheduleChoice;
  readonly onChange: (value: ScheduleChoice) => void;
}

/** By what exports run: the system refresh, a schedule of their own, or nobody but a person. */
export function ScheduleFields({ value, onChange }: ScheduleFieldsProps) {
  const intl = useIntl();
  const styles = useStyles();
  const refresh = useMirror((mirror) => mirror.schedules.systemRefresh);
  const ownTimeZone = useMirror((mirror) => mirror.schedules.timeZone);
  const hint = refresh.on
    ? recurrenceWords(refresh.recurrence, ownTimeZone, intl)
    : intl.formatMessage({ id: 'schedule.follows.system.off' });
  const explained = (label: string, text: string) => (
    <span className={styles.radio}>
      <span>{label}</span>
      <Text size={200} className={styles.quiet}>
        {text}
      </Text>
    </span>
  );
  return (
    <div className={styles.stack}>
      <RadioGroup
        aria-label={intl.formatMessage({ id: 'schedule.follows' })}
        value={value.follows}
        onChange={(_, data) => onChange({ ...value, follows: data.value as ScheduleChoice['follows'] })}
      >
        <Radio value="system" label={explained(intl.formatMessage({ id: 'schedule.follows.system' }), hint)} />
        <Radio value="own" label={<FormattedMessage id="schedule.follows.own" />} />
        <Radio value="manual" label={<FormattedMessage id="schedule.follows.manual" />} />
      </RadioGroup>
      {value.follows === 'own' && (
        <>
          <Switch
            checked={value.on}
            label={intl.formatMessage({ id: value.on ? 'schedule.run.on' : 'schedule.run.off' })}
            onChange={(_, { checked }) => onChange({ ...value, on: checked })}
          />
          <RecurrenceFields
            value={value.recurrence}
            everies={['day', 'week', 'month']}
            mostTimes={mostScheduleTimes}
            onChange={(recurrence) => onChange({ ...value, recurrence })}
          />
          <NextRuns recurrence={value.recurrence} />
        </>
      )}
    </div>
  );
}
