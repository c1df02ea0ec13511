import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { fetchContactCounts, unsubscribedContacts } from '../../constant-contact/contacts.ts';
import { SegueError } from '../../errors/segue-error.ts';
import { openDuckDb, quoteText } from '../../segments/duckdb.ts';
import type { Store } from '../../store/open-store.ts';
import {
  countOptOuts,
  endOptOutReading,
  getOptOutReading,
  nextOptOutReading,
  writeOptOuts,
} from '../../store/opt-outs.ts';
import { writeExportedPeople } from './exported-people.ts';
import { type Inquiry, patiently, staysUnknown } from './inquiry.ts';

/** Opt-outs that were read this lately are not read again. */
const freshMs = 5 * 60_000;

/** What is read again before the newest opt-out known, for people whose opt-out was entered late. */
const overlapMs = 3_600_000;

/** More pages of 500 than this are dearer than the whole file, which takes three requests. */
const mostPages = 4;

/**
 * Brings the opt-outs of an account up to date: the first time with a contact export by status, later with who opted
 * out since (`optout_after`) and the account's own count, which tells when somebody came back: then with the whole file
 * again. Answers when what is known was read, null when it could not be (the caller goes on: imports resubscribe nobody,
 * constant-contact-v3.md 9).
 *
 * Throws `cancelled` and what a person has to mend.
 */
export async function refreshOptOuts(
  inquiry: Inquiry,
  store: Store,
  accountId: string,
  surprised: (error: unknown) => void,
): Promise<number | null> {
  const known = getOptOutReading(store, accountId);
  const age = known === undefined ? Number.POSITIVE_INFINITY : inquiry.now() - known.readAt;
  if (known !== undefined && age >= 0 && age < freshMs) return known.readAt;
  inquiry.reportWaiting({ for: 'opt-outs', until: null });
  try {
    return await read(inquiry, store, accountId);
  } catch (error) {
    if (!staysUnknown(error)) throw error;
    if (error instanceof SegueError && error.cause !== undefined) surprised(error.cause);
    // What was known before is still true of those people: they stay held back.
    return known?.readAt ?? null;
  } finally {
    inquiry.reportWaiting(null);
  }
}

async function read(inquiry: Inquiry, store: Store, accountId: string): Promise<number> {
  const { client, purpose, signal } = inquiry;
  const known = getOptOutReading(store, accountId);
  const readAt = inquiry.now();
  const reading = nextOptOutReading(store, accountId);
  const { unsubscribed: counted } = await patiently(inquiry, () => fetchContactCounts(client, { purpose, signal }));
  const end = (newestAt: number | null, whole: boolean) =>
    endOptOutReading(store, accountId, { reading, readAt, newestAt, counted, whole });

  if (counted === 0) {
    end(null, true);
    return readAt;
  }
  const since = known === undefined ? null : known.newestAt;
  if (known !== undefined && since !== null) {
    const newest = await patiently(inquiry, () => readSince(inquiry, store, accountId, reading, since));
    // Counts that moved alike: nobody came back. The difference itself may be of deleted people, and means nothing.
    const moved = countOptOuts(store, accountId) - counted === known.people - known.counted;
    if (newest !== null && moved) {
      end(newest, false);
      return readAt;
    }
  }
  end(await readAll(inquiry, store, accountId, reading), true);
  return readAt;
}

/** Notes who opted out since; answers the newest opt-out, null when there are too many to page through. */
async function readSince(
  inquiry: Inquiry,
  store: Store,
  accountId: string,
  reading: number,
  since: number,
): Promise<number | null> {
  const { client, purpose, signal } = inquiry;
  let newest = since;
  let read = 0;
  for await (const page of unsubscribedContacts(client, new Date(since - overlapMs), { purpose, signal })) {
    const people = page
      .filter((contact) => contact.email !== '')
      .map((contact) => [contact.email.trim().toLowerCase(), timeOf(contact.optOutDate)] as const);
    for (const [, at] of people) newest = Math.max(newest, at ?? newest);
    writeOptOuts(store, accountId, reading, JSON.stringify(people));
    read += 1;
    if (read >= mostPages) return null;
  }
  return newest;
}

/** Notes everybody who has opted out; answers the newest opt-out, null when no date was told. */
async function readAll(inquiry: Inquiry, store: Store, accountId: string, reading: number): Promise<number | null> {
  const { folder, tempFolder, memoryLimitMb } = inquiry;
  const file = path.join(folder, `opt-outs-${randomUUID()}.parquet`);
  try {
    await writeExportedPeople(inquiry, { status: 'unsubscribed' }, file);
    const db = await openDuckDb({ tempFolder, memoryLimitMb, threads: 1, readable: [file], writable: [] });
    try {
      let newest: number | null = null;
      for await (const block of db.blocks(`SELECT email, opted_out_at FROM read_parquet(${quoteText(file)})`)) {
        if (inquiry.signal.aborted) throw new SegueError('cancelled');
        const people = block.map(([email, at]) => [String(email), at === null ? null : Number(at)] as const);
        for (const [, at] of people) if (at !== null) newest = Math.max(newest ?? at, at);
        writeOptOuts(store, accountId, reading, JSON.stringify(people));
      }
      return newest;
    } finally {
      db.close();
    }
  } finally {
    await rm(file, { force: true });
  }
}

function timeOf(text: string | null): number | null {
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : time;
}
