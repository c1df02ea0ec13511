import type { Account, Held } from './account.ts';
import {
  batchesOf,
  clearingOf,
  damage,
  type JournalBatch,
  type JournalClearing,
  type JournalRun,
  ledgerOf,
  readJournal,
  runsOf,
} from './journal.ts';
import { type Details, noDetails, over, type SegmentReading } from './read-segment.ts';

/** What the account has to hold of a person, whichever runs were killed. */
export interface Expected {
  readonly details: Details;
  readonly optedOut: boolean;
}

/** What the checks counted and found, added up over runs. */
export interface Verdict {
  /** People who are not there, or not as the file has them. */
  lost: number;
  /** Rows whose outcome the app could not tell in the end. */
  unknown: number;
  /** Imports that the journal does not account for. */
  doubled: number;
  /** Imports that were sent once more, each under a name of its own in the journal. */
  repeated: number;
  /** Everything else that must not be. */
  readonly findings: string[];
}

export const emptyVerdict = (): Verdict => ({ lost: 0, unknown: 0, doubled: 0, repeated: 0, findings: [] });

/**
 * Checks all that was begun for one list after the last of it has ended: the account against the file, the balance
 * against the file, the ledger against both, and the account's imports against the journal. `world` is what the account
 * held before, and holds the file's people too afterwards.
 */
export async function judgeList(
  verdict: Verdict,
  parts: {
    readonly account: Account;
    readonly profile: string;
    readonly listName: string;
    readonly file: SegmentReading;
    readonly world: Map<string, Expected>;
    /** Whose job the newest run was to clear. */
    readonly cleared: ReadonlySet<string>;
  },
): Promise<void> {
  const { account, profile, listName, file, world, cleared } = parts;
  const imports = await account.imports();
  readJournal(profile, (journal) => {
    const note = (what: string) => verdict.findings.push(`${listName}: ${what}`);
    for (const wrong of damage(journal)) note(`the database is damaged: ${wrong}`);
    const runs = runsOf(journal, listName);
    for (const run of runs) {
      const batches = batchesOf(journal, run.runId);
      judgeBalance(verdict, note, run, batches, file);
      for (const batch of batches) judgeImports(verdict, note, run, batch, imports);
      const known = new Set(batches.map(({ batchNumber }) => batchNumber));
      for (const { fileName } of imports) {
        const parsed = parseName(fileName, run.runId);
        if (parsed !== null && !known.has(parsed.batchNumber)) {
          verdict.doubled += 1;
          note(`the account has an import of batch ${parsed.batchNumber}, which is not in the journal`);
        }
      }
    }
    const last = runs.at(-1);
    const toClear = [...cleared].filter((email) => world.get(email)?.optedOut !== true).length;
    if (last !== undefined) judgeClearing(verdict, note, clearingOf(journal, last.runId), toClear);
    if (last === undefined) note('there is no run');
    else judgeLedger(note, ledgerOf(journal, last.exportId), file, world, last.heldBack);
  });
  for (const [email, details] of file.people) {
    const before = world.get(email);
    const now = over(before?.details ?? noDetails, details);
    const held = cleared.has(email) ? { ...now, job_title: '' } : now;
    world.set(email, { details: held, optedOut: before?.optedOut ?? false });
  }
  const listId = await account.listId(listName);
  if (listId === null) verdict.findings.push(`${listName}: the account has no such list`);
  else judgeMembers(verdict, listName, await account.people(listId), file, world);
}

/** Everybody in the account: nobody is missing, nobody is there whom nobody sent, nobody was taken back who had opted out. */
export function judgeWorld(
  verdict: Verdict,
  held: ReadonlyMap<string, Held>,
  world: ReadonlyMap<string, Expected>,
): void {
  for (const [email, expected] of world) {
    const there = held.get(email);
    if (there === undefined || (!expected.optedOut && !same(there.details, expected.details))) verdict.lost += 1;
    if (there !== undefined && expected.optedOut !== (there.permission === 'unsubscribed')) {
      verdict.findings.push(expected.optedOut ? 'somebody was resubscribed' : 'somebody was opted out');
    }
  }
  const strangers = [...held.keys()].filter((email) => !world.has(email)).length;
  if (strangers > 0) verdict.findings.push(`${strangers} people are in the account whom no file names`);
}

function judgeBalance(
  verdict: Verdict,
  note: (what: string) => void,
  run: JournalRun,
  batches: readonly JournalBatch[],
  file: SegmentReading,
): void {
  const sum = (key: 'accepted' | 'refused' | 'unknown') => batches.reduce((total, batch) => total + batch[key], 0);
  const unsettled = batches.filter(({ state }) => state !== 'completed').reduce((rows, batch) => rows + batch.rows, 0);
  verdict.unknown += Math.max(sum('unknown'), unsettled);
  if (!['successful', 'completedWithWarnings'].includes(run.state)) note(`a run ended ${run.state}`);
  if (run.phase !== 'ended') note(`a run's phase is ${run.phase}`);
  const counted =
    sum('accepted') + sum('refused') + sum('unknown') + run.rejected + run.duplicate + run.heldBack + run.unchanged;
  if (run.rowsRead !== counted) note(`the balance does not close: ${run.rowsRead} rows read, ${counted} accounted for`);
  for (const key of ['rowsRead', 'rejected', 'duplicate'] as const) {
    if (run[key] !== file[key]) note(`${key} is ${run[key]} in the balance and ${file[key]} in the file`);
  }
}

