import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExportMode, exportMode, type StayReason } from '../../../preload/contract/views.ts';
import { keyedHash } from '../../never-mail/keyed-hash.ts';
import { numberDestination } from '../../store/destinations.ts';
import { writeLedger } from '../../store/ledger.ts';
import { insertNeverMail } from '../../store/never-mail.ts';
import type { Store } from '../../store/open-store.ts';
import { writeOptOuts } from '../../store/opt-outs.ts';
import { csvCellOf, reasonOf, sentAddress, trimmedText } from '../../test-support/cell-model.ts';
import { filledStore } from '../../test-support/filled-store.ts';
import { StageFixture } from '../../test-support/stage-fixture.ts';
import { batchContacts, buildPlan } from '../plan.ts';
import { mostAtOnce } from './address-ranges.ts';
import { stayReasons } from './contact-groups.ts';
import { loadTerms } from './plan-terms.ts';
import type { PlannedSegment } from './survey-rows.ts';

// For any segments, ledger, opt-outs, never-mail list and other exports, in any mode: every row stands in one place, the
// sum closes, and nobody leaves who may not. Held against a plain loop over small tables.

let fixture: StageFixture;
let store: Store;
const key = randomBytes(32);
beforeAll(async () => {
  fixture = await StageFixture.open();
  store = filledStore();
  store
    .prepare(
      `INSERT INTO export_definition (export_id, name, created_at, updated_at, updated_by)
       VALUES ('other', 'Other', 0, 0, 'person')`,
    )
    .run();
});
afterAll(() => fixture.close());

type Row = readonly [email: string, name: string];

const people = ['ada@a.example', 'bo@a.example', 'bo@sub.b.example', 'cy@b.example', 'di@c.example', 'émile@c.example'];
const valid = ['ada@a.example', 'bo@a.example', 'bo@sub.b.example', 'cy@b.example', 'di@c.example'] as const;
const address = fc.constantFrom(...valid, ' ADA@a.example', 'Bo@A.example ');
const brokenAddress = fc.constantFrom(
  '',
  'nobody',
  'ada@a.example,',
  'ada @a.example',
  'ADA＠a.example',
  'Bo <bo@a.example>',
  'cy@b',
  'di@c.example; bo@a.example',
  'mailto:di@c.example',
  'di.c.example',
);
const name = fc.constantFrom('', 'Ada', 'Bo', 'A "B", C', 'x'.repeat(60));
const row: fc.Arbitrary<Row> = fc.tuple(fc.oneof({ weight: 4, arbitrary: address }, brokenAddress), name);
const rows = fc.array(row, { maxLength: 9 });
// Few: where most people are held back for one reason, no other reason shows.
const some = fc.uniqueArray(fc.constantFrom(...valid), { maxLength: 2 });

interface Given {
  readonly mode: ExportMode;
  readonly before: readonly Row[];
  readonly unconfirmed: readonly string[];
  /** Whether the field was another one before. */
  readonly otherField: boolean;
  readonly now: readonly Row[];
  readonly optedOut: readonly string[];
  readonly neverMail: readonly string[];
  readonly hidden: readonly string[];
  readonly domains: readonly string[];
  readonly sentByOther: readonly string[];
  readonly inOther: readonly Row[];
}

const given: fc.Arbitrary<Given> = fc.record({
  mode: fc.constantFrom(...exportMode.options),
  before: rows,
  unconfirmed: some,
  otherField: fc.boolean(),
  now: rows,
  optedOut: some,
  neverMail: some,
  hidden: some,
  domains: fc.uniqueArray(fc.constantFrom('b.example', 'c.example', 'example'), { maxLength: 1 }),
  sentByOther: some,
  inOther: rows,
});

async function segmentOf(table: readonly Row[], field = 'first_name'): Promise<PlannedSegment> {
  return {
    segmentId: 'segment',
    stageFile: await fixture.write(table, 2),
    columnCount: 2,
    fieldMap: [
      { field: 'email', columnIndex: 0 },
      { field, columnIndex: 1 },
    ],
  };
}

/** The name as it is sent: left out when it is too long. */
const sentName = (cell: string): string => (trimmedText(cell).length > 50 ? '' : trimmedText(cell));

