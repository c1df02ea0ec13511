import {
  Button,
  Link,
  makeStyles,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  tokens,
} from '@fluentui/react-components';
import { HistoryRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { RunStateBadge } from '../../components/run-state-badge.tsx';
import { navigate } from '../../stores/draft-store.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { newestFirst } from '../../stores/run-order.ts';
import { useFormat } from '../../text/use-format.ts';

const pageSize = 50;

const useStyles = makeStyles({
  scroll: {
    overflowX: 'auto',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  table: { minWidth: '740px' },
  name: { display: 'flex', flexDirection: 'column', padding: '8px 0', gap: '2px', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
  number: { fontVariantNumeric: 'tabular-nums' },
  narrow: { width: '12%' },
  status: { width: '232px' },
  more: { display: 'flex', justifyContent: 'center', padding: '12px' },
});

/** Every run of every export, the newest first. */
export function RunsScreen() {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const runs = useMirror((mirror) => mirror.runs);
  const [shown, setShown] = useState(pageSize);
  const sorted = newestFirst(runs);
  return (
    <Page title={intl.formatMessage({ id: 'runs.title' })} description={<FormattedMessage id="runs.description" />}>
      {sorted.length === 0 ? (
        <EmptyState icon={<HistoryRegular />} title={intl.formatMessage({ id: 'runs.empty.title' })}>
          <FormattedMessage id="runs.empty.text" />
        </EmptyState>
      ) : (
        <div className={styles.scroll}>
          <Table aria-label={intl.formatMessage({ id: 'runs.title' })} className={styles.table}>
            <TableHeader>
              <TableRow>
                <TableHeaderCell>
                  <FormattedMessage id="runs.column.export" />
                </TableHeaderCell>
                <TableHeaderCell className={styles.status}>
                  <FormattedMessage id="runs.column.status" />
                </TableHeaderCell>
                <TableHeaderCell>
                  <FormattedMessage id="runs.column.started" />
                </TableHeaderCell>
                <TableHeaderCell className={styles.narrow}>
                  <FormattedMessage id="runs.column.rows" />
                </TableHeaderCell>
                <TableHeaderCell className={styles.narrow}>
                  <FormattedMessage id="runs.column.accepted" />
                </TableHeaderCell>
              </TableRow>
            </TableHeader>
            <TableBody>
              {sorted.slice(0, shown).map((run) => (
                <TableRow key={run.runId}>
                  <TableCell>
                    <span className={styles.name}>
                      <Link as="button" onClick={() => navigate({ name: 'run', runId: run.runId })}>
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
                  </TableCell>
                  <TableCell>
                    <RunStateBadge state={run.state} />
                  </TableCell>
                  <TableCell>
                    <span className={styles.name}>
                      <Text>{format.exactTime(run.startedAt)}</Text>
                      <Text size={200} className={styles.quiet}>
                        {run.startedBy}
                      </Text>
                    </span>
                  </TableCell>
                  <TableCell className={styles.number}>{format.number(run.balance.rowsRead)}</TableCell>
                  <TableCell className={styles.number}>{format.number(run.balance.accepted)}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
          {sorted.length > shown && (
            <div className={styles.more}>
              <Button onClick={() => setShown(shown + pageSize)}>
                <FormattedMessage id="action.show-more" />
              </Button>
            </div>
          )}
        </div>
      )}
    </Page>
  );
}
