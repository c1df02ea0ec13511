import { trimPattern } from '../../exports/email-rule.ts';
import { sqlLet, sqlText } from '../../exports/sql-text.ts';
import { monthNames, weekdayBeginnings } from './month-names.ts';

/** Which part of a date written in digits comes first: 17/05/2024, 05/17/2024, 2024-05-17. */
export type DateOrder = 'day-first' | 'month-first' | 'year-first';
export const dateOrders: readonly DateOrder[] = ['day-first', 'month-first', 'year-first'];

/** Years that a date may have; what lies outside (0001-01-01, 9999-12-31) stands for no date at all. */
export const dateYears = { first: 1800, last: 2199 } as const;

/**
 * Years of two digits below this are of the 2000s, the others of the 1900s: 00 to 29 are 2000 to 2029, 30 to 99 are 1930
 * to 1999, as Excel reads them.
 */
export const firstYearOf1900s = 30;

/** The year that stands for none, in dates of which only day and month are wanted; it has a 29 February. */
const noYear = 2000;

const separator = '[-/.]';
/** Three numbers of which one may be a year; nearly every date looks like this. */
const triple = `([0-9]{4}${separator}[0-9]{1,2}${separator}[0-9]{1,2}|[0-9]{1,2}${separator}[0-9]{1,2}${separator}([0-9]{4}|[0-9]{1,2}))`;
const pair = `[0-9]{1,2}${separator}[0-9]{1,2}`;
const timeStamp = '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}[0-9:.,+Z -]*';
/** A time of day behind a date, and whatever follows it: seconds, AM, zone. */
const withTime = '^(.*[0-9])(?:[ t,]+(?:a |at |um |a las |- )?)[0-9]{1,2}[:h][0-9]{2}.*$';
const month = '([a-z]{3,12})\\.?';
/** Day, month, year in three arrangements, the month as a word. */
const named =
  `^(?:(?:${weekdayBeginnings})[a-z]*[., ]+)?(?:le |the |el )?(?:` +
  `([0-9]{1,2})(?:st|nd|rd|th|er|\\.)?[-/. ]*(?:de |of )?${month}(?:[-/., ]*(?:de |del )?'?([0-9]{4}|[0-9]{2}))?` +
  `|${month}[-/ ]+([0-9]{1,2})(?:st|nd|rd|th)?(?:[-/., ]+'?([0-9]{4}|[0-9]{2}))?` +
  `|([0-9]{4})[-/., ]+${month}[-/. ]+([0-9]{1,2}))$`;
const namedGroups = "['d1', 'm1', 'y1', 'm2', 'd2', 'y2', 'y3', 'm3', 'd3']";
/** Days since the end of 1899, as spreadsheets count them: 1927 to 2099. */
const serial = '[0-9]{5}([.,][0-9]+)?';
const serialDays = { first: 10_000, last: 73_050 } as const;
const compact = '[0-9]{8}(t[0-9]{4,6}z?)?';

const monthNumber = (name: string): string =>
  `CASE ${monthNames
    .map((names, index) => `WHEN ${name} IN (${names.map(sqlText).join(', ')}) THEN '${index + 1}'`)
    .join(' ')} END`;

const century = (year: string): string => `${year} + CASE WHEN ${year} < ${firstYearOf1900s} THEN 2000 ELSE 1900 END`;

/** A month as a word, as in {@link named}: `d`, `m` and `y` of whichever arrangement it is. */
const wordsOf = (bare: string): string => {
  const part = (letter: string) =>
    `coalesce(nullif(date_word.${letter}1, ''), nullif(date_word.${letter}2, ''), date_word.${letter}3)`;
  return `CASE WHEN regexp_matches(${bare}, '[a-z]{3}') THEN ${sqlLet(
    'date_word',
    `regexp_extract(${bare}, ${sqlText(named)}, ${namedGroups})`,
    `{d: ${part('d')}, m: ${monthNumber(part('m'))}, y: ${part('y')}}`,
  )} END`;
};

/** Three numbers, the year first, where a cell settles which is which; else the cell's numbers as they stand. */
function settled(bare: string): string {
  const words = `CASE WHEN date_words.m IS NULL THEN NULL ELSE CASE length(date_words.y)
      WHEN 0 THEN '' WHEN 4 THEN date_words.y ELSE (${century('date_words.y::INTEGER')})::VARCHAR END
      || '-' || date_words.m || '-' || date_words.d END`;
  return sqlLet(
    'date_words',
    wordsOf(bare),
    `CASE WHEN date_words IS NOT NULL THEN ${words}
      WHEN regexp_full_match(${bare}, '${pair}') THEN ${bare}
      WHEN regexp_full_match(${bare}, '--${pair}') THEN substr(${bare}, 2)
      WHEN regexp_full_match(${bare}, '${serial}') THEN CASE
        WHEN left(${bare}, 5)::INTEGER BETWEEN ${serialDays.first} AND ${serialDays.last}
        THEN (DATE '1899-12-30' + left(${bare}, 5)::INTEGER)::VARCHAR END
      WHEN regexp_full_match(${bare}, '${compact}') THEN CASE
        WHEN substr(${bare}, 5, 2)::INTEGER <= 12 AND left(${bare}, 4)::INTEGER BETWEEN ${dateYears.first} AND ${dateYears.last}
        THEN left(${bare}, 4) || '-' || substr(${bare}, 5, 2) || '-' || substr(${bare}, 7, 2)
        ELSE left(${bare}, 2) || '-' || substr(${bare}, 3, 2) || '-' || substr(${bare}, 5, 4) END
      ELSE nullif(regexp_extract(replace(${bare}, ' ', ''), '^${triple}\\.?$', 1), '') END`,
  );
}

