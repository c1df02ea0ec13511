import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { Recurrence } from '../../../preload/contract/views.ts';
import { asClientError, type ClientError, call } from '../../bridge/client.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { timeZoneName } from '../../text/schedule-words.ts';
import { ErrorNotice } from '../error-notice.tsx';
import { isComplete } from './recurrence-fields.tsx';

/** Typing that goes on faster than this is worked out once, at the end. */
const settleMs = 150;

const useStyles = makeStyles({
  box: {
    display: 'flex',
    flexDirection: 'column',
    gap: '6px',
    padding: '10px 12px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  list: { margin: 0, paddingLeft: '20px', fontVariantNumeric: 'tabular-nums' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The next five runs of a schedule as it stands in its fields, and by which rules they are found. */
export function NextRuns({ recurrence }: { readonly recurrence: Recurrence }) {
  const intl = useIntl();
  const styles = useStyles();
  const ownTimeZone = useMirror((mirror) => mirror.schedules.timeZone);
  const [runs, setRuns] = useState<readonly number[]>([]);
  const [error, setError] = useState<ClientError | null>(null);
  const complete = isComplete(recurrence);
  const asked = JSON.stringify(recurrence);

  useEffect(() => {
    if (!complete) return;
    let newest = true;
    const timer = setTimeout(() => {
      call('schedules.preview', { recurrence: JSON.parse(asked) as Recurrence }).then(
        ({ nextRuns }) => {
          if (!newest) return;
          setRuns(nextRuns);
          setError(null);
        },
        (thrown: unknown) => newest && setError(asClientError(thrown)),
      );
    }, settleMs);
    return () => {
      newest = false;
      clearTimeout(timer);
    };
  }, [asked, complete]);

  const { timeZone } = recurrence;
  const at = (time: number): string =>
    new Intl.DateTimeFormat(intl.locale, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
      timeZone,
    }).format(time);
  return (
    <section className={styles.box} aria-label={intl.formatMessage({ id: 'schedule.next-runs' })}>
      <Text weight="semibold">
        {timeZone === ownTimeZone ? (
          <FormattedMessage id="schedule.next-runs" />
        ) : (
          <FormattedMessage id="schedule.next-runs.in-zone" values={{ zone: timeZoneName(timeZone) }} />
        )}
      </Text>
      {complete && runs.length > 0 && (
        <ol className={styles.list} data-testid="next-runs">
          {runs.map((run) => (
            <li key={run}>{at(run)}</li>
          ))}
        </ol>
      )}
      <ErrorNotice error={error} />
      <Text size={200} className={styles.quiet}>
        <FormattedMessage id={recurrence.every === 'month' ? 'schedule.rules.month' : 'schedule.rules'} />
      </Text>
    </section>
  );
}
