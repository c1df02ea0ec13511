import { trimPattern } from '../../exports/email-rule.ts';
import { quoteText } from '../duckdb.ts';
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
    .map((names, index) => `WHEN ${name} IN (${names.map(quoteText).join(', ')}) THEN '${index + 1}'`)
    .join(' ')} END`;

const century = (year: string): string => `${year} + CASE WHEN ${year} < ${firstYearOf1900s} THEN 2000 ELSE 1900 END`;

type Step = readonly [column: string, expression: string];

/** SQL of a table with columns added one after the other, each of which may use those before it. */
const withSteps = (from: string, steps: readonly Step[]): string =>
  steps.reduce((table, [column, expression]) => `SELECT *, ${expression} AS ${column} FROM (${table})`, from);

/**
 * The steps from a cell to its numbers: `_1`, `_2`, `_3` as they stand in it, NULL where it is no date, and as integers
 * `_a`, `_b`, `_c`. What can be settled without knowing the order is: then `_1` is a year of four digits. Day and month
 * without a year leave `_3` empty; where even their order is settled, `_1` is empty too.
 *
 * Everything is looked at without regard to case, blanks at the ends and a time of day behind it.
 */
function steps({ name, cell }: DateColumn): Step[] {
  const column = (step: string) => `${name}_${step}`;
  const [text, bare, word, wordMonth, plain, short] = ['t', 'u', 'w', 'm', 'n', 's'].map(column) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const part = (letter: string) =>
    `coalesce(nullif(${word}.${letter}1, ''), nullif(${word}.${letter}2, ''), nullif(${word}.${letter}3, ''))`;
  const number = (place: number): Step[] => [
    [column(String(place)), `split_part(${short}, '-', ${place})`],
    [column(' abc'.charAt(place)), `try_cast(${column(String(place))} AS INTEGER)`],
  ];
  return [
    // Nearly every cell is three numbers, or a time stamp: only the others are looked at more closely.
    [
      plain,
      `CASE WHEN regexp_full_match(${cell}, '${triple}') THEN ${cell}
      WHEN regexp_full_match(${cell}, '${timeStamp}') THEN left(${cell}, 10) END`,
    ],
    [
      text,
      `CASE WHEN ${plain} IS NULL THEN strip_accents(lower(regexp_replace(${cell}, ${quoteText(trimPattern)}, '', 'g'))) END`,
    ],
    [
      bare,
      `CASE WHEN ${text} IS NULL THEN NULL
      WHEN length(${text}) > 10 AND regexp_matches(${text}, '[0-9][:h][0-9]')
      THEN coalesce(nullif(regexp_extract(${text}, '${withTime}', 1), ''), ${text}) ELSE ${text} END`,
    ],
    [
      word,
      `CASE WHEN regexp_matches(${bare}, '[a-z]{3}') THEN regexp_extract(${bare}, ${quoteText(named)}, ${namedGroups}) END`,
    ],
    [wordMonth, `CASE WHEN ${word} IS NOT NULL THEN ${monthNumber(part('m'))} END`],
    [
      short,
      `translate(CASE
      WHEN ${plain} IS NOT NULL THEN ${plain}
      WHEN ${bare} IS NULL THEN NULL
      WHEN ${wordMonth} IS NOT NULL THEN CASE coalesce(length(${part('y')}), 0)
        WHEN 0 THEN '-' || ${wordMonth} || '-' || ${part('d')}
        WHEN 4 THEN ${part('y')} || '-' || ${wordMonth} || '-' || ${part('d')}
        ELSE (${century(`${part('y')}::INTEGER`)}) || '-' || ${wordMonth} || '-' || ${part('d')} END
      WHEN regexp_full_match(${bare}, '${pair}') THEN ${bare}
      WHEN regexp_full_match(${bare}, '--${pair}') THEN substr(${bare}, 2)
      WHEN regexp_full_match(${bare}, '${serial}') THEN CASE
        WHEN left(${bare}, 5)::INTEGER BETWEEN ${serialDays.first} AND ${serialDays.last}
        THEN (DATE '1899-12-30' + left(${bare}, 5)::INTEGER)::VARCHAR END
      WHEN regexp_full_match(${bare}, '${compact}') THEN CASE
        WHEN substr(${bare}, 5, 2)::INTEGER <= 12 AND left(${bare}, 4)::INTEGER BETWEEN ${dateYears.first} AND ${dateYears.last}
        THEN left(${bare}, 4) || '-' || substr(${bare}, 5, 2) || '-' || substr(${bare}, 7, 2)
        ELSE left(${bare}, 2) || '-' || substr(${bare}, 3, 2) || '-' || substr(${bare}, 5, 4) END
      ELSE nullif(regexp_extract(replace(${bare}, ' ', ''), '^${triple}\\.?$', 1), '') END, '/.', '--')`,
    ],
    ...number(1),
    ...number(2),
    ...number(3),
  ];
}

const withoutSteps = (name: string): string =>
  `* EXCLUDE (${['n', 't', 'u', 'w', 'm', 's', '1', '2', '3', 'a', 'b', 'c'].map((step) => `${name}_${step}`).join(', ')})`;

/** SQL of the date, NULL for none, that a cell's numbers come to in one order. See {@link steps}. */
function reading({ name, needsYear }: DateColumn, order: DateOrder): string {
  const [one, three] = [`${name}_1`, `${name}_3`];
  const [a, b, c] = [`${name}_a`, `${name}_b`, `${name}_c`];
  const date = (year: string, month: string, day: string) =>
    `CASE WHEN (${year}) BETWEEN ${dateYears.first} AND ${dateYears.last}
    THEN try_cast((${year}) || '-' || ${month} || '-' || ${day} AS DATE) END`;
  const [month, day] = order === 'day-first' ? [b, a] : [a, b];
  const withoutYear = needsYear
    ? 'NULL'
    : `CASE WHEN ${one} = '' THEN ${date(String(noYear), b, c)}${
        order === 'year-first' ? '' : ` ELSE ${date(String(noYear), month, day)}`
      } END`;
  const ordered =
    order === 'year-first'
      ? `WHEN length(${one}) = 2 AND length(${three}) <= 2 THEN ${date(century(a), b, c)}`
      : `WHEN length(${three}) = 4 THEN ${date(c, month, day)} WHEN length(${three}) = 2 THEN ${date(century(c), month, day)}`;
  return `CASE WHEN length(${one}) = 4 THEN ${date(a, b, c)} WHEN ${one} = '' OR ${three} = '' THEN ${withoutYear} ${ordered} END`;
}

/** A column of cells to be read as dates. */
export interface DateColumn {
  /** Begins the names of the columns that are added; unlike any other's. */
  readonly name: string;
  /** SQL of the cell: a column's name. */
  readonly cell: string;
  /** Whether a day and a month alone are not enough. */
  readonly needsYear: boolean;
}

/**
 * SQL of a table with one column added, `<name>`: the cell as a DATE, read with `order`, NULL where it is none.
 *
 * Understood are year, month and day in any order between strokes, dots or hyphens, also with a time behind them; eight
 * digits; months as words in English, French, German and Spanish; days as spreadsheets count them; without `needsYear`
 * also a day and a month alone. Years of two digits: {@link firstYearOf1900s}.
 */
export function withDates(from: string, column: DateColumn, order: DateOrder): string {
  const { name } = column;
  return `SELECT ${withoutSteps(name)}, ${reading(column, order)} AS ${name} FROM (${withSteps(from, steps(column))})`;
}

/** SQL of a table with `<name>_day`, `<name>_month` and `<name>_year` added: the cell as a DATE in each order. */
export function withEveryReading(from: string, column: DateColumn): string {
  const { name } = column;
  const readings = dateOrders.map(
    (order) => `${reading(column, order)} AS ${name}_${order.slice(0, order.indexOf('-'))}`,
  );
  return `SELECT ${withoutSteps(name)}, ${readings.join(', ')} FROM (${withSteps(from, steps(column))})`;
}
