import { Button, makeStyles } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ExportView, PlanGroup, PlanRow } from '../../../../preload/contract/views.ts';
import { call } from '../../../bridge/client.ts';
import { DataTable, type TableColumn } from '../../../components/data-table.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Modal } from '../../../components/modal.tsx';
import { useAction } from '../../../components/use-action.ts';
import { rowReasonLabel, sentGroups } from '../../../text/plan-labels.ts';
import { useFieldLabel } from '../../../text/use-field-label.ts';
import { useFormat } from '../../../text/use-format.ts';
import { SendOneQuestion } from './send-one-question.tsx';

const pageSize = 50;

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '6px', minWidth: 0, padding: '2px 0 8px' },
  more: { alignSelf: 'flex-start' },
});

interface PlanRowsProps {
  readonly group: PlanGroup;
  readonly title: string;
  readonly count: number;
  readonly view: ExportView;
}

interface Fetched {
  readonly rows: readonly PlanRow[];
  /** Place of the next page; null when there is none. */
  readonly next: number | null;
}

/** The rows of one group of the plan, page after page. Who would be sent can be sent alone first. */
export function PlanRows({ group, title, count, view }: PlanRowsProps) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const labelOf = useFieldLabel();
  const { exportId } = view;
  const [fetched, setFetched] = useState<Fetched>({ rows: [], next: 0 });
  const [chosen, setChosen] = useState<string | null>(null);
  const more = useAction(async () => {
    if (fetched.next === null) return;
    const page = await call('exports.getPlanRows', { exportId, group, after: fetched.next, limit: pageSize });
    setFetched({ rows: [...fetched.rows, ...page.rows], next: page.next });
  });
  const readFirst = useRef(more.run);
  useEffect(() => {
    void readFirst.current();
  }, []);

  const inFile = group !== 'leavers' && group !== 'staying' && group !== 'clearing';
  const several = inFile && view.segments.length > 1;
  const withReason = group === 'rejected' || group === 'heldBack' || group === 'staying';
  const withValues = sentGroups.has(group) || group === 'rejected';
  const canSend = sentGroups.has(group);
  const columns: TableColumn[] = [
    ...(several ? [{ name: 'segment', title: <FormattedMessage id="plan.rows.segment" /> }] : []),
    ...(inFile ? [{ name: 'row', title: <FormattedMessage id="plan.rows.row" />, looks: 'number' as const }] : []),
    { name: 'email', title: <FormattedMessage id="plan.rows.email" /> },
    ...(withReason ? [{ name: 'reason', title: <FormattedMessage id="plan.rows.reason" /> }] : []),
    ...(withValues ? [{ name: 'values', title: <FormattedMessage id="plan.rows.values" /> }] : []),
    ...(group === 'clearing' ? [{ name: 'cleared', title: <FormattedMessage id="plan.rows.cleared" /> }] : []),
    ...(canSend ? [{ name: 'send', title: <FormattedMessage id="plan.rows.send" /> }] : []),
  ];
  const valuesOf = (row: PlanRow): string =>
    intl.formatList(
      row.values.map(({ field, value }) =>
        intl.formatMessage({ id: 'plan.rows.value' }, { field: labelOf(field), value }),
      ),
      { type: 'unit', style: 'short' },
    );
  return (
    <div className={styles.stack}>
      <DataTable
        label={title}
        maxHeight={260}
        columns={columns}
        testId="plan-rows"
        rows={fetched.rows.map((row) => ({
          key: String(row.place),
          cells: [
            ...(several ? [row.segmentName] : []),
            ...(inFile ? [format.number(row.rowNumber)] : []),
            row.email,
            ...(withReason ? [row.reason === null ? '' : intl.formatMessage({ id: rowReasonLabel(row.reason) })] : []),
            ...(withValues ? [valuesOf(row)] : []),
            ...(group === 'clearing' ? [intl.formatList(row.values.map(({ field }) => labelOf(field)))] : []),
            ...(canSend
              ? [
                  <Button
                    key="send"
                    size="small"
                    appearance="subtle"
                    aria-label={intl.formatMessage({ id: 'plan.send-one-named' }, { email: row.email })}
                    onClick={() => setChosen(row.email)}
                  >
                    <FormattedMessage id="plan.send-one" />
                  </Button>,
                ]
              : []),
          ],
        }))}
      />
      {fetched.next !== null && fetched.rows.length > 0 && (
        <Button size="small" className={styles.more} disabledFocusable={more.pending} onClick={() => void more.run()}>
          <FormattedMessage id="plan.rows.more" values={{ shown: fetched.rows.length, count }} />
        </Button>
      )}
      <ErrorNotice error={more.error} actions={{ retry: () => void more.run() }} />
      <Modal onClose={() => setChosen(null)}>
        {chosen === null ? null : <SendOneQuestion email={chosen} view={view} onClose={() => setChosen(null)} />}
      </Modal>
    </div>
  );
}
