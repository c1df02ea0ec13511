import { Button, Link, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { SaveRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { Balance, RunView } from '../../../preload/contract/views.ts';
import { Section } from '../../components/section.tsx';
import { useMirror } from '../../stores/mirror-store.ts';
import { mayManageRun } from '../../stores/rights.ts';
import { isActive } from '../../stores/run-order.ts';
import { share } from '../../text/format.ts';
import { balanceParts } from '../../text/labels.ts';
import { undoParts } from '../../text/run-labels.ts';
import { useFormat } from '../../text/use-format.ts';
import { type BalancePart, partIcons } from './balance-icons.tsx';
import { RowsPanel, type ShownRows } from './rows-panel.tsx';
import { useSaveRows } from './use-save-rows.ts';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    gap: '2px',
    height: '36px',
    borderRadius: tokens.borderRadiusMedium,
    overflow: 'hidden',
    backgroundColor: tokens.colorNeutralBackground4,
    marginBottom: '16px',
    forcedColorAdjust: 'none',
  },
  piece: {
    minWidth: '3px',
    height: '100%',
    display: 'flex',
    alignItems: 'center',
    overflow: 'hidden',
    containerType: 'inline-size',
  },
  inPiece: {
    display: 'flex',
    alignItems: 'center',
    gap: '6px',
    padding: '0 8px',
    color: tokens.colorNeutralForegroundInverted,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    whiteSpace: 'nowrap',
  },
  // A label that would be cut is left out: the same stands in the table below, with the same sign.
  label: { '@container (max-width: 150px)': { display: 'none' } },
  sign: { display: 'inline-flex', fontSize: '16px', '@container (max-width: 34px)': { display: 'none' } },
  accepted: { backgroundColor: tokens.colorPaletteGreenForeground1 },
  unchanged: { backgroundColor: tokens.colorPaletteTealBorderActive },
  duplicate: { backgroundColor: tokens.colorPaletteBlueBorderActive },
  rejected: { backgroundColor: tokens.colorPaletteDarkOrangeBorderActive },
  heldBack: { backgroundColor: tokens.colorPalettePurpleBorderActive },
  refused: { backgroundColor: tokens.colorPaletteBerryBorderActive },
  notSent: { backgroundColor: tokens.colorNeutralStrokeAccessible },
  unknown: { backgroundColor: tokens.colorPaletteMarigoldForeground2 },
  table: { borderCollapse: 'collapse', width: '100%' },
  cell: { padding: '7px 8px', borderTop: `1px solid ${tokens.colorNeutralStroke3}`, verticalAlign: 'top' },
  name: { whiteSpace: 'nowrap', textAlign: 'left', fontWeight: tokens.fontWeightRegular },
  swatch: {
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    width: '20px',
    height: '20px',
    fontSize: '14px',
    color: tokens.colorNeutralForegroundInverted,
    borderRadius: tokens.borderRadiusSmall,
    marginRight: '10px',
    verticalAlign: '-5px',
    forcedColorAdjust: 'none',
  },
  number: {
    textAlign: 'right',
    fontVariantNumeric: 'tabular-nums',
    fontWeight: tokens.fontWeightSemibold,
    whiteSpace: 'nowrap',
  },
  none: { color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular },
  opens: { fontSize: 'inherit', fontWeight: 'inherit' },
  explanation: { color: tokens.colorNeutralForeground2, width: '60%' },
  total: { borderTop: `2px solid ${tokens.colorNeutralStroke1}`, fontWeight: tokens.fontWeightSemibold },
  beside: { display: 'block', marginTop: '12px' },
});

function Bar({ balance, parts }: { readonly balance: Balance; readonly parts: typeof balanceParts }) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const present = parts.filter(({ part }) => balance[part] > 0);
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
        >
          <span className={styles.inPiece}>
            <span className={styles.sign}>{partIcons[part]}</span>
            <span className={styles.label}>
              <FormattedMessage
                id="balance.share"
                values={{
                  label: intl.formatMessage({ id: label }),
                  share: format.percent(share(balance[part], balance.rowsRead)),
                }}
              />
            </span>
          </span>
        </div>
      ))}
    </div>
  );
}

/** The balance of rows: every row that was read, in exactly one of eight numbers that add up; each opens its rows. */
export function BalanceSection({ run }: { readonly run: RunView }) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const [shown, setShown] = useState<ShownRows | null>(null);
  const save = useSaveRows(run.runId);
  const { balance } = run;
  const active = isActive(run);
  const swatch: Readonly<Record<BalancePart, string>> = styles;
  const may = useMirror((mirror) => mayManageRun(mirror, run));
  const opens = may && !active && run.kind === 'export' && balance.rowsRead > 0;
  const description = ((): 'balance.so-far' | 'balance.of-people' | 'balance.description' => {
    if (active) return 'balance.so-far';
    return run.kind === 'undo' ? 'balance.of-people' : 'balance.description';
  })();
  return (
    <Section
      title={<FormattedMessage id={run.kind === 'undo' ? 'balance.title-undo' : 'balance.title'} />}
      description={<FormattedMessage id={description} values={{ count: balance.rowsRead }} />}
      actions={
        opens && (
          <Button icon={<SaveRegular />} disabledFocusable={save.pending} onClick={() => void save.run(everything)}>
            <FormattedMessage id="rows.save" />
          </Button>
        )
      }
    >
      {save.notice}
      {balance.rowsRead > 0 && <Bar balance={balance} parts={partsOf(run)} />}
      <table className={styles.table} data-testid="balance">
        <tbody>
          {partsOf(run).map(({ part, label, explanation }) => {
            const none = balance[part] === 0;
            return (
              <tr key={part}>
                <th scope="row" className={mergeClasses(styles.cell, styles.name, none && styles.none)}>
                  <span className={mergeClasses(styles.swatch, swatch[part])} aria-hidden>
                    {partIcons[part]}
                  </span>
                  <FormattedMessage id={label} />
                </th>
                <td
                  className={mergeClasses(styles.cell, styles.number, none && styles.none)}
                  data-testid={`balance-${part}`}
                >
                  {opens && !none ? (
                    <Link
                      as="button"
                      className={styles.opens}
                      aria-label={intl.formatMessage(
                        { id: 'rows.open' },
                        { rows: intl.formatMessage({ id: label }), count: balance[part] },
                      )}
                      onClick={() => setShown({ outcome: part, fate: null })}
                    >
                      {format.number(balance[part])}
                    </Link>
                  ) : (
                    format.number(balance[part])
                  )}
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
            <th scope="row" className={mergeClasses(styles.cell, styles.name, styles.total)}>
              <FormattedMessage id={run.kind === 'undo' ? 'balance.people' : 'balance.rows-read'} />
            </th>
            <td className={mergeClasses(styles.cell, styles.number, styles.total)} data-testid="balance-rowsRead">
              {format.number(balance.rowsRead)}
            </td>
            <td className={mergeClasses(styles.cell, styles.explanation, styles.total)}>
              <Text size={200}>
                <FormattedMessage
                  id={run.kind === 'undo' ? 'balance.people.explanation' : 'balance.rows-read.explanation'}
                />
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
      <RowsPanel run={run} shown={shown} onClose={() => setShown(null)} />
    </Section>
  );
}

/** The people of an undo can only be in some of the places, which have words of their own. */
function partsOf(run: RunView): typeof balanceParts {
  return run.kind === 'undo' ? undoParts : balanceParts;
}

const everything = { outcome: null, fate: null, search: '' } as const;
