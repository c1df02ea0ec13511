import { sqlText } from '../../exports/sql-text.ts';
import type { DuckDb } from '../../segments/duckdb.ts';
import { holdStands, stands } from './contact-groups.ts';

/** What a line says beside the address, which needs no quotes: its shape allows nothing that would. */
export const restOfLine = 'substr(line, length(email) + 1)';

/** SQL of 53 bits over field names and values: whether a contact changed. SQLite and JavaScript keep them exactly. */
export const contentHash = (header: string, rest: string): string =>
  `(md5_number_lower(${sqlText(header)} || ${rest}) >> 11)::BIGINT`;

/** Makes a plan's own tables, empty, whatever was there before. `header` is the heading line of its requests. */
export async function makePlanTables(db: DuckDb, header: string): Promise<void> {
  for (const table of ['plan', 'rejected', 'duplicate', 'leaver', 'staying', 'clearing', 'clearing_field'])
    await db.run(`DROP TABLE IF EXISTS ${table}`);
  // Packing the table would take longer than writing it, and it is gone when the run has ended.
  const loose = 'USING COMPRESSION uncompressed';
  // The hash is worked out when it is asked for: for a batch's ledger rows while the other side works.
  await db.run(`CREATE TABLE plan (email VARCHAR ${loose}, line VARCHAR ${loose}, ord BIGINT, stands UTINYINT,
    valued BIGINT,
    content_hash BIGINT AS (${contentHash(header, restOfLine)}))`);
  await db.run('CREATE TABLE rejected (ord BIGINT, reason UTINYINT, cells VARCHAR)');
  await db.run('CREATE TABLE duplicate (ord BIGINT, email VARCHAR)');
  await db.run('CREATE TABLE leaver (email VARCHAR)');
  await db.run('CREATE TABLE staying (email VARCHAR, reason UTINYINT)');
  await db.run('CREATE TABLE clearing (email VARCHAR, bits BIGINT)');
  await db.run('CREATE TABLE clearing_field (field VARCHAR, bit TINYINT)');
  await db.run(`CREATE OR REPLACE VIEW unchanged AS SELECT email, ord FROM plan WHERE stands = ${stands.unchanged}`);
  const reasons = Object.entries(holdStands).map(([reason, number]) => `WHEN ${number} THEN ${sqlText(reason)}`);
  await db.run(`CREATE OR REPLACE VIEW held_back AS SELECT email, ord, CASE stands ${reasons.join(' ')} END AS reason
    FROM plan WHERE stands IN (${Object.values(holdStands).join(', ')})`);
}
