import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { useIntl } from 'react-intl';
import type { SegmentView } from '../../../preload/contract/views.ts';
import { ScrollRegion } from '../scroll-region.tsx';

const useStyles = makeStyles({
  title: { display: 'block', marginBottom: '6px' },
  table: { borderCollapse: 'collapse', fontSize: tokens.fontSizeBase200, width: '100%' },
  head: {
    textAlign: 'left',
    padding: '6px 8px',
    whiteSpace: 'nowrap',
    backgroundColor: tokens.colorNeutralBackground3,
    fontWeight: tokens.fontWeightSemibold,
  },
  cell: {
    padding: '4px 8px',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    whiteSpace: 'pre',
    maxWidth: '28ch',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  },
});

/** The first rows of a segment under their headings, as they stand in the file. */
export function FirstRows({ segment }: { readonly segment: SegmentView }) {
  const intl = useIntl();
  const styles = useStyles();
  const [first] = segment.firstRows;
  if (first === undefined) return null;
  const title = intl.formatMessage({ id: 'reading.first-rows' });
  const columns = segment.columns.slice(0, first.length).map(({ heading }, index) => ({ index, heading }));
  const rows = segment.firstRows.map((cells, index) => ({ index, cells }));
  return (
    <div data-testid="first-rows">
      <Text weight="semibold" size={200} className={styles.title}>
        {title}
      </Text>
      <ScrollRegion label={title} maxHeight={220}>
        <table className={styles.table}>
          <thead>
            <tr>
              {columns.map(({ index, heading }) => (
                <th key={index} scope="col" className={styles.head}>
                  {heading.trim() === ''
                    ? intl.formatMessage({ id: 'matching.column' }, { number: index + 1 })
                    : heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ index, cells }) => (
              <tr key={index}>
                {columns.map((column) => (
                  <td key={column.index} className={styles.cell}>
                    {cells[column.index] ?? ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </div>
  );
}