/**
 * SQL of `body` over `p`: the numbers of a cell as they stand in it (`p.t1`, `p.t2`, `p.t3`) and as integers (`p.a`, `p.b`,
 * `p.c`); NULL where it is no date. What can be settled without knowing the order is: then `t1` is a year of four digits.
 * Day and month without a year leave `t3` empty; where even their order is settled, `t1` is empty instead.
 *
 * Everything is looked at without regard to case, blanks at the ends and a time of day behind it.
 */
function withNumbers(cell: string, body: string): string {
  const text = `strip_accents(lower(regexp_replace(${cell}, ${sqlText(trimPattern)}, '', 'g')))`;
  const bare = sqlLet(
    'date_text',
    text,
    `CASE WHEN length(date_text) > 10 AND regexp_matches(date_text, '[0-9][:h][0-9]')
      THEN coalesce(nullif(regexp_extract(date_text, '${withTime}', 1), ''), date_text) ELSE date_text END`,
  );
  // Nearly every cell is three numbers, or a time stamp: only the others are looked at more closely.
  const short = `CASE WHEN regexp_full_match(${cell}, '${triple}') THEN ${cell}
    WHEN regexp_full_match(${cell}, '${timeStamp}') THEN left(${cell}, 10)
    ELSE ${sqlLet('date_bare', bare, settled('date_bare'))} END`;
  const number = (place: number) => `try_cast(date_parts[${place}] AS INTEGER)`;
  const struct = `CASE WHEN date_parts IS NOT NULL THEN {
    t1: date_parts[1], t2: date_parts[2], t3: coalesce(date_parts[3], ''), a: ${number(1)}, b: ${number(2)}, c: ${number(3)}} END`;
  return sqlLet('p', sqlLet('date_parts', `string_split(translate(${short}, '/.', '--'), '-')`, struct), body);
}

/** SQL of the date, NULL for none, that a cell's numbers come to in one order. See {@link withNumbers}. */
function reading(order: DateOrder, needsYear: boolean): string {
  const date = (year: string, month: string, day: string) =>
    `CASE WHEN (${year}) BETWEEN ${dateYears.first} AND ${dateYears.last}
    THEN try_cast((${year}) || '-' || ${month} || '-' || ${day} AS DATE) END`;
  const [month, day] = order === 'day-first' ? ['p.b', 'p.a'] : ['p.a', 'p.b'];
  const ordered = order === 'year-first' ? '' : ` ELSE ${date(String(noYear), month, day)}`;
  const withoutYear = needsYear
    ? 'NULL'
    : `CASE WHEN p.t1 = '' THEN ${date(String(noYear), 'p.b', 'p.c')}${ordered} END`;
  const short =
    order === 'year-first'
      ? `WHEN length(p.t1) = 2 AND length(p.t3) <= 2 THEN ${date(century('p.a'), 'p.b', 'p.c')}`
      : `WHEN length(p.t3) = 4 THEN ${date('p.c', month, day)} WHEN length(p.t3) = 2 THEN ${date(century('p.c'), month, day)}`;
  return `CASE WHEN length(p.t1) = 4 THEN ${date('p.a', 'p.b', 'p.c')}
    WHEN p.t1 = '' OR p.t3 = '' THEN ${withoutYear} ${short} END`;
}

/**
 * SQL of a struct with the DATE in a cell in each order, `{d, m, y}`, NULL where it is none.
 *
 * Understood are year, month and day in any order between strokes, dots or hyphens, also with a time behind them; eight
 * digits; months as words in English, French, German and Spanish; days as spreadsheets count them; without `needsYear`
 * also a day and a month alone. Years of two digits: {@link firstYearOf1900s}.
 */
export function everyReading(cell: string, needsYear: boolean): string {
  const [d, m, y] = dateOrders.map((order) => reading(order, needsYear));
  return withNumbers(cell, `{d: ${d}, m: ${m}, y: ${y}}`);
}

/** SQL condition on {@link everyReading}: whichever order it is read in, it is the same date, or none. */
export const isSame = (readings: string): string =>
  `(${readings}.d IS NOT DISTINCT FROM ${readings}.m AND (${readings}.y IS NULL OR ${readings}.y = ${readings}.d))`;

/**
 * SQL of the DATE in a cell, a column of the rows around it; NULL where there is none. Without an order, cells that hang
 * on it are none.
 */
export function dateSql(cell: string, order: DateOrder | null, needsYear: boolean): string {
  const date =
    order === null
      ? sqlLet('r', everyReading('date_cell', needsYear), `CASE WHEN ${isSame('r')} THEN r.d END`)
      : withNumbers('date_cell', reading(order, needsYear));
  return ofEachCell(cell, date);
}

/** SQL of a DATE that a cell is in one order at least; NULL for none. */
export const anyDateSql = (cell: string, needsYear: boolean): string =>
  ofEachCell(cell, sqlLet('r', everyReading('date_cell', needsYear), 'coalesce(r.d, r.m, r.y)'));

/** DuckDB works such a query out once for each different cell, of which dates have few. */
const ofEachCell = (cell: string, sql: string): string => `(SELECT ${sql} FROM (SELECT ${cell} AS date_cell))`;
