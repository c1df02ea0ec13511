import {
  Checkbox,
  mergeClasses,
  Table,
  TableBody,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
} from '@fluentui/react-components';
import { type ReactElement, type ReactNode, useRef, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { rememberedSort, rememberSort, type TableSort } from '../../stores/table-sorts.ts';
import type { MessageKey } from '../../text/messages.ts';
import { useHiddenStyles } from '../visually-hidden.ts';
import { RecordBar } from './record-bar.tsx';
import { RecordMenu, type RecordMenuPlace } from './record-menu.tsx';
import { type SortValue, searchRecords, sortRecords } from './record-order.ts';
import { RecordRow, type RowEvents } from './record-row.tsx';
import { ShowMore } from './show-more.tsx';
import { useTableStyles } from './table-styles.ts';
import { useRecordKeys } from './use-record-keys.ts';

export interface RecordColumn<Row> {
  readonly name: string;
  readonly title: MessageKey;
  readonly cell: (row: Row) => ReactNode;
  /** What the column sorts by. Absent: it cannot be sorted. */
  readonly sortBy?: (row: Row) => SortValue;
  readonly looks?: 'number';
  readonly width?: string;
}

/** What can be done with one row, or with several at once. */
export interface RecordAction {
  readonly name: string;
  readonly label: string;
  readonly icon: ReactElement;
  readonly act: () => void;
  readonly disabled?: boolean;
  /** The key that does it while its row has the focus. */
  readonly shortcut?: 'Enter' | 'Delete';
  /** A line stands above it in the menu. */
  readonly apart?: boolean;
}

const nothingYet: RowEvents = {
  focused: () => undefined,
  pressed: () => undefined,
  boxChanged: () => undefined,
  menuAsked: () => undefined,
};

export interface RecordTableProps<Row> {
  /** Under which the sorting is remembered. */
  readonly id: string;
  readonly label: string;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly nameOf: (row: Row) => string;
  /** The first one is the row's heading. */
  readonly columns: readonly RecordColumn<Row>[];
  readonly firstSort: TableSort;
  /** Below this width the table scrolls, in pixels. */
  readonly minWidth: number;
  /** What a search looks through. Absent: there is none. */
  readonly textsOf?: (row: Row) => readonly string[];
  readonly actionsOf?: ((rows: readonly Row[]) => readonly RecordAction[]) | undefined;
  /** Whether rows can be chosen, to act on several at once. */
  readonly several?: boolean;
  /** What can be done with the whole table, beside the search. */
  readonly beside?: ReactNode;
  /** How many rows are shown at first, and more each time. */
  readonly pageSize?: number;
  /** Cells of several lines begin at the same height. */
  readonly tall?: boolean;
  readonly testId?: string;
  /**
   * Everything that a row's cells are drawn from, compared one by one: a row is drawn anew only when some of it is another.
   * For tables that are long and change often. Absent: all rows are drawn anew each time.
   */
  readonly drawnFrom?: (row: Row) => readonly unknown[];
}

/**
 * The table of every list of things: sorted by any column (remembered), searched, rows chosen, what can be done with
 * them from the bar, the row's menu, the context menu and the keys: arrows, Page, Home and End keys move, with Shift they
 * choose on their way, Space chooses, Ctrl+A chooses all, Escape none, Enter and Delete do what stands beside the action,
 * the menu key opens the menu. The first column and the menu stay in view however far the table is scrolled.
 */
export function RecordTable<Row>(props: RecordTableProps<Row>) {
  const { columns, keyOf, nameOf, rows, several = false, pageSize = 200, actionsOf } = props;
  const intl = useIntl();
  const styles = useTableStyles();
  const hidden = useHiddenStyles();
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [place, setPlace] = useState<RecordMenuPlace | null>(null);
  const [shownCount, setShownCount] = useState(pageSize);
  const [sort, setSort] = useState(() =>
    rememberedSort(
      props.id,
      props.firstSort,
      columns.map(({ name }) => name),
    ),
  );

  const sortBy = columns.find(({ name }) => name === sort.column)?.sortBy ?? (() => null);
  const found = props.textsOf === undefined ? rows : searchRecords(rows, props.textsOf, search);
  const sorted = sortRecords(found, sortBy, sort.descending, intl.locale);
  const shown = sorted.slice(0, shownCount);
  const chosenRows = shown.filter((row) => chosen.has(keyOf(row)));
  /** What an action on a row is about: all chosen rows, if it is one of them. */
  const subjectOf = (row: Row): readonly Row[] => (chosen.has(keyOf(row)) ? chosenRows : [row]);

  const choose = (row: Row, yes = !chosen.has(keyOf(row))): void => {
    const next = new Set(chosen);
    if (yes) next.add(keyOf(row));
    else next.delete(keyOf(row));
    setChosen(next);
  };
  const chooseSpan = (from: number, to: number): void => {
    const span = shown.slice(Math.min(from, to), Math.max(from, to) + 1);
    setChosen(new Set([...chosen, ...span.map(keyOf)]));
  };
  /** The box chosen last: with Shift, all from there on are chosen. */
  const anchor = useRef<number | null>(null);
  const chooseByBox = (index: number, yes: boolean, withShift: boolean): void => {
    const row = shown[index];
    if (withShift && anchor.current !== null) chooseSpan(anchor.current, index);
    else if (row !== undefined) choose(row, yes);
    anchor.current = index;
  };
  const chooseAll = (yes: boolean): void => setChosen(new Set(yes ? shown.map(keyOf) : []));
  const sortOn = (name: string): void => {
    const next = { column: name, descending: sort.column === name && !sort.descending };
    setSort(next);
    rememberSort(props.id, next);
  };
  const keys = useRecordKeys({
    count: shown.length,
    onOpenMenu: (index, element) => {
      const row = shown[index];
      if (row !== undefined && actionsOf !== undefined) setPlace({ key: keyOf(row), target: element });
    },
    onChoose: (index) => {
      const row = shown[index];
      if (row !== undefined && several) choose(row);
    },
    onChooseSpan: (from, to) => several && chooseSpan(from, to),
    onChooseNone: () => chooseAll(false),
    onChooseAll: () => several && chooseAll(true),
    onShortcut: (index, key) => {
      const row = shown[index];
      const action = row && actionsOf?.(subjectOf(row)).find(({ shortcut }) => shortcut === key);
      if (action === undefined || action.disabled === true) return false;
      action.act();
      return true;
    },
  });
  const events = useRef<RowEvents>(nothingYet);
  events.current = {
    focused: (index) => keys.rowProps(index).onFocus(),
    pressed: (index, event) => keys.rowProps(index).onKeyDown(event),
    boxChanged: chooseByBox,
    menuAsked: (key, target) => setPlace({ key, target }),
  };
  const menuRow = place === null ? undefined : shown.find((row) => keyOf(row) === place.key);
  const staysLeft = mergeClasses(styles.left, several && styles.besideCheck);
  // What the focus goes to is scrolled out from under the cells that stay.
  const leftInView = `calc(${columns[0]?.width ?? '0px'} + ${several ? 56 : 16}px)`;
  const widths = (width: string | undefined) => (width === undefined ? {} : { style: { width } });

  return (
    <>
      {(props.textsOf !== undefined || props.beside !== undefined || chosenRows.length > 0) && (
        <RecordBar
          search={props.textsOf === undefined ? null : search}
          onSearch={setSearch}
          count={chosenRows.length}
          actions={chosenRows.length > 0 ? (actionsOf?.(chosenRows) ?? []) : []}
          onChooseNone={() => chooseAll(false)}
          beside={props.beside}
        />
      )}
      <div className={styles.scroll} style={{ scrollPaddingLeft: leftInView }}>
        <Table
          role="grid"
          sortable
          aria-label={props.label}
          {...(several ? { 'aria-multiselectable': true } : {})}
          style={{ minWidth: `${props.minWidth}px` }}
        >
          <TableHeader>
            <TableRow>
              {several && (
                <TableHeaderCell
                  className={mergeClasses(styles.check, styles.left)}
                  button={{ role: 'presentation', tabIndex: -1 }}
                >
                  <Checkbox
                    aria-label={intl.formatMessage({ id: 'table.choose-all' })}
                    checked={chosenRows.length === 0 ? false : chosenRows.length === shown.length ? true : 'mixed'}
                    onChange={(_, { checked }) => chooseAll(checked !== false)}
                  />
                </TableHeaderCell>
              )}
              {columns.map((column, position) => (
                <TableHeaderCell
                  key={column.name}
                  className={position === 0 ? staysLeft : undefined}
                  {...widths(column.width)}
                  {...(column.sortBy === undefined
                    ? { button: { role: 'presentation', tabIndex: -1 } }
                    : {
                        ...(sort.column === column.name
                          ? { sortDirection: sort.descending ? 'descending' : 'ascending' }
                          : {}),
                        onClick: () => sortOn(column.name),
                        ...(column.looks === 'number' ? { button: { as: 'div', className: styles.numberHead } } : {}),
                      })}
                >
                  <FormattedMessage id={column.title} />
                </TableHeaderCell>
              ))}
              {actionsOf !== undefined && (
                <TableHeaderCell className={styles.menu} button={{ role: 'presentation', tabIndex: -1 }}>
                  <span className={hidden.hidden}>
                    <FormattedMessage id="column.actions" />
                  </span>
                </TableHeaderCell>
              )}
            </TableRow>
          </TableHeader>
          <TableBody>
            {shown.map((row, index) => {
              const key = keyOf(row);
              return (
                <RecordRow
                  key={key}
                  row={row}
                  rowKey={key}
                  name={nameOf(row)}
                  index={index}
                  columns={columns}
                  isChosen={chosen.has(key)}
                  isMenuOpen={place?.key === key}
                  tabIndex={keys.rowProps(index).tabIndex}
                  several={several}
                  hasMenu={actionsOf !== undefined}
                  tall={props.tall === true}
                  testId={props.testId}
                  events={events}
                  drawnFrom={props.drawnFrom === undefined ? null : [intl, ...props.drawnFrom(row)]}
                />
              );
            })}
          </TableBody>
        </Table>
        {shown.length === 0 && (
          <Text className={styles.nothing} role="status">
            <FormattedMessage id="table.nothing-found" />
          </Text>
        )}
        {sorted.length > shown.length && <ShowMore onShow={() => setShownCount(shownCount + pageSize)} />}
      </div>
      <RecordMenu
        place={menuRow === undefined ? null : place}
        actions={menuRow === undefined ? [] : (actionsOf?.(subjectOf(menuRow)) ?? [])}
        onClose={() => setPlace(null)}
      />
    </>
  );
}
