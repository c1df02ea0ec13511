import type { Balance, ExportMode, RejectionReason } from '../../preload/contract/views.ts';
import { csvHeader, csvLine } from '../exports/csv-line.ts';
import { preparedRows, rejectionReasons, sentValue, splitOrd, sqlText } from '../exports/prepared-rows.ts';
import type { DuckDb } from '../segments/duckdb.ts';
import type { PlannedBatch } from '../store/batches.ts';
import type { FieldBits } from '../store/ledger-fields.ts';
import { batchLimits, type Chunk, packBatches } from './pack-batches.ts';
import { type AddressRanges, mostAtOnce } from './planning/address-ranges.ts';
import { clearsAnything, findClearings, valuedSql } from './planning/clearings.ts';
import { firstKept, type Stands, stands, standsSql } from './planning/contact-groups.ts';
import { findLeavers } from './planning/leavers.ts';
import type { OtherSource } from './planning/other-segments.ts';
import { contentHash, restOfLine } from './planning/plan-tables.ts';
import { dropSurvey, type PlannedSegment, type Survey, standsIn, surveyRows } from './planning/survey-rows.ts';

/** Rows of one chunk: the step in which batches are measured. */
const chunkRows = 200;

export interface Plan {
  /** Field names in the order of the request's columns, `email` left out. */
  readonly fields: readonly string[];
  readonly counts: Pick<Balance, 'rowsRead' | 'rejected' | 'duplicate' | 'heldBack' | 'unchanged'>;
  /** How many contacts stand where. */
  readonly contacts: Readonly<Record<Stands, number>>;
  readonly toSend: number;
  readonly leavers: number;
  /** People of whom fields are cleared, and of how many with a blank cell it is not known what they were sent. */
  readonly clearing: { readonly people: number; readonly notKnown: number };
  readonly batches: PlannedBatch[];
}

/** How a plan is made, beside its segments. */
export interface PlanTerms {
  readonly mode: ExportMode;
  /** The one address to be sent, null for everybody. */
  readonly onlyEmail: string | null;
  /** Which of the tables `known` and `held` there are, to hold the contacts against (main/runs/planning). */
  readonly has: { readonly known: boolean; readonly held: boolean };
  /** Given when people who are absent leave the list: segments of other exports to it. Needs `known` and `sent_by_others`. */
  readonly leaving: { readonly others: readonly OtherSource[] } | null;
  /** How the ledger notes which fields a contact was given. */
  readonly fieldBits: FieldBits;
}

/** Everybody is sent, and nothing is known of anybody. */
export const sendEverybody: PlanTerms = {
  mode: 'add-and-update',
  onlyEmail: null,
  has: { known: false, held: false },
  leaving: null,
  fieldBits: new Map(),
};

/**
 * Works out what a run does, into the run's own database file. The table `plan` has one row per contact: first those that
 * are sent, ordered by address, with their finished lines; `rowid` is the contact's position. That is all that sending
 * needs, so that a batch can be made again byte for byte after a crash. After them come the contacts that are not sent:
 * they are in the views `unchanged` and `held_back` too. `rejected` holds the refused rows, `duplicate` the rows whose
 * contact another row won, `leaver` who is taken off the list, `staying` who is absent and stays (see
 * main/runs/planning/leavers.ts), `clearing` of whom which fields are cleared (see main/runs/planning/clearings.ts). `ord`
 * says where a row stands, or the row that won; `valued` has the bits of the fields that are sent with a value.
 *
 * The order by address is also the order of the ledger's keys, which makes writing a million of them quick. The same
 * stages and the same people known give the same plan, to the byte. `given` are the segments, or what looking through their
 * rows in this database has found.
 */
