import { Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import { FormattedMessage } from 'react-intl';
import type { RunView } from '../../../preload/contract/views.ts';
import { RunStateBadge } from '../../components/run-state-badge.tsx';
import { navigate } from '../../stores/draft-store.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { useFormat } from '../../text/use-format.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: '0 0 12px', padding: 0 },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 12px',
    padding: '8px 10px',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  total: { display: 'block', marginBottom: '8px' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The runs that sent a run's rejected rows once they were mended, and how many of them are left. */
export function MendedLater({ run }: { readonly run: RunView }) {
  const styles = useStyles();
  const format = useFormat();
  const runs = useMirror((mirror) => mirror.runs);
  const later = Object.values(runs)
    .filter(({ parentRunId }) => parentRunId === run.runId)
    .sort((a, b) => a.startedAt - b.startedAt);
  if (later.length === 0 && run.rejectedSentLater === 0) return null;
  const { rejected } = run.balance;
  return (
    <div data-testid="mended-later">
      <Text weight="semibold" className={styles.total}>
        <FormattedMessage
          id="mended.later"
          values={{ sent: run.rejectedSentLater, total: rejected, left: Math.max(0, rejected - run.rejectedSentLater) }}
        />
      </Text>
      <ul className={styles.list}>
        {later.map((view) => (
          <li key={view.runId} className={styles.item}>
            <Link as="button" onClick={() => navigate({ name: 'run', runId: view.runId })}>
              {format.exactTime(view.startedAt)}
            </Link>
            <RunStateBadge state={view.state} />
            <Text size={200} className={styles.quiet}>
              <FormattedMessage
                id="mended.run"
                values={{
                  rows: view.balance.rowsRead,
                  accepted: view.balance.accepted,
                  rejected: view.balance.rejected,
                  person: view.startedBy,
                }}
              />
            </Text>
          </li>
        ))}
      </ul>
    </div>
  );
}
