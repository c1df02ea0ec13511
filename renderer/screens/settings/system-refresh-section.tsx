import { Button, makeStyles, Switch, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { mostRefreshTimes } from '../../../preload/contract/schedule-limits.ts';
import { call } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { NextRuns } from '../../components/schedule/next-runs.tsx';
import { isComplete, RecurrenceFields } from '../../components/schedule/recurrence-fields.tsx';
import { Section } from '../../components/section.tsx';
import { useAction } from '../../components/use-action.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { notify } from '../../stores/ui-store.ts';
import { recurrenceWords } from '../../text/schedule-words.ts';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '12px' },
  quiet: { color: tokens.colorNeutralForeground2 },
  save: { alignSelf: 'flex-start' },
});

/** The system refresh: off, or daily or weekly at a few times, for every export without a schedule of its own. */
export function SystemRefreshSection() {
  const intl = useIntl();
  const styles = useStyles();
  const stored = useMirror((mirror) => mirror.schedules.systemRefresh);
  const ownTimeZone = useMirror((mirror) => mirror.schedules.timeZone);
  const mayChange = useMirror((mirror) => mirror.person.role === 'administrator');
  const follows = useMirror(
    (mirror) => mirror.schedules.exports.filter((schedule) => schedule.follows === 'system').length,
  );
  const [edited, setEdited] = useState<typeof stored.recurrence | null>(null);
  const recurrence = edited ?? stored.recurrence;
  const save = useAction(async (on: boolean) => {
    await call('schedules.setSystemRefresh', { on, recurrence: on ? recurrence : stored.recurrence });
    setEdited(null);
    notify(on ? 'system-refresh.saved' : 'system-refresh.switched-off');
  });
  return (
    <Section
      anchor="system-refresh"
      title={<FormattedMessage id="system-refresh.title" />}
      description={<FormattedMessage id="system-refresh.description" values={{ count: follows }} />}
    >
      <div className={styles.stack}>
        <Switch
          checked={stored.on}
          disabled={!mayChange || (!stored.on && !isComplete(recurrence))}
          label={intl.formatMessage({ id: stored.on ? 'system-refresh.on' : 'system-refresh.off' })}
          onChange={(_, { checked }) => void save.run(checked)}
        />
        {!mayChange && (
          <Text className={styles.quiet}>
            {stored.on && `${recurrenceWords(stored.recurrence, ownTimeZone, intl)} `}
            <FormattedMessage id="system-refresh.administrators" />
          </Text>
        )}
        {mayChange && stored.on && (
          <>
            <RecurrenceFields
              value={recurrence}
              everies={['day', 'week']}
              mostTimes={mostRefreshTimes}
              onChange={setEdited}
            />
            <NextRuns recurrence={recurrence} />
            <Text size={200} className={styles.quiet}>
              <FormattedMessage id="system-refresh.hint" />
            </Text>
            <Button
              appearance="primary"
              className={styles.save}
              disabled={edited === null || !isComplete(recurrence)}
              disabledFocusable={save.pending}
              onClick={() => void save.run(true)}
            >
              <FormattedMessage id="action.save" />
            </Button>
          </>
        )}
        <ErrorNotice error={save.error} />
      </div>
    </Section>
  );
}