export async function buildPlan(
  db: DuckDb,
  given: readonly PlannedSegment[] | Survey,
  terms: PlanTerms = sendEverybody,
  most = mostAtOnce,
): Promise<Plan> {
  const survey = 'segments' in given ? given : await surveyRows(db, given, terms.onlyEmail, most);
  const { segments, fields, header, ranges, hasRepeated, rowsOf } = survey;
  const only = terms.onlyEmail;
  const columns = fields.map((_, index) => `f${index}`);
  const list = columns.map((column) => `, ${column}`).join('');
  const values = fields.map((field, index) => sentValue(field, `f${index}`));
  const sent = values.map((value, index) => `, ${value} AS f${index}`).join('');
  const linesOf = (range: number | null) => {
    // Of several ranges, each is picked from the stage before its cells are looked at.
    const single = `(SELECT ord FROM addressed ANTI JOIN apart USING (ord) WHERE range = ${range})`;
    const contacts =
      range === null || ranges.count === 1
        ? `SELECT email, ord${list} FROM (${rowsOf(fields)}) ANTI JOIN apart USING (ord)`
        : `SELECT email, ord${list} FROM (${rowsOf(fields, standsIn(single))})`;
    const merged = `SELECT email, ord${list} FROM merged ${range === null ? '' : `WHERE range = ${range}`}`;
    return `SELECT email, ${csvLine(['email', ...columns])} AS line, ord,
      ${valuedSql(fields, columns, terms.fieldBits)} AS valued FROM (SELECT email, ord${sent} FROM (${contacts} ${hasRepeated ? `UNION ALL ${merged}` : ''}))`;
  };
  for (const statement of placing(linesOf, terms, header, ranges)) await db.run(statement);
  if (terms.leaving !== null) {
    const { others } = terms.leaving;
    const mirrors = others.filter(({ ofMirror }) => ofMirror);
    const rest = fields.length === 0 ? 'NULL' : contentHash(header, `',' || ${csvLine(values)}`);
    await findLeavers(db, {
      rejected: `SELECT email, CASE WHEN coalesce(${['NULL', ...values].join(', ')}) IS NOT NULL THEN ${rest} END AS rest
        FROM (${rowsOf(fields, standsIn('rejected'))})`,
      wantedByOthers: others.length === 0 ? null : `SELECT email FROM (${preparedRows(others, [])}) WHERE reason = 0`,
      refusedByOthers:
        mirrors.length === 0 ? null : `SELECT email FROM (${preparedRows(mirrors, [])}) WHERE reason > 0`,
    });
  }
  const clearing =
    terms.has.known && clearsAnything(segments)
      ? await findClearings(db, { segments, bits: terms.fieldBits, hasHeld: terms.has.held, onlyEmail: only })
      : { people: 0, notKnown: 0 };
  const counted = await countPlan(db, only !== null);
  for (const table of ['compared', 'kept']) await db.run(`DROP TABLE IF EXISTS ${table}`);
  await dropSurvey(db);
  const batches = packBatches(await measureChunks(db, header.length, counted.toSend), header.length);
  await db.run('CHECKPOINT');
  return { fields, ...counted, clearing, batches };
}

/**
 * Statements that put contacts (`email`, `line`, `ord`, `valued`; of one range, or all for null) into the plan: first
 * those that are sent, then the others, each by address.
 */
function placing(
  contacts: (range: number | null) => string,
  { mode, has }: PlanTerms,
  header: string,
  ranges: AddressRanges,
): string[] {
  const into = 'INSERT INTO plan (email, line, ord, valued, stands)';
  const numbers = Array.from({ length: ranges.count }, (_, range) => range);
  if (!has.known && !has.held) {
    const place = standsSql(mode, has, '');
    return numbers.map(
      (range) => `${into} SELECT email, line, ord, valued, ${place} FROM (${contacts(range)}) ORDER BY email`,
    );
  }
  const stood = (range: number | null) => {
    const joins = (['known', 'held'] as const)
      .filter((table) => has[table])
      .map((table) => {
        const people = range === null ? table : `(SELECT * FROM ${table} WHERE ${ranges.isIn(range)}) ${table}`;
        return `LEFT JOIN ${people} USING (email)`;
      });
    return `SELECT email, CASE WHEN stands < ${firstKept} THEN line END AS line, ord, valued, stands FROM (
      SELECT contact.*, ${standsSql(mode, has, contentHash(header, restOfLine))} AS stands
      FROM (${contacts(range)}) contact ${joins.join(' ')})`;
  };
  if (ranges.count === 1) return [`${into} ${stood(null)} ORDER BY stands >= ${firstKept}, email`];
  const sent = (from: string) => `${into} SELECT * FROM ${from} WHERE stands < ${firstKept} ORDER BY email`;
  // Who is held back is few of many, and found by another look; who is unchanged may be nearly all of them.
  if (!has.known) {
    const others = `${into} SELECT email, NULL, ord, NULL, held.stands FROM (${contacts(null)}) JOIN held USING (email)
      ORDER BY email`;
    return [...numbers.map((range) => sent(`(${stood(range)})`)), others];
  }
  const compared = numbers.flatMap((range) => [
    `CREATE OR REPLACE TEMP TABLE compared AS ${stood(range)}`,
    sent('compared'),
    `${range === 0 ? 'CREATE OR REPLACE TEMP TABLE kept AS' : 'INSERT INTO kept'}
      SELECT *, ${range}::UTINYINT AS range FROM compared WHERE stands >= ${firstKept}`,
  ]);
  const kept = numbers.map(
    (range) => `${into} SELECT * EXCLUDE (range) FROM kept WHERE range = ${range} ORDER BY email`,
  );
  return [...compared, 'DROP TABLE compared', ...kept];
}