/** Contacts of a table as a plain loop makes them: the last row wins, its blanks are filled from the rows before it. */
function contactsOf(table: readonly Row[]): Map<string, string> {
  const contacts = new Map<string, string>();
  for (const [cell, text] of table) {
    const email = sentAddress(cell);
    if (reasonOf(email) !== null) continue;
    contacts.set(email, trimmedText(text) === '' ? (contacts.get(email) ?? '') : trimmedText(text));
  }
  return new Map([...contacts].map(([email, text]) => [email, sentName(text)]));
}

/** Whom a refused row may have meant. */
function mayMean([cell, text]: Row, email: string, knownName: string | undefined): boolean {
  const plain = [...sentAddress(cell)]
    .map((letter) =>
      letter >= '！' && letter <= '～' ? String.fromCodePoint((letter.codePointAt(0) ?? 0) - 0xfee0) : letter,
    )
    .join('')
    .toLowerCase();
  const bare = (of: string) => of.replace(/[^\p{L}\p{N}]/gu, '');
  const local = (of: string) => /([^\s,;:<>()[\]"|]*)\s*$/.exec(of.split('@')[0] ?? '')?.[1] ?? '';
  return (
    plain.includes(email) ||
    bare(plain) === bare(email) ||
    (local(plain) !== '' && local(plain) === local(email)) ||
    (sentName(text) !== '' && sentName(text) === knownName)
  );
}

function modelOf(input: Given) {
  const before = contactsOf(input.before);
  const now = contactsOf(input.now);
  const rejected = input.now.filter(([cell]) => reasonOf(sentAddress(cell)) !== null);
  const others = new Set([...input.sentByOther, ...contactsOf(input.inOther).keys()]);
  const isHeld = (email: string): boolean =>
    input.neverMail.includes(email) ||
    input.hidden.includes(email) ||
    input.domains.some((domain) => `.${email.split('@')[1]}`.endsWith(`.${domain}`));
  const stands = new Map<string, string>();
  for (const [email, text] of now) {
    const known = before.get(email);
    if (input.optedOut.includes(email)) stands.set(email, 'opted-out');
    else if (isHeld(email)) stands.set(email, 'never-mail');
    else if (known === undefined) stands.set(email, 'new');
    else if (input.unconfirmed.includes(email)) stands.set(email, 'unconfirmed');
    else if (input.otherField || known !== text) stands.set(email, 'changed');
    else stands.set(email, input.mode === 'add-and-update' ? 'same' : 'unchanged');
  }
  const leavers: string[] = [];
  const staying: [string, StayReason][] = [];
  for (const [email, text] of input.mode === 'mirror' ? before : []) {
    if (now.has(email)) continue;
    // A value that was sent as another field is another value.
    if (rejected.some((refused) => mayMean(refused, email, input.otherField ? undefined : text)))
      staying.push([email, 'rejected-row']);
    else if (others.has(email)) staying.push([email, 'other-export']);
    else if (input.unconfirmed.includes(email)) staying.push([email, 'unconfirmed']);
    else leavers.push(email);
  }
  return { rowsRead: input.now.length, rejected: rejected.length, now, stands, leavers, staying };
}

/** Sends a table in an earlier run: its contacts are in the ledger. */
async function sendBefore(table: readonly Row[], field: string, exportId: string, unconfirmed: readonly string[]) {
  const destinationId = numberDestination(store, { accountId: 'account', listId: 'list' });
  const plan = await buildPlan(fixture.db, [await segmentOf(table, field)]);
  for (const batch of plan.batches) {
    const contacts = JSON.parse(await batchContacts(fixture.db, batch)) as [string, string][];
    for (const isUnconfirmed of [false, true]) {
      const written = contacts.filter(([email]) => unconfirmed.includes(email) === isUnconfirmed);
      const entry = { exportId, destinationId, runId: 'before', contacts: JSON.stringify(written) };
      writeLedger(store, { ...entry, unconfirmed: isUnconfirmed });
    }
  }
  return destinationId;
}

async function planOf(input: Given) {
  for (const table of ['ledger', 'opt_out', 'never_mail']) store.prepare(`DELETE FROM ${table}`).run();
  const destinationId = await sendBefore(
    input.before,
    input.otherField ? 'last_name' : 'first_name',
    'export',
    input.unconfirmed,
  );
  await sendBefore(
    input.sentByOther.map((email) => [email, '']),
    'first_name',
    'other',
    [],
  );
  writeOptOuts(store, 'account', 1, JSON.stringify(input.optedOut.map((email) => [email, null])));
  writeOptOuts(store, 'other account', 1, JSON.stringify(people.map((email) => [email, null])));
  const entry = (kind: 'address' | 'domain') => (text: string) => ({ kind, text, keyedHash: keyedHash(key, text) });
  const addresses = [...input.neverMail, ...input.hidden].map(entry('address'));
  insertNeverMail(store, [...addresses, ...input.domains.map(entry('domain'))], 'Person', 0);
  for (const email of input.hidden)
    store.prepare('UPDATE never_mail SET clear_text = NULL WHERE clear_text = ?').run(email);
  const segments = [await segmentOf(input.now)];
  const { db, folder } = fixture;
  const passage = { db, folder, signal: new AbortController().signal };
  const whose = { store, exportId: 'export', accountId: 'account', destinationId };
  const order = {
    mode: input.mode,
    onlyEmail: null,
    compare: true,
    takesOff: input.mode === 'mirror',
    others: { segments: [{ ...(await segmentOf(input.inOther)), ofMirror: false }], mirrors: [] },
    fieldBits: new Map<string, number>(),
  };
  const { terms, sentBefore } = await loadTerms(passage, whose, segments, order, async () => key);
  const plan = await buildPlan(db, segments, terms);
  return { plan, sentBefore, segments, terms };
}

const contents = async () => ({
  plan: await fixture.db.table('SELECT email, line, stands, ord FROM plan ORDER BY rowid'),
  leavers: await fixture.db.table('SELECT email FROM leaver ORDER BY rowid'),
  staying: await fixture.db.table('SELECT email, reason FROM staying ORDER BY rowid'),
  duplicate: await fixture.db.table('SELECT ord, email FROM duplicate ORDER BY rowid'),
  rejected: await fixture.db.table('SELECT ord, reason FROM rejected ORDER BY rowid'),
});

test('every row stands in one place, and leavers are who may leave, whatever the files, the ledger and the account', async () => {
  await fc.assert(
    fc.asyncProperty(given, async (input) => {
      const model = modelOf(input);
      const { plan, sentBefore, segments, terms } = await planOf(input);
      const counted = (name: string) => [...model.stands.values()].filter((stands) => stands === name).length;
      for (const [name, count] of Object.entries(plan.contacts)) expect([name, count]).toEqual([name, counted(name)]);
      const { rowsRead, rejected, duplicate, heldBack, unchanged } = plan.counts;
      expect({ rowsRead, rejected }).toEqual({ rowsRead: model.rowsRead, rejected: model.rejected });
      expect(rowsRead).toBe(plan.toSend + rejected + duplicate + heldBack + unchanged);
      expect(sentBefore).toBe(contactsOf(input.before).size);

      const made = await contents();
      // Each row is the winner of its contact, a duplicate, or refused: once.
      const places = [
        ...made.plan.map((each) => each[3]),
        ...made.duplicate.map(([ord]) => ord),
        ...made.rejected.map(([ord]) => ord),
      ];
      expect(places.map(Number).sort((a, b) => a - b)).toEqual(input.now.map((_, index) => index + 1));
      const sent = made.plan.slice(0, plan.toSend).map(([email, line]) => [email, line]);
      const wanted = [...model.now]
        .filter(([email]) => !['unchanged', 'opted-out', 'never-mail'].includes(model.stands.get(email) ?? ''))
        .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
        .map(([email, text]) => [email, `${email},${csvCellOf(text)}\r\n`]);
      expect(sent).toEqual(wanted);
      const sorted = <T extends readonly unknown[]>(list: T[]) =>
        list.toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
      expect(made.leavers.map(([email]) => email)).toEqual(model.leavers.toSorted());
      expect(made.staying.map(([email, reason]) => [email, stayReasons[Number(reason) - 1]])).toEqual(
        sorted(model.staying),
      );

      // Once more, and in ranges of few rows as it is done with millions.
      for (const most of [mostAtOnce, { whole: 1, range: 2 }]) {
        expect(await buildPlan(fixture.db, segments, terms, most)).toEqual(plan);
        expect(await contents()).toEqual(made);
      }
    }),
    { numRuns: 20 },
  );
}, 120_000);
