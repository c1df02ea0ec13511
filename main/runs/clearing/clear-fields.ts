import { isCustomField } from '../../../preload/contract/contact-fields.ts';
import { customFieldViewOf } from '../../connections/fields-service.ts';
import { fetchCustomFields } from '../../constant-contact/custom-fields.ts';
import type { CallOptions } from '../../constant-contact/http-client.ts';
import { fetchWholeContact, putContact, type WholeContact } from '../../constant-contact/whole-contacts.ts';
import { SegueError } from '../../errors/segue-error.ts';
import { isHeld } from '../../never-mail/is-held.ts';
import {
  deleteFieldClearing,
  type FieldClearing,
  hasFieldClearings,
  markClearingNotSent,
  markClearingSending,
  pageOfFieldClearings,
} from '../../store/field-clearings.ts';
import { clearInLedger } from '../../store/ledger.ts';
import { type FieldBits, fieldsOfBits, ledgerFields } from '../../store/ledger-fields.ts';
import type { Store } from '../../store/open-store.ts';
import { getRunAccount, noteRunAccount } from '../../store/run-account.ts';
import type { RunRecord } from '../../store/runs.ts';
import { type Inquiry, patiently } from '../account/inquiry.ts';
import { waitingFor } from '../find-activity.ts';
import type { RunContext } from '../run-context.ts';
import { wait } from '../wait.ts';
import { clearedContact, tellsOf } from './cleared-contact.ts';
import { journalClearings } from './journal-clearings.ts';

const pagePeople = 200;
/** Requests about one person that fail, or change nothing, before the person is given up. */
const triesEach = 4;
/** A person as they were read is good for this long: a request may wait for days for its turn. */
const readingKeepsMs = 60_000;
/** So many people given up one after the other are no matter of the people. */
const givenUpInARow = 10;

/** How the clearing of somebody's fields ended. */
type Ending = 'cleared' | 'clearBlank' | 'clearLeft' | 'clearRefused';

/** What somebody's clearing needs to know beside the person. */
interface Clearing {
  readonly run: RunContext;
  readonly inquiry: Inquiry;
  readonly bits: FieldBits;
  /** The profile's, of the never-mail list. */
  readonly key: Buffer;
  /** Ids of the account's own fields by name, in small letters. */
  readonly customIds: ReadonlyMap<string, string>;
}

/**
 * Clears the fields that the run's plan says, of one person after the other: read whole, written back whole but for the
 * fields. To be called once all imports of the run have ended well. Each request is on the disk before it leaves; what a
 * lost answer did is learned by reading the person again. The result is one transaction with the ledger's part of it.
 *
 * Left as they are: people who are on the never-mail list by now; people who are gone or deleted, since a PUT would bring them
 * back; people who opted out, so that no permission can change; people with a number for text messages, whose consents a PUT might not keep
 * (constant-contact-v3.md 5.1, 5.2, 9). Between reading and writing lies one request, and at most a minute: what somebody
 * else changes at the top of that very person in between is written over.
 *
 * `changed` hears of each person. Throws `cancelled` and what a person has to mend.
 */
export async function clearFields(run: RunContext, inquiry: Inquiry, changed: () => void): Promise<void> {
  await journalClearings(run);
  if (!hasFieldClearings(run.store, run.runId)) return;
  const bits = ledgerFields(run.store, run);
  const clearing = { run, inquiry, bits, key: await run.profileKey(), customIds: await customIdsOf(inquiry, bits) };
  let givenUp = 0;
  for (let after = ''; ; ) {
    const page = pageOfFieldClearings(run.store, run.runId, after, pagePeople);
    for (const person of page) {
      if (run.stopped.aborted || run.cancelled.aborted) throw new SegueError('cancelled');
      const ended = await clearOne(clearing, person);
      if (ended === null) throw new SegueError('cancelled');
      settle(run, person, ended.ending);
      changed();
      givenUp = ended.ending === 'clearRefused' ? givenUp + 1 : 0;
      if (givenUp === givenUpInARow && ended.error !== null) throw ended.error;
    }
    if (page.length === 0) return;
    after = page.at(-1)?.email ?? after;
  }
}

