import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { ScrollRegion } from './scroll-region.tsx';

const useStyles = makeStyles({
  table: { borderCollapse: 'collapse', width: '100%', fontSize: tokens.fontSizeBase200 },
  head: {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    textAlign: 'left',
    padding: '6px 8px',
    whiteSpace: 'nowrap',
    backgroundColor: tokens.colorNeutralBackground3,
    fontWeight: tokens.fontWeightSemibold,
  },
  cell: {
    padding: '4px 8px',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    verticalAlign: 'top',
  },
  number: { textAlign: 'right', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  // A word is broken where it must be; a name of four letters need not.
  text: { overflowWrap: 'anywhere', minWidth: '11ch' },
  lines: { whiteSpace: 'pre-line', overflowWrap: 'anywhere' },
  cut: { whiteSpace: 'pre', maxWidth: '28ch', overflow: 'hidden', textOverflow: 'ellipsis' },
  code: { fontFamily: tokens.fontFamilyMonospace, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
});

export interface TableColumn {
  readonly name: string;
  readonly title: ReactNode;
  /** `lines` keeps line breaks; `code` shows a cell of a file as it stands: every blank, in letters that can be told apart. */
  readonly looks?: 'number' | 'text' | 'lines' | 'code';
}

interface DataTableProps {
  /** Long cells are cut to one line, whole on hovering; else they wrap. */
  readonly cut?: boolean;
  readonly label: string;
  /** In pixels; what is longer scrolls. */
  readonly maxHeight: number;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
  readonly testId?: string;
}

/** A small table in a region of its own that scrolls, with headings that stay. */
export function DataTable({ label, maxHeight, columns, rows, cut = false, testId }: DataTableProps) {
  const styles = useStyles();
  const titleOf = (cell: ReactNode) => (cut && typeof cell === 'string' && cell.length > 28 ? cell : undefined);
  const looks = columns.map(({ looks: look = 'text' }) => styles[look]);
  return (
    <ScrollRegion label={label} maxHeight={maxHeight}>
      <table className={styles.table} data-testid={testId}>
        <thead>
          <tr>
            {columns.map(({ name, title, looks: look }) => (
              <th key={name} scope="col" className={mergeClasses(styles.head, look === 'number' && styles.number)}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {columns.map(({ name }, index) => (
                <td
                  key={name}
                  className={mergeClasses(styles.cell, looks[index], cut && styles.cut)}
                  title={titleOf(cells[index])}
                >
                  {cells[index]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
