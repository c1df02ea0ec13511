import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type Activity, fetchActivity, isFinal } from '../../constant-contact/activities.ts';
import {
  type ContactExportRequest,
  downloadContactExport,
  startContactExport,
} from '../../constant-contact/contact-exports.ts';
import { SegueError } from '../../errors/segue-error.ts';
import { type DuckDb, interruptible, openDuckDb, quoteName, quoteText } from '../../segments/duckdb.ts';
import { addressRanges, mostAtOnce } from '../planning/address-ranges.ts';
import { wait } from '../wait.ts';
import { type Inquiry, patiently } from './inquiry.ts';

/** Microsoft's connector allows an hour for a million people (constant-contact-v3.md 6.1). */
const longestExportMs = 3_600_000;

/** The published names of the fields that are asked for (constant-contact-v3.md 6.5). */
const fields = ['email_address', 'email_optout_date'];

/**
 * Has the account export people and writes them, once each and in the order of addresses, to the Parquet file
 * `target`: `email` (trimmed, lower-cased) and `opted_out_at` (epoch milliseconds, NULL for who has not opted out).
 * Three requests and some looking, whatever the number of people; nothing of it is held in memory. Answers how many.
 *
 * Throws `run.activity-failed` when the account does not make the file, `remote.invalid-answer` for one without
 * addresses, `remote.*`, `cancelled`, `disk.full`.
 */
export async function writeExportedPeople(
  inquiry: Inquiry,
  request: Omit<ContactExportRequest, 'fields'>,
  target: string,
): Promise<number> {
  const { client, purpose, signal, folder } = inquiry;
  const options = { purpose, signal };
  const started = await patiently(inquiry, () => startContactExport(client, { ...request, fields }, options));
  const ended = await followed(inquiry, started);
  const link = ended.resultsLink;
  if (ended.state !== 'completed' || link === null) throw new SegueError('run.activity-failed');
  const csv = path.join(folder, `people-${randomUUID()}.csv`);
  try {
    await patiently(inquiry, () => downloadContactExport(client, link, csv, options));
    await inquiry.quiet;
    return await toParquet(inquiry, csv, target);
  } finally {
    await rm(csv, { force: true });
  }
}

async function followed(inquiry: Inquiry, started: Activity): Promise<Activity> {
  const { client, purpose, signal, pace } = inquiry;
  const until = inquiry.now() + longestExportMs;
  let activity = started;
  // Opt-outs of a small account are there after a second.
  for (let pause = pace.firstPollMs / 2; !isFinal(activity); pause = Math.min(pause * 1.5, pace.longestPollMs)) {
    if (inquiry.now() > until) throw new SegueError('run.activity-failed');
    await wait(pause, signal);
    activity = await patiently(inquiry, () => fetchActivity(client, activity.activityId, { purpose, signal }));
  }
  return activity;
}

/** The file `target` of what the account exported to `csv`. Exported for its test, in which few people are many. */
export async function toParquet(
  inquiry: Pick<Inquiry, 'folder' | 'tempFolder' | 'memoryLimitMb' | 'signal'>,
  csv: string,
  target: string,
  most = mostAtOnce,
): Promise<number> {
  const { folder, tempFolder, memoryLimitMb, signal } = inquiry;
  const db = await openDuckDb({ tempFolder, memoryLimitMb, threads: 2, readable: [csv], writable: [folder] });
  try {
    return await interruptible(db, signal, async () => {
      // Machine-made and strictly read: what is not as it should be is an error, never a guess.
      const file = `read_csv(${quoteText(csv)}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"',
        null_padding = false, strict_mode = true, auto_detect = true)`;
      const titles = (await db.table(`DESCRIBE SELECT * FROM ${file}`)).map(([name]) => String(name));
      // How the columns are headed is not published.
      const email = titles.find((title) => /^e-?mail([ _]address)?$/i.test(title.trim()));
      const optOut = titles.find((title) => /opt[-_ ]?out[-_ ]date/i.test(title));
      if (email === undefined) throw new SegueError('remote.invalid-answer', { reason: 'columns' });
      const address = `lower(trim(${quoteName(email)}))`;
      const optedOutAt =
        optOut === undefined ? 'NULL::BIGINT' : `epoch_ms(TRY_CAST(${quoteName(optOut)} AS TIMESTAMP))`;
      await db.run(`CREATE TEMP TABLE told AS
        SELECT ${address} AS email, ${optedOutAt} AS opted_out_at FROM ${file} WHERE ${address} <> ''`);
      return await writeInOrder(db, target, most);
    });
  } catch (error) {
    if (signal.aborted) throw new SegueError('cancelled', {}, { cause: error });
    if (error instanceof SegueError) throw error;
    throw new SegueError('remote.invalid-answer', { reason: 'csv' }, { cause: error });
  } finally {
    db.close();
  }
}

/**
 * Writes the table `told`, each address once and in order; in ranges of addresses where there are so many that putting
 * everybody in order at once takes more memory than there is. Answers how many.
 */
async function writeInOrder(db: DuckDb, target: string, most: typeof mostAtOnce): Promise<number> {
  const numbered = 'SELECT email, 0 AS reason FROM (SELECT email, rowid AS row_number FROM told)';
  const ranges = await addressRanges(db, (wanted = 'true') => `${numbered} WHERE ${wanted}`, most);
  await db.run('CREATE TEMP TABLE people (email VARCHAR, opted_out_at BIGINT)');
  for (let range = 0; range < ranges.count; range += 1) {
    await db.run(`INSERT INTO people SELECT email, max(opted_out_at) FROM told WHERE ${ranges.isIn(range)}
      GROUP BY email ORDER BY email`);
  }
  const [copied] = await db.table(`COPY people TO ${quoteText(target)} (FORMAT parquet, COMPRESSION zstd)`);
  return Number(copied?.[0] ?? 0);
}