/** Whether a run has fields left to clear. */
export function hasClearingsLeft(store: Store, record: Pick<RunRecord, 'runId' | 'clearing'>): boolean {
  if (getRunAccount(store, record.runId).clearingPlannedAt === null) return record.clearing > 0;
  return hasFieldClearings(store, record.runId);
}

async function customIdsOf(inquiry: Inquiry, bits: FieldBits): Promise<ReadonlyMap<string, string>> {
  if (![...bits.keys()].some(isCustomField)) return new Map();
  const fields = await patiently(inquiry, () => fetchCustomFields(inquiry.client, options(inquiry)));
  return new Map(fields.map((field) => [customFieldViewOf(field).field.toLowerCase(), field.fieldId]));
}

/** Null when the run was cancelled or stopped with the person's request on its way: it stays in the journal, to be looked into. */
async function clearOne(
  { run, inquiry, bits, key, customIds }: Clearing,
  person: FieldClearing,
): Promise<{ readonly ending: Ending; readonly error: SegueError | null } | null> {
  const { store, runId } = run;
  const { email } = person;
  const fields = fieldsOfBits(bits, person.bits);
  const ended = (ending: Ending, error: SegueError | null = null) => ({ ending, error });
  // Days may lie between plan and clearing. What a request that has left did is looked into all the same.
  const held = isHeld(store, key, email);
  if (held && !person.sending) return ended('clearLeft');
  /** A request has left that may have done it. */
  let sent = person.sending;
  let error: SegueError | null = null;
  for (let tried = 1; tried <= triesEach; tried += 1) {
    const contact = await patiently(inquiry, () => fetchWholeContact(inquiry.client, email, options(inquiry)));
    const readAt = run.now();
    const outdated = () => Math.abs(run.now() - readAt) > readingKeepsMs;
    if (contact === null || contact.deleted_at) return ended('clearLeft');
    const change = clearedContact(contact, fields, customIds);
    if (change === null) return ended(sent ? 'cleared' : 'clearBlank');
    if (held || !mayBeWritten(contact)) return ended('clearLeft');
    markClearingSending(store, runId, email);
    const answer = await putContact(run.client, contact, change, { purpose: 'run', signal: run.abandoned, outdated });
    if (answer.outcome === 'accepted') {
      const shown = answer.value;
      if (tellsOf(shown, fields) && clearedContact(shown, fields, customIds) === null) return ended('cleared');
      sent = true;
      continue;
    }
    error = answer.error;
    if (answer.outcome === 'unknown') sent = true;
    else if (!sent) markClearingNotSent(store, runId, email);
    if (run.cancelled.aborted || run.stopped.aborted) return null;
    const waiting = waitingFor(error);
    if (answer.outcome === 'not-sent' && outdated()) {
      tried -= 1;
    } else if (waiting !== null) {
      run.reportWaiting({ for: waiting, until: null });
      await wait(Math.min(run.pace.firstPollMs * 1.5 ** tried, run.pace.longestPollMs), run.cancelled);
      run.reportWaiting(null);
      // A network that is away says nothing about the person.
      if (waiting === 'network') tried -= 1;
    } else if (error.code === 'remote.rejected' || error.code === 'remote.conflict') {
      return ended('clearRefused', error);
    } else if (error.code !== 'remote.not-found') {
      throw error;
    }
  }
  return ended('clearRefused', error);
}

/** Whether a PUT can keep everything about a person that it is not about. */
function mayBeWritten({ email_address, sms_channel }: WholeContact): boolean {
  const permission = email_address?.permission_to_send ?? '';
  return permission !== '' && permission !== 'unsubscribed' && (sms_channel === undefined || sms_channel === null);
}

/** Whose clearing has ended leaves the journal; what holds nothing of this export's any more is noted in the ledger. */
function settle(run: RunContext, { email, bits }: FieldClearing, ending: Ending): void {
  const { store, runId, exportId, destinationId } = run;
  store.transaction(() => {
    deleteFieldClearing(store, runId, email);
    if (ending === 'cleared' || ending === 'clearBlank') clearInLedger(store, { exportId, destinationId, email, bits });
    noteRunAccount(store, runId, { [ending]: getRunAccount(store, runId)[ending] + 1 });
  })();
}

const options = ({ purpose, signal }: Inquiry): CallOptions => ({ purpose, signal });