/** Who is to be cleared is, once; the account's own people tell whether they are, and whether anybody else is. */
function judgeClearing(verdict: Verdict, note: (what: string) => void, told: JournalClearing, toClear: number): void {
  verdict.unknown += told.left;
  const ended = told.cleared + told.blank + told.leftAsIs + told.refused;
  if (told.people !== ended + told.left) note(`fields of ${told.people} people were to be cleared, ${ended} are done`);
  if (told.cleared + told.blank < toClear) note(`fields of ${toClear} people are blank, ${told.cleared} were cleared`);
  if (told.refused > 0) note(`the clearing of ${told.refused} people was refused`);
}

/** `segue-<run>-<batch>-<attempt>-<hash>.csv`, when it is of this run. */
function parseName(fileName: string, runId: string) {
  const prefix = `segue-${runId}-`;
  const rest = fileName.startsWith(prefix) ? /^(\d+)-(\d+)-(\w+)\.csv$/.exec(fileName.slice(prefix.length)) : null;
  return rest && { batchNumber: Number(rest[1]), attempt: Number(rest[2]), hash: rest[3] ?? '' };
}

/**
 * An import there that the journal knows is harmless even when it came twice: it adds and updates by address, and each
 * carries the same bytes. What the journal does not know, or knows otherwise, is doubled.
 */
function judgeImports(
  verdict: Verdict,
  note: (what: string) => void,
  run: JournalRun,
  batch: JournalBatch,
  imports: Awaited<ReturnType<Account['imports']>>,
): void {
  const own = imports.flatMap((activity) => {
    const name = parseName(activity.fileName, run.runId);
    return name?.batchNumber === batch.batchNumber ? [{ ...activity, ...name }] : [];
  });
  const hash = parseName(batch.fileName, run.runId)?.hash;
  const seen = new Set<string>();
  for (const activity of own) {
    const journalled = activity.attempt <= batch.attempt && activity.hash === hash && !seen.has(activity.fileName);
    seen.add(activity.fileName);
    if (!journalled) {
      verdict.doubled += 1;
      note(`batch ${batch.batchNumber} has an import that its journal does not account for`);
    }
    const counted = activity.itemsTotal ?? -1;
    if (activity.state === 'completed' && counted !== batch.rows && counted !== batch.rows + 1) {
      note(`batch ${batch.batchNumber} has ${batch.rows} rows, its import ${counted}`);
    }
  }
  verdict.repeated += Math.max(0, own.length - 1);
  const settledBy = own.find(({ activityId }) => activityId === batch.activityId);
  if (settledBy?.state !== 'completed') note(`batch ${batch.batchNumber} is ${batch.state} by no completed import`);
}

function judgeLedger(
  note: (what: string) => void,
  ledger: ReadonlySet<string>,
  file: SegmentReading,
  world: ReadonlyMap<string, Expected>,
  heldBack: number,
): void {
  const strangers = [...ledger].filter((email) => !file.people.has(email)).length;
  if (strangers > 0) note(`the ledger names ${strangers} people who are not in the file`);
  const missing = [...file.people.keys()].filter((email) => !ledger.has(email));
  const unexplained = missing.filter((email) => world.get(email)?.optedOut !== true).length;
  if (unexplained > 0) note(`the ledger lacks ${unexplained} people`);
  if (missing.length > heldBack) note(`the ledger lacks ${missing.length} people, ${heldBack} were held back`);
}

function judgeMembers(
  verdict: Verdict,
  listName: string,
  members: ReadonlyMap<string, Held>,
  file: SegmentReading,
  world: ReadonlyMap<string, Expected>,
): void {
  for (const email of file.people.keys()) {
    const expected = world.get(email);
    if (expected === undefined || expected.optedOut) continue;
    const there = members.get(email);
    if (there === undefined || !same(there.details, expected.details)) verdict.lost += 1;
  }
  const strangers = [...members.keys()].filter((email) => !file.people.has(email)).length;
  if (strangers > 0)
    verdict.findings.push(`${listName}: ${strangers} people are on the list whom the file does not name`);
  const optedOut = [...members].filter(([email]) => world.get(email)?.optedOut === true);
  if (optedOut.some(([, { permission }]) => permission !== 'unsubscribed')) {
    verdict.findings.push(`${listName}: somebody was resubscribed`);
  }
}

function same(one: Details, other: Details): boolean {
  return (
    one.first_name === other.first_name &&
    one.last_name === other.last_name &&
    one.company_name === other.company_name &&
    one.job_title === other.job_title
  );
}
