import { keyedHashSql } from '../../never-mail/keyed-hash.ts';
import type { DuckDb } from '../../segments/duckdb.ts';
import { stands } from './contact-groups.ts';

/**
 * Works out who is held back into the table `held` (`email`, `stands`): known opt-outs and the never-mail list, which must
 * have been loaded. `addresses` is SQL of all valid addresses of the segments as `email`; it is only read when a domain, or
 * a person of whom only the keyed hash is left, is on the never-mail list. An opt-out is named before the never-mail list.
 */
export async function findHeld(db: DuckDb, addresses: string, key: () => Promise<Buffer>): Promise<boolean> {
  const [row] = await db.rows(`SELECT count(*) FILTER (kind = 'domain') AS domains,
    count(*) FILTER (kind = 'address' AND clear_text IS NULL) AS hidden, count(*) AS entries FROM never_mail`);
  const [out] = await db.rows('SELECT count(*) AS n FROM opted_out');
  if (Number(row?.entries) + Number(out?.n) === 0) return false;
  const parts = [
    `SELECT email, ${stands['opted-out']} AS stands FROM opted_out`,
    `SELECT clear_text, ${stands['never-mail']} FROM never_mail WHERE kind = 'address' AND clear_text IS NOT NULL`,
  ];
  if (Number(row?.domains) > 0) parts.push(`SELECT email, ${stands['never-mail']} FROM (${ofDomains(addresses)})`);
  if (Number(row?.hidden) > 0) {
    const hash = keyedHashSql(await key(), 'email');
    parts.push(`SELECT email, ${stands['never-mail']} FROM (${addresses})
      WHERE ${hash} IN (SELECT keyed_hash FROM never_mail WHERE kind = 'address' AND clear_text IS NULL)`);
  }
  await db.run(`CREATE OR REPLACE TEMP TABLE held AS
    SELECT email, min(stands)::UTINYINT AS stands FROM (${parts.join(' UNION ALL ')}) GROUP BY email`);
  return true;
}

/** SQL of the addresses in a domain of the never-mail list, or in one below it. */
function ofDomains(addresses: string): string {
  return `SELECT email FROM (${addresses}) WHERE split_part(email, '@', 2) IN (
    SELECT domain FROM (
      SELECT domain, unnest([array_to_string(labels[i:], '.') FOR i IN range(1, len(labels) + 1)]) AS upper
      FROM (SELECT domain, string_split(domain, '.') AS labels
        FROM (SELECT DISTINCT split_part(email, '@', 2) AS domain FROM (${addresses})))
    ) WHERE upper IN (SELECT clear_text FROM never_mail WHERE kind = 'domain'))`;
}
