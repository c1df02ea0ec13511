import { Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ArrowRightRegular, HistoryRegular } from '@fluentui/react-icons';
import { FormattedMessage, useIntl } from 'react-intl';
import type { RunView } from '../../../preload/contract/views.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { RunStateBadge } from '../../components/run-state-badge.tsx';
import { type RecordColumn, RecordTable } from '../../components/table/record-table.tsx';
import { navigate } from '../../stores/draft-store.ts';
import { shownState } from '../../stores/export-state.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { newestFirst } from '../../stores/run-order.ts';
import { runStateLabels, startedViaLabels } from '../../text/labels.ts';
import { useFormat } from '../../text/use-format.ts';

const useStyles = makeStyles({
  name: { display: 'flex', flexDirection: 'column', gap: '2px', alignItems: 'flex-start' },
  quiet: { color: tokens.colorNeutralForeground3 },
});

const open = ({ runId }: RunView): void => navigate({ name: 'run', runId });

/** Every run of every export, the newest first. */
export function RunsScreen() {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const runs = useMirror((mirror) => mirror.runs);
  const sorted = newestFirst(runs);
  const stateOf = (run: RunView) => intl.formatMessage({ id: runStateLabels[shownState(run)] });
  const startedBy = ({ startedBy, startedVia }: RunView) =>
    intl.formatMessage({ id: startedViaLabels[startedVia] }, { person: startedBy });
  const columns: readonly RecordColumn<RunView>[] = [
    {
      name: 'export',
      title: 'runs.column.export',
      sortBy: (run) => run.exportName,
      cell: (run) => (
        <span className={styles.name}>
          <Link as="button" onClick={() => open(run)}>
            {run.exportName}
          </Link>
          <Text size={200} className={styles.quiet}>
            {run.kind === 'undo' && `${intl.formatMessage({ id: 'runs.kind.undo' })} · `}
            {run.listName} · {run.connectionName}
          </Text>
          {run.parentRunId !== null && (
            <Text size={200} className={styles.quiet}>
              <FormattedMessage id="mended.runs" />
            </Text>
          )}
        </span>
      ),
    },
    {
      name: 'status',
      title: 'runs.column.status',
      width: '232px',
      sortBy: stateOf,
      cell: (run) => <RunStateBadge state={shownState(run)} />,
    },
    {
      name: 'started',
      title: 'runs.column.started',
      sortBy: (run) => run.startedAt,
      cell: (run) => (
        <span className={styles.name}>
          <Text>{format.exactTime(run.startedAt)}</Text>
          <Text size={200} className={styles.quiet}>
            {startedBy(run)}
          </Text>
        </span>
      ),
    },
    {
      name: 'rows',
      title: 'runs.column.rows',
      looks: 'number',
      width: '12%',
      sortBy: (run) => run.balance.rowsRead,
      cell: (run) => format.number(run.balance.rowsRead),
    },
    {
      name: 'accepted',
      title: 'runs.column.accepted',
      looks: 'number',
      width: '12%',
      sortBy: (run) => run.balance.accepted,
      cell: (run) => format.number(run.balance.accepted),
    },
  ];
  return (
    <Page title={intl.formatMessage({ id: 'runs.title' })} description={<FormattedMessage id="runs.description" />}>
      {sorted.length === 0 ? (
        <EmptyState icon={<HistoryRegular />} title={intl.formatMessage({ id: 'runs.empty.title' })}>
          <FormattedMessage id="runs.empty.text" />
        </EmptyState>
      ) : (
        <RecordTable
          id="runs"
          label={intl.formatMessage({ id: 'runs.title' })}
          rows={sorted}
          keyOf={({ runId }) => runId}
          nameOf={({ exportName }) => exportName}
          columns={columns}
          firstSort={{ column: 'started', descending: true }}
          minWidth={780}
          pageSize={50}
          textsOf={(run) => [run.exportName, run.listName, run.connectionName, startedBy(run), stateOf(run)]}
          actionsOf={(chosen) => {
            const [run] = chosen;
            if (run === undefined) return [];
            const label = intl.formatMessage({ id: 'action.open' });
            return [{ name: 'open', label, icon: <ArrowRightRegular />, shortcut: 'Enter', act: () => open(run) }];
          }}
        />
      )}
    </Page>
  );
}
