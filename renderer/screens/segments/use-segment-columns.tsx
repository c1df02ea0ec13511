import type { ExportView, SegmentView, WatchView } from '../../../preload/contract/views.ts';
import type { RecordColumn } from '../../components/table/record-table.tsx';
import { useFormat } from '../../text/use-format.ts';
import { SegmentExports, SegmentName, SegmentRows, SegmentSource } from './segment-cells.tsx';

interface SegmentColumns {
  readonly watchOf: (segmentId: string) => WatchView | undefined;
  readonly usersOf: (segment: SegmentView) => readonly ExportView[];
  readonly onMembers: (segment: SegmentView) => void;
  readonly onReadAgain: (segment: SegmentView) => void;
  readonly onCancelReading: (segment: SegmentView) => void;
  readonly onManageExports: (segment: SegmentView) => void;
}

/** The columns of the library. */
export function useSegmentColumns(of: SegmentColumns): readonly RecordColumn<SegmentView>[] {
  const format = useFormat();
  return [
    {
      name: 'name',
      title: 'library.column.name',
      sortBy: ({ name }) => name,
      cell: (segment) => (
        <SegmentName
          segment={segment}
          watch={of.watchOf(segment.segmentId)}
          onMembers={segment.state === 'ready' ? () => of.onMembers(segment) : null}
        />
      ),
    },
    {
      name: 'rows',
      title: 'library.column.rows',
      width: '124px',
      sortBy: ({ readAt, rowCount }) => (readAt === null ? null : rowCount),
      cell: (segment) => <SegmentRows segment={segment} />,
    },
    {
      name: 'columns',
      title: 'library.column.columns',
      width: '96px',
      sortBy: ({ readAt, columns: headings }) => (readAt === null ? null : headings.length),
      cell: ({ readAt, columns: headings }) => (readAt === null ? '–' : format.number(headings.length)),
    },
    {
      name: 'source',
      title: 'library.column.source',
      sortBy: ({ readAt }) => readAt,
      cell: (segment) => (
        <SegmentSource
          segment={segment}
          watch={of.watchOf(segment.segmentId)}
          onReadAgain={() => of.onReadAgain(segment)}
          onCancel={() => of.onCancelReading(segment)}
        />
      ),
    },
    {
      name: 'exports',
      title: 'library.column.exports',
      sortBy: (segment) => of.usersOf(segment).length,
      cell: (segment) => (
        <SegmentExports
          segment={segment}
          users={of.usersOf(segment)}
          onManageExports={() => of.onManageExports(segment)}
        />
      ),
    },
  ];
}
