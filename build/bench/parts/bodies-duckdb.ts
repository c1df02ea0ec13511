// The bare transform in DuckDB with the engine's threads and memory: no look at the file first, no stage to recount
// on, no rejected rows kept, no byte limits. What is left is what the engine's care costs. Arguments: a CSV, and the
// memory limit in MB.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openDuckDb, quoteText } from '../../../main/segments/duckdb.ts';
import { cpuMs, engineLimits, measuredFields, tell } from '../part.ts';

const [file = '', memoryLimitMb = String(engineLimits.memoryLimitMb)] = process.argv.slice(2);
const folder = mkdtempSync(path.join(os.tmpdir(), 'segue-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const rowsPerBody = 20_000;

const began = performance.now();
const db = await openDuckDb({
  threads: engineLimits.threads,
  memoryLimitMb: Number(memoryLimitMb),
  file: path.join(folder, 'bare.duckdb'),
  tempFolder: folder,
  readable: [file],
  writable: [folder],
});
const others = measuredFields.slice(1);
const cell = (column: string) =>
  `CASE WHEN ${column} IS NULL THEN '' WHEN contains(${column}, '"') OR contains(${column}, ',')
    THEN '"' || replace(${column}, '"', '""') || '"' ELSE ${column} END`;
await db.run(`
  CREATE TABLE plan AS SELECT email, ${['email', ...others.map(([field]) => field)].map(cell).join(" || ',' || ")} || chr(10) AS line FROM (
    SELECT lower(trim("EMail")) AS email, ${others.map(([field, heading]) => `arg_max(trim("${heading}"), n) AS ${field}`).join(', ')}
    FROM (SELECT row_number() OVER () AS n, * FROM read_csv(${quoteText(file)}, header = true, all_varchar = true))
    WHERE regexp_full_match(lower(trim("EMail")), '[^\\s@]+@[^\\s@.]+(\\.[^\\s@.]+)+')
    GROUP BY 1
  ) ORDER BY email`);
const [row] = await db.rows('SELECT count(*) AS contacts FROM plan');
const contacts = Number(row?.contacts);
let bodies = 0;
let bytes = 0;
for (let first = 0; first < contacts; first += rowsPerBody) {
  const [part] = await db.rows(`SELECT string_agg(line, '' ORDER BY rowid) AS lines FROM plan
    WHERE rowid BETWEEN ${first} AND ${first + rowsPerBody - 1}`);
  bytes += Buffer.from(String(part?.lines)).length;
  bodies += 1;
}
db.close();
tell({
  ms: performance.now() - began,
  contacts,
  bodies,
  bytes,
  cpuMs: cpuMs(),
  peakMb: process.resourceUsage().maxRSS / 1_024,
});
