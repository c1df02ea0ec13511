import { Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { SaveRegular } from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { RejectedRowView, RunView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import { Section } from '../../components/section.tsx';
import { useAction } from '../../components/use-action.ts';
import { notify } from '../../stores/ui-store.ts';
import { waitingRows } from '../../stores/waiting-rows.ts';
import { reasonLabel } from '../../text/labels.ts';
import { useFormat } from '../../text/use-format.ts';
import { MendedLater } from './mended-later.tsx';
import { RetryCell } from './retry-cell.tsx';

const pageSize = 50;

const useStyles = makeStyles({
  table: { borderCollapse: 'collapse', width: '100%', fontSize: tokens.fontSizeBase200 },
  head: {
    position: 'sticky',
    top: 0,
    textAlign: 'left',
    padding: '8px 10px',
    whiteSpace: 'nowrap',
    backgroundColor: tokens.colorNeutralBackground3,
  },
  cell: { padding: '6px 10px', borderTop: `1px solid ${tokens.colorNeutralStroke3}`, verticalAlign: 'top' },
  number: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  nowrap: { whiteSpace: 'nowrap' },
  reason: { display: 'inline-block', '::first-letter': { textTransform: 'uppercase' } },
  cells: { overflowWrap: 'anywhere' },
  foot: { display: 'flex', flexWrap: 'wrap', gap: '12px', alignItems: 'center', marginTop: '10px' },
  retry: { minWidth: '180px' },
  waiting: { display: 'block', marginBottom: '10px' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The rows that Segue's own checks refused, page by page, and *Save rejected rows…*. */
export function RejectedSection({ run }: { readonly run: RunView }) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const { runId } = run;
  const total = run.balance.rejected;
  const { dismissed } = run.account;
  const { rejected: waiting, mended } = waitingRows(run);
  const [rows, setRows] = useState<readonly RejectedRowView[]>([]);
  const [atEnd, setAtEnd] = useState(false);
  const read = useAction(async () => {
    const next = await call('runs.getRejectedRows', { runId, afterRowId: rows.at(-1)?.rowId ?? 0, limit: pageSize });
    setRows((known) => [...known, ...next]);
    setAtEnd(next.length < pageSize);
  });
  const save = useAction(async () => {
    const { savedTo, rows: saved } = await call('runs.saveRejectedRows', { runId });
    if (savedTo !== null) notify('rejected.saved', { count: saved, file: savedTo });
  });
  /** Nobody sees rows of which only the count is kept. */
  const gone = atEnd && rows.length === 0 && total > 0;
  const readFirst = useRef(read.run);
  useEffect(() => {
    void readFirst.current();
  }, []);

  return (
    <Section
      title={<FormattedMessage id="rejected.title" />}
      description={<FormattedMessage id="rejected.description" values={{ count: total }} />}
      actions={
        <Button icon={<SaveRegular />} disabledFocusable={save.pending || gone} onClick={() => void save.run()}>
          <FormattedMessage id="rejected.save" />
        </Button>
      }
    >
      <MendedLater run={run} />
      <Text className={styles.waiting} data-testid="waiting-to-retry">
        {gone ? (
          <FormattedMessage id="rejected.gone" />
        ) : (
          <FormattedMessage id="retry.summary" values={{ waiting, mended, dismissed }} />
        )}
      </Text>
      <ErrorNotice
        error={save.error ?? read.error}
        actions={{ retry: () => void (save.error ? save.run() : read.run()) }}
      />
      {rows.length > 0 && (
        <ScrollRegion label={intl.formatMessage({ id: 'rejected.title' })} maxHeight={360}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col" className={mergeClasses(styles.head, styles.number)}>
                  <FormattedMessage id="rejected.row" />
                </th>
                <th scope="col" className={styles.head}>
                  <FormattedMessage id="rejected.reason" />
                </th>
                <th scope="col" className={styles.head}>
                  <FormattedMessage id="rejected.segment" />
                </th>
                <th scope="col" className={styles.head}>
                  <FormattedMessage id="rejected.cells" />
                </th>
                <th scope="col" className={mergeClasses(styles.head, styles.retry)}>
                  <FormattedMessage id="retry.title" />
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.rowId}>
                  <td className={mergeClasses(styles.cell, styles.number)}>{format.number(row.rowNumber)}</td>
                  <td className={mergeClasses(styles.cell, styles.nowrap)}>
                    <span className={styles.reason}>
                      <FormattedMessage id={reasonLabel(row.reason)} />
                    </span>
                  </td>
                  <td className={styles.cell}>{row.segmentName}</td>
                  <td className={mergeClasses(styles.cell, styles.cells)}>
                    {row.cells.filter((cell) => cell !== null && cell !== '').join(' · ')}
                  </td>
                  <td className={styles.cell}>
                    <RetryCell
                      runId={runId}
                      row={row}
                      onDecided={(decision) =>
                        setRows((known) =>
                          known.map((each) => (each.rowId === row.rowId ? { ...each, ...decision } : each)),
                        )
                      }
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      <div className={styles.foot}>
        <Text className={styles.quiet}>
          <FormattedMessage
            id="rejected.shown"
            values={{ shown: format.number(rows.length), total: format.number(total) }}
          />
        </Text>
        {!atEnd && rows.length < total && (
          <Button size="small" disabledFocusable={read.pending} onClick={() => void read.run()}>
            <FormattedMessage id="action.show-more" />
          </Button>
        )}
      </div>
    </Section>
  );
}
