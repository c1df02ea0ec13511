import { fillersOf } from '../../../preload/contract/contact-fields.ts';
import type { FieldMatch } from '../../../preload/contract/views.ts';
import { fieldsBehind } from '../../exports/field-values.ts';
import { fieldsOf, ordOf, preparedRows, type SegmentSource, sqlText } from '../../exports/prepared-rows.ts';
import { matchOf, stageSelect, trimmed } from '../../exports/stage-cells.ts';
import type { DuckDb } from '../../segments/duckdb.ts';
import type { FieldBits } from '../../store/ledger-fields.ts';

/** SQL of the bits of those `columns` (one to a field) that hold a value. */
export function valuedSql(fields: readonly string[], columns: readonly string[], bits: FieldBits): string {
  const parts = fields.flatMap((field, index) => {
    const bit = bits.get(field);
    return bit === undefined ? [] : [`CASE WHEN ${columns[index]} IS NULL THEN 0 ELSE ${sqlBits([bit])} END`];
  });
  return parts.length === 0 ? '0::BIGINT' : `(${parts.join(' | ')})`;
}

const numberOf = (bits: readonly number[]): bigint => bits.reduce((sum, bit) => sum | (1n << BigInt(bit)), 0n);
const sqlBits = (bits: readonly number[]): string => `${numberOf(bits)}::BIGINT`;

/** The matches of a segment whose cells a property is made of; those of month and day go together. */
function matchesBehind(segment: SegmentSource, property: string): FieldMatch[] {
  return fieldsBehind([property]).flatMap((field) => matchOf(segment, field) ?? []);
}

const isFilled = (segment: SegmentSource, property: string): boolean =>
  fillersOf(property).some((field) => matchOf(segment, field) !== undefined);

/** The properties that a segment's blank cells clear: all columns that fill them must be chosen to do so. */
export function clearedBy(segment: SegmentSource): string[] {
  return fieldsOf([segment]).filter(
    (property) =>
      isFilled(segment, property) && matchesBehind(segment, property).every(({ whenBlank }) => whenBlank === 'clear'),
  );
}

/** Whether any blank cell clears anything. */
export const clearsAnything = (segments: readonly SegmentSource[]): boolean =>
  segments.some((segment) => clearedBy(segment).length > 0);

/** SQL of a segment's rows: `ord`, the bits that its blank cells clear, and the bits of the fields that no cell speaks for. */
function blankRows(segment: SegmentSource, position: number, properties: readonly string[], bits: FieldBits): string {
  const cleared = clearedBy(segment);
  const bitsOf = (some: readonly string[]) => some.flatMap((property) => bits.get(property) ?? []);
  const silent = properties.filter((property) => matchesBehind(segment, property).length === 0);
  // A cell that holds something which cannot be sent, too long or no date, is not blank.
  const blank = properties
    .filter((property) => !silent.includes(property))
    .map((property) => {
      const cells = matchesBehind(segment, property).map(
        ({ columnIndex }) => `coalesce(${trimmed(`c${columnIndex}`)}, '') = ''`,
      );
      return `CASE WHEN ${cells.join(' AND ')} THEN ${sqlBits(bitsOf([property]))} ELSE 0 END`;
    });
  return stageSelect(segment, [
    `${ordOf(position)} AS ord`,
    `${sqlBits(bitsOf(cleared))} AS clears`,
    `(${[sqlBits(bitsOf(silent)), ...blank].join(' | ')}) AS blank`,
  ]);
}

/**
 * Works out of whom which fields are cleared, into the table `clearing` (`email`, `bits`), in the order of addresses: whose
 * cells are blank in every row, in fields that the row that won is to clear, and that this export has given a value
 * (`known.valued`). The table `clearing_field` says which bit is which field. Whoever is held back is left alone; whom the
 * ledger does not know is not in it. Needs `known`, and `held` where `hasHeld`.
 *
 * Answers how many there are, and of how many it is not known what they were sent.
 */
export async function findClearings(
  db: DuckDb,
  given: {
    readonly segments: readonly SegmentSource[];
    readonly bits: FieldBits;
    readonly hasHeld: boolean;
    readonly onlyEmail: string | null;
  },
): Promise<{ readonly people: number; readonly notKnown: number }> {
  const { segments, bits, hasHeld, onlyEmail } = given;
  const properties = [...new Set(segments.flatMap(clearedBy))];
  const all = sqlBits(properties.flatMap((property) => bits.get(property) ?? []));
  const free = hasHeld ? 'ANTI JOIN held USING (email)' : '';
  const only = onlyEmail === null ? '' : `AND email = ${sqlText(onlyEmail)}`;
  const rows = segments.map((segment, position) => blankRows(segment, position, properties, bits));
  await db.run(`CREATE OR REPLACE TEMP TABLE may_clear AS
    SELECT email, valued FROM known ${free} WHERE (valued IS NULL OR valued & ${all} <> 0) ${only}`);
  await db.run(`CREATE OR REPLACE TEMP TABLE blanks AS
    SELECT email, bit_and(blank) & arg_max(clears, ord) AS bits
    FROM (SELECT ord, email FROM (${preparedRows(segments, [])}) SEMI JOIN may_clear USING (email) WHERE reason = 0)
    JOIN (${rows.join(' UNION ALL ')}) USING (ord) GROUP BY email`);
  await db.run(`INSERT INTO clearing SELECT email, bits & valued FROM blanks JOIN may_clear USING (email)
    WHERE bits & valued <> 0 ORDER BY email`);
  const [row] = await db.rows(`SELECT (SELECT count(*) FROM clearing) AS people,
    (SELECT count(*) FROM blanks JOIN may_clear USING (email) WHERE valued IS NULL AND bits <> 0) AS not_known`);
  for (const property of properties) {
    const bit = bits.get(property);
    if (bit !== undefined) await db.run('INSERT INTO clearing_field VALUES ($1, $2)', [property, bit]);
  }
  for (const table of ['may_clear', 'blanks']) await db.run(`DROP TABLE ${table}`);
  return { people: Number(row?.people), notKnown: Number(row?.not_known) };
}
