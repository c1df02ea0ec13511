import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { FormattedMessage, useIntl } from 'react-intl';
import type { MendedView } from '../../../preload/contract/views.ts';
import { reasonLabel } from '../../text/labels.ts';
import type { MessageKey } from '../../text/messages.ts';
import { useFormat } from '../../text/use-format.ts';

const useStyles = makeStyles({
  table: { borderCollapse: 'collapse', width: '100%' },
  cell: { padding: '6px 8px', borderTop: `1px solid ${tokens.colorNeutralStroke3}`, verticalAlign: 'top' },
  label: { textAlign: 'left', fontWeight: tokens.fontWeightRegular },
  number: { textAlign: 'right', fontVariantNumeric: 'tabular-nums', fontWeight: tokens.fontWeightSemibold },
  none: { color: tokens.colorNeutralForeground3 },
  quiet: { display: 'block', color: tokens.colorNeutralForeground2 },
  total: { borderTop: `2px solid ${tokens.colorNeutralStroke1}`, fontWeight: tokens.fontWeightSemibold },
  beside: { display: 'block', marginTop: '10px' },
});

type Part = Exclude<keyof MendedView['counts'], 'rows'>;

const parts: readonly (readonly [Part, MessageKey])[] = [
  ['toSend', 'mended.count.to-send'],
  ['duplicates', 'mended.count.duplicates'],
  ['wrong', 'mended.count.wrong'],
  ['sentBefore', 'mended.count.sent-before'],
  ['foreign', 'mended.count.foreign'],
];

/** What would become of every row of a file of mended rows, as numbers that add up. */
export function MendedCounts({ found }: { readonly found: MendedView }) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const { counts, wrong, lostColumns } = found;
  const reasons = wrong.map(({ reason, count, rowNumbers }) =>
    intl.formatMessage(
      { id: 'mended.wrong' },
      { reason: intl.formatMessage({ id: reasonLabel(reason) }), count, rows: rowNumbers.join(', ') },
    ),
  );
  return (
    <>
      <table className={styles.table} data-testid="mended-counts">
        <tbody>
          {parts.map(([part, label]) => (
            <tr key={part} className={mergeClasses(counts[part] === 0 && styles.none)}>
              <th scope="row" className={mergeClasses(styles.cell, styles.label)}>
                <FormattedMessage id={label} values={{ list: found.listName, connection: found.connectionName }} />
                {part === 'wrong' &&
                  reasons.map((reason) => (
                    <Text key={reason} size={200} className={styles.quiet}>
                      {reason}
                    </Text>
                  ))}
              </th>
              <td className={mergeClasses(styles.cell, styles.number)} data-testid={`mended-${part}`}>
                {format.number(counts[part])}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" className={mergeClasses(styles.cell, styles.label, styles.total)}>
              <FormattedMessage id="mended.count.rows" values={{ rejected: found.rejected }} />
            </th>
            <td className={mergeClasses(styles.cell, styles.number, styles.total)}>{format.number(counts.rows)}</td>
          </tr>
        </tfoot>
      </table>
      {lostColumns.length > 0 && (
        <Text className={styles.beside}>
          <FormattedMessage
            id="mended.lost"
            values={{ count: lostColumns.length, columns: intl.formatList(lostColumns) }}
          />
        </Text>
      )}
    </>
  );
}
