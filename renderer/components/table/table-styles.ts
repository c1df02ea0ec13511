import { makeStyles, tokens } from '@fluentui/react-components';

/** How tables of records look: cells that stay in view, rows that are chosen or have the focus. */
export const useTableStyles = makeStyles({
  scroll: {
    overflowX: 'auto',
    scrollPaddingRight: '64px',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  check: { width: '36px', padding: '0 0 0 4px' },
  // In view however far the table is scrolled.
  left: { position: 'sticky', left: 0, zIndex: 1, backgroundColor: tokens.colorNeutralBackground1 },
  besideCheck: { left: '40px' },
  menu: {
    width: '48px',
    textAlign: 'right',
    position: 'sticky',
    right: 0,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  stayingChosen: { backgroundColor: tokens.colorBrandBackground2 },
  cell: { paddingTop: '8px', paddingBottom: '8px', overflowWrap: 'break-word', verticalAlign: 'middle' },
  top: { verticalAlign: 'top' },
  name: { fontWeight: 'inherit', textAlign: 'left' },
  number: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  numberHead: { justifyContent: 'flex-end' },
  row: {
    // Below the bar that stays in view, which takes three lines in the smallest window.
    scrollMarginTop: '152px',
    // Cells that stay in view have a ground of their own, which goes with their row's.
    ':hover > [data-stays]': { backgroundColor: tokens.colorSubtleBackgroundHover },
    // They also hide the row's outline, and so carry its upper and lower line.
    ':focus-visible > [data-stays]': {
      boxShadow: `inset 0 2px ${tokens.colorStrokeFocus2}, inset 0 -2px ${tokens.colorStrokeFocus2}`,
    },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  nothing: { padding: '24px', display: 'block', textAlign: 'center' },
});
