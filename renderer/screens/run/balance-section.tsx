import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { FormattedMessage, useIntl } from 'react-intl';
import type { Balance, RunView } from '../../../preload/contract/views.ts';
import { Section } from '../../components/section.tsx';
import { isActive } from '../../stores/run-order.ts';
import { share } from '../../text/format.ts';
import { balanceParts } from '../../text/labels.ts';
import { useFormat } from '../../text/use-format.ts';

type Part = (typeof balanceParts)[number]['part'];

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    gap: '2px',
    height: '20px',
    borderRadius: tokens.borderRadiusMedium,
    overflow: 'hidden',
    backgroundColor: tokens.colorNeutralBackground4,
    marginBottom: '16px',
    forcedColorAdjust: 'none',
  },
  piece: { minWidth: '3px', height: '100%' },
  accepted: { backgroundColor: tokens.colorPaletteGreenForeground1 },
  unchanged: { backgroundColor: tokens.colorPaletteGreenBorder1 },
  duplicate: { backgroundColor: tokens.colorPaletteBlueBorderActive },
  rejected: { backgroundColor: tokens.colorPaletteDarkOrangeBorderActive },
  heldBack: { backgroundColor: tokens.colorPalettePurpleBorderActive },
  refused: { backgroundColor: tokens.colorPaletteBerryBorderActive },
  notSent: { backgroundColor: tokens.colorNeutralStrokeAccessible },
  unknown: { backgroundColor: tokens.colorPaletteMarigoldBorderActive },
  table: { borderCollapse: 'collapse', width: '100%' },
  cell: { padding: '7px 8px', borderTop: `1px solid ${tokens.colorNeutralStroke3}`, verticalAlign: 'top' },
  label: { whiteSpace: 'nowrap', textAlign: 'left', fontWeight: tokens.fontWeightRegular },
  swatch: {
    display: 'inline-block',
    width: '12px',
    height: '12px',
    borderRadius: tokens.borderRadiusSmall,
    marginRight: '10px',
    verticalAlign: '-1px',
    forcedColorAdjust: 'none',
  },
  number: {
    textAlign: 'right',
    fontVariantNumeric: 'tabular-nums',
    fontWeight: tokens.fontWeightSemibold,
    whiteSpace: 'nowrap',
  },
  none: { color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular },
  explanation: { color: tokens.colorNeutralForeground2, width: '60%' },
  total: { borderTop: `2px solid ${tokens.colorNeutralStroke1}`, fontWeight: tokens.fontWeightSemibold },
  beside: { display: 'block', marginTop: '12px' },
});

function Bar({ balance }: { readonly balance: Balance }) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const present = balanceParts.filter(({ part }) => balance[part] > 0);
  const told = present.map(({ part, label }) =>
    intl.formatMessage(
      { id: 'balance.piece' },
      { label: intl.formatMessage({ id: label }), count: format.number(balance[part]) },
    ),
  );
  return (
    <div className={styles.bar} role="img" aria-label={intl.formatList(told)}>
      {present.map(({ part, label }) => (
        <div
          key={part}
          className={mergeClasses(styles.piece, styles[part])}
          style={{ flex: `${share(balance[part], balance.rowsRead)} 1 0` }}
          title={intl.formatMessage(
            { id: 'balance.piece' },
            { label: intl.formatMessage({ id: label }), count: format.number(balance[part]) },
          )}
        />
      ))}
    </div>
  );
}

/** The balance of rows: every row that was read, in exactly one of eight numbers that add up. */
export function BalanceSection({ run }: { readonly run: RunView }) {
  const styles = useStyles();
  const format = useFormat();
  const { balance } = run;
  const active = isActive(run);
  const swatch: Readonly<Record<Part, string>> = styles;
  return (
    <Section
      title={<FormattedMessage id="balance.title" />}
      description={
        <FormattedMessage id={active ? 'balance.so-far' : 'balance.description'} values={{ count: balance.rowsRead }} />
      }
    >
      {balance.rowsRead > 0 && <Bar balance={balance} />}
      <table className={styles.table} data-testid="balance">
        <tbody>
          {balanceParts.map(({ part, label, explanation }) => {
            const none = balance[part] === 0;
            return (
              <tr key={part}>
                <th scope="row" className={mergeClasses(styles.cell, styles.label, none && styles.none)}>
                  <span className={mergeClasses(styles.swatch, swatch[part])} aria-hidden />
                  <FormattedMessage id={label} />
                </th>
                <td
                  className={mergeClasses(styles.cell, styles.number, none && styles.none)}
                  data-testid={`balance-${part}`}
                >
                  {format.number(balance[part])}
                </td>
                <td className={mergeClasses(styles.cell, styles.explanation)}>
                  <Text size={200}>
                    <FormattedMessage id={explanation} />
                  </Text>
                </td>
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" className={mergeClasses(styles.cell, styles.label, styles.total)}>
              <FormattedMessage id="balance.rows-read" />
            </th>
            <td className={mergeClasses(styles.cell, styles.number, styles.total)} data-testid="balance-rowsRead">
              {format.number(balance.rowsRead)}
            </td>
            <td className={mergeClasses(styles.cell, styles.explanation, styles.total)}>
              <Text size={200}>
                <FormattedMessage id="balance.rows-read.explanation" />
              </Text>
            </td>
          </tr>
        </tfoot>
      </table>
      {balance.unreadable > 0 && (
        <Text className={styles.beside} data-testid="balance-unreadable">
          <FormattedMessage id="balance.unreadable" values={{ count: balance.unreadable }} />
        </Text>
      )}
    </Section>
  );
}
