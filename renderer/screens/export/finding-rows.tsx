import { Button, makeStyles } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { FindingView, FoundCell, SegmentMatching } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { DataTable, type TableColumn } from '../../components/data-table.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useAction } from '../../components/use-action.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { useFormat } from '../../text/use-format.ts';

const pageSize = 50;

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '6px', minWidth: 0 },
  more: { alignSelf: 'flex-start' },
});

interface FindingRowsProps {
  readonly finding: FindingView;
  readonly segments: readonly SegmentMatching[];
  readonly title: string;
}

interface Fetched {
  readonly cells: readonly FoundCell[];
  /** Place of the next page; null when there is none. */
  readonly next: number | null;
}

/** The rows of a finding, page after page: where each stands, its cell, and what the repair makes of it. */
export function FindingRows({ finding, segments, title }: FindingRowsProps) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const names = useMirror((mirror) => mirror.segments);
  const { kind, field, count, examples } = finding;
  const [fetched, setFetched] = useState<Fetched>({ cells: [], next: 0 });
  const more = useAction(async () => {
    if (field === null || fetched.next === null) return;
    const page = await call('exports.findingRows', {
      segments: [...segments],
      kind,
      field,
      after: fetched.next,
      limit: pageSize,
    });
    setFetched({ cells: [...fetched.cells, ...page.cells], next: page.next });
  });
  const readFirst = useRef(more.run);
  useEffect(() => {
    void readFirst.current();
  }, []);

  // A finding about a whole file has its examples and nothing more; the others show them until their page is there.
  const cells = fetched.cells.length > 0 ? fetched.cells : examples;
  const several = segments.length > 1;
  const blank = intl.formatMessage({ id: 'finding.rows.blank' });
  const alike = kind === 'duplicates';
  const rowsOf = (places: NonNullable<FoundCell['alike']>): string => {
    const named = places.rows.map(({ segmentId, rowNumber }) =>
      several
        ? intl.formatMessage(
            { id: 'finding.rows.place' },
            { segment: names[segmentId]?.name ?? '', row: format.number(rowNumber) },
          )
        : format.number(rowNumber),
    );
    const rows = named.join(intl.formatMessage({ id: 'list-separator' }));
    const more = places.count - places.rows.length;
    return more > 0 ? intl.formatMessage({ id: 'finding.rows.and-more' }, { rows, more }) : rows;
  };
  const columns: TableColumn[] = [
    ...(several ? [{ name: 'segment', title: <FormattedMessage id="finding.rows.segment" /> }] : []),
    {
      name: 'row',
      title: <FormattedMessage id={alike ? 'finding.rows.winner' : 'finding.rows.number'} />,
      looks: 'number' as const,
    },
    { name: 'cell', title: <FormattedMessage id="finding.rows.cell" />, looks: 'code' as const },
    ...(alike ? [{ name: 'alike', title: <FormattedMessage id="finding.rows.alike" /> }] : []),
    ...(finding.repair === 'none'
      ? []
      : [{ name: 'repaired', title: <FormattedMessage id="finding.rows.repaired" />, looks: 'code' as const }]),
  ];
  return (
    <div className={styles.stack}>
      <DataTable
        label={title}
        maxHeight={240}
        columns={columns}
        testId="finding-rows"
        rows={cells.map(({ segmentId, rowNumber, cell, repaired, alike: places }) => ({
          key: `${segmentId} ${rowNumber}`,
          cells: [
            ...(several ? [names[segmentId]?.name ?? ''] : []),
            format.number(rowNumber),
            cell,
            ...(places === undefined ? [] : [rowsOf(places)]),
            repaired === '' ? blank : (repaired ?? '–'),
          ],
        }))}
      />
      {fetched.next !== null && fetched.cells.length > 0 && (
        <Button size="small" className={styles.more} disabledFocusable={more.pending} onClick={() => void more.run()}>
          <FormattedMessage
            id="finding.rows.more"
            values={{ shown: fetched.cells.length, count: alike ? (finding.params.addresses ?? count) : count }}
          />
        </Button>
      )}
      <ErrorNotice error={more.error} actions={{ retry: () => void more.run() }} />
    </div>
  );
}
