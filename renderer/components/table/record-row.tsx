import { Checkbox, mergeClasses, TableCell, TableRow } from '@fluentui/react-components';
import { type KeyboardEvent, memo, type RefObject } from 'react';
import { useIntl } from 'react-intl';
import { type RecordMenuPlace, RowMenuButton } from './record-menu.tsx';
import type { RecordColumn } from './record-table.tsx';
import { useTableStyles } from './table-styles.ts';

/** What rows tell their table. Asked when it happens: a row may have been drawn long before. */
export interface RowEvents {
  focused(index: number): void;
  pressed(index: number, event: KeyboardEvent<HTMLElement>): void;
  boxChanged(index: number, yes: boolean, withShift: boolean): void;
  menuAsked(key: string, target: RecordMenuPlace['target']): void;
}

interface RecordRowProps<Row> {
  readonly row: Row;
  readonly rowKey: string;
  readonly name: string;
  readonly index: number;
  readonly columns: readonly RecordColumn<Row>[];
  readonly isChosen: boolean;
  readonly isMenuOpen: boolean;
  readonly tabIndex: number;
  readonly several: boolean;
  readonly hasMenu: boolean;
  readonly tall: boolean;
  readonly testId: string | undefined;
  readonly events: RefObject<RowEvents>;
  /** Everything that its cells are drawn from; null when nobody says so: then they are drawn anew each time. */
  readonly drawnFrom: readonly unknown[] | null;
}

function Row<Row>(props: RecordRowProps<Row>) {
  const { row, rowKey, name, index, columns, isChosen, several, hasMenu, events } = props;
  const intl = useIntl();
  const styles = useTableStyles();
  const staysLeft = mergeClasses(
    styles.left,
    several && styles.besideCheck,
    // A row that is chosen has a ground of its own.
    isChosen && styles.stayingChosen,
  );
  return (
    <TableRow
      className={styles.row}
      {...(props.testId === undefined ? {} : { 'data-testid': props.testId })}
      {...(several ? { 'aria-selected': isChosen } : {})}
      appearance={isChosen ? 'brand' : 'none'}
      tabIndex={props.tabIndex}
      onFocus={() => events.current.focused(index)}
      onKeyDown={(event: KeyboardEvent<HTMLElement>) => events.current.pressed(index, event)}
      onContextMenu={(event) => {
        if (!hasMenu) return;
        event.preventDefault();
        events.current.menuAsked(rowKey, { x: event.clientX, y: event.clientY, from: event.currentTarget });
      }}
    >
      {several && (
        <TableCell data-stays className={mergeClasses(styles.check, styles.left, isChosen && styles.stayingChosen)}>
          <Checkbox
            aria-label={intl.formatMessage({ id: 'table.choose' }, { name })}
            checked={isChosen}
            onChange={({ nativeEvent }, { checked }) => {
              const withShift = nativeEvent instanceof MouseEvent && nativeEvent.shiftKey;
              events.current.boxChanged(index, checked === true, withShift);
            }}
          />
        </TableCell>
      )}
      {columns.map((column, position) => (
        <TableCell
          key={column.name}
          {...(position === 0 ? { role: 'rowheader', 'data-stays': true } : {})}
          className={mergeClasses(
            styles.cell,
            position === 0 && staysLeft,
            props.tall && styles.top,
            column.looks === 'number' && styles.number,
          )}
        >
          {column.cell(row)}
        </TableCell>
      ))}
      {hasMenu && (
        <TableCell data-stays className={mergeClasses(styles.menu, isChosen && styles.stayingChosen)}>
          <RowMenuButton
            name={name}
            open={props.isMenuOpen}
            onOpen={(target) => events.current.menuAsked(rowKey, target)}
          />
        </TableCell>
      )}
    </TableRow>
  );
}

const looksAt = [
  'rowKey',
  'name',
  'index',
  'isChosen',
  'isMenuOpen',
  'tabIndex',
  'several',
  'hasMenu',
  'tall',
] as const satisfies readonly (keyof RecordRowProps<unknown>)[];

function isAsDrawn(before: RecordRowProps<unknown>, now: RecordRowProps<unknown>): boolean {
  if (before.drawnFrom === null || now.drawnFrom === null) return false;
  const { drawnFrom } = before;
  return (
    looksAt.every((prop) => before[prop] === now[prop]) &&
    drawnFrom.length === now.drawnFrom.length &&
    now.drawnFrom.every((part, place) => Object.is(part, drawnFrom[place]))
  );
}

/** A row of a table of records. Not drawn anew while what it is drawn from is the same. */
export const RecordRow = memo(Row, isAsDrawn) as typeof Row;