async function countPlan(
  db: DuckDb,
  onlyOne: boolean,
): Promise<Pick<Plan, 'counts' | 'contacts' | 'toSend' | 'leavers'>> {
  const [row] = await db.rows(`SELECT count(*) AS rows_read, count(*) FILTER (reason > 0) AS rejected,
    (SELECT count(*) FROM leaver) AS leavers FROM addressed`);
  const found = new Map(
    (await db.table('SELECT stands, count(*) FROM plan GROUP BY stands')).map(([at, n]) => [Number(at), Number(n)]),
  );
  const contacts = Object.fromEntries(
    Object.entries(stands).map(([name, number]) => [name, found.get(number) ?? 0]),
  ) as Record<Stands, number>;
  const all = Object.values(contacts).reduce((sum, n) => sum + n, 0);
  // A run for one person is about one row, however many the person has.
  const rowsRead = onlyOne ? all : Number(row?.rows_read);
  const rejected = Number(row?.rejected);
  const heldBack = contacts['opted-out'] + contacts['never-mail'];
  const { unchanged } = contacts;
  return {
    counts: { rowsRead, rejected, duplicate: rowsRead - rejected - all, heldBack, unchanged },
    contacts,
    toSend: all - heldBack - unchanged,
    leavers: Number(row?.leavers),
  };
}

async function measureChunks(db: DuckDb, headerBytes: number, toSend: number): Promise<Chunk[]> {
  const rows = await db.rows(`SELECT rowid // ${chunkRows} AS chunk, count(*) AS rows, sum(strlen(line)) AS bytes
    FROM plan WHERE rowid < ${toSend} GROUP BY chunk ORDER BY chunk`);
  const chunks: Chunk[] = [];
  for (const row of rows) {
    const chunk = { rows: Number(row.rows), bytes: Number(row.bytes) };
    if (chunk.bytes + headerBytes <= batchLimits.bytes) chunks.push(chunk);
    else chunks.push(...(await measureRows(db, Number(row.chunk), toSend)));
  }
  return chunks;
}

/** Row by row, for a chunk whose rows are so long that it would not fit into one request. */
async function measureRows(db: DuckDb, chunk: number, toSend: number): Promise<Chunk[]> {
  const first = chunk * chunkRows;
  const last = Math.min(first + chunkRows, toSend) - 1;
  const rows = await db.rows(
    `SELECT strlen(line) AS bytes FROM plan WHERE rowid BETWEEN ${first} AND ${last} ORDER BY rowid`,
  );
  return rows.map((row) => ({ rows: 1, bytes: Number(row.bytes) }));
}

/** SQL of who is in a batch: all in its place but who was held back since (main/runs/planning/hold-back-since.ts). */
const isIn = ({ firstPosition, lastPosition }: PlannedBatch): string =>
  `rowid BETWEEN ${firstPosition} AND ${lastPosition} AND stands < ${firstKept}`;

/** The file of one batch, heading line included, exactly as it was measured. */
export async function buildBody(db: DuckDb, fields: readonly string[], batch: PlannedBatch): Promise<Buffer> {
  const header = sqlText(csvHeader(fields));
  const body = await db.bytes(`SELECT encode(${header} || string_agg(line, '' ORDER BY rowid)) FROM plan
    WHERE ${isIn(batch)}`);
  if (body.length !== batch.bytes) throw new Error(`A batch has ${body.length} bytes instead of ${batch.bytes}`);
  return body;
}

/**
 * Who is in a batch, for the ledger, as JSON: [[email, content hash], …] in the order of addresses.
 * One text for the whole batch, because twenty thousand rows one by one cost more than sending them.
 */
export async function batchContacts(db: DuckDb, batch: PlannedBatch): Promise<string> {
  const contacts = await db.bytes(`SELECT
    encode('[' || string_agg(to_json([email, content_hash::VARCHAR, valued::VARCHAR])::VARCHAR, ',' ORDER BY rowid) || ']')
    FROM plan WHERE ${isIn(batch)}`);
  return contacts.toString('utf8');
}

/** A refused row: where it stands, why it was refused, and its cells as a JSON array of texts and nulls. */
export interface RejectedRow {
  readonly segment: number;
  readonly rowNumber: number;
  readonly reason: RejectionReason;
  readonly cells: string;
}

/** Refused rows in file order: `limit` of them after the first `skip`. */
export async function rejectedRows(db: DuckDb, skip: number, limit: number): Promise<RejectedRow[]> {
  const rows = await db.rows(
    `SELECT ord, reason, cells FROM rejected WHERE rowid BETWEEN ${skip} AND ${skip + limit - 1} ORDER BY rowid`,
  );
  return rows.map((row) => {
    const reason = rejectionReasons[Number(row.reason) - 1];
    if (reason === undefined) throw new Error('A rejected row has no reason');
    return { ...splitOrd(BigInt(String(row.ord))), reason, cells: String(row.cells) };
  });
}
