import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ExportMode, PlanGroup, PlanRow, PlanView, RunView } from '../../preload/contract/views.ts';
import { TestAccount } from '../practice/test-support/test-account.ts';
import { DrivenEngine, type SavedExport } from '../test-support/driven-engine.ts';
import { type PlainPorts, plainPorts } from '../test-support/plain-ports.ts';
import { closes } from './balance.ts';

// What a run would do, and what it then does, over real files, threads, HTTP and the practice account.

let account: TestAccount;
let ports: PlainPorts;
let engine: DrivenEngine;
let saved: SavedExport;
let file: string;

const people = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
const address = (index: number): string => `p${String(index).padStart(3, '0')}@example.com`;
const lineOf = (index: number, name = `Name ${index}`): string => `${address(index)},${name}`;
const write = (lines: readonly string[]): void => writeFileSync(file, `Email,First name\n${lines.join('\n')}\n`);

beforeEach(async () => {
  account = await TestAccount.start({ seed: false });
  ports = plainPorts({ env: { SEGUE_API_URL: account.account.apiUrl, SEGUE_AUTH_URL: account.account.authUrl } });
  file = path.join(ports.paths.temp, 'people.csv');
  engine = await DrivenEngine.open(ports);
});

afterEach(async () => {
  await engine.stop();
  await account.stop();
  expect(engine.surprises).toEqual([]);
  rmSync(ports.paths.userData, { recursive: true, force: true });
});

async function save(lines: readonly string[], mode: ExportMode): Promise<void> {
  write(lines);
  saved = await engine.saveExport(file);
  await change({ mode });
}

async function change(over: { mode?: ExportMode; leaverLimitPercent?: number }): Promise<void> {
  const { exportId, name, connectionId, list, segments } = saved.definition;
  const definition = await engine.call('exports.save', {
    exportId,
    name,
    connectionId: connectionId ?? '',
    list,
    segments,
    readBack: false,
    ...over,
  });
  saved = { ...saved, definition };
}

/** Reads the segment's file again, with other lines in it. */
async function replace(lines: readonly string[]): Promise<void> {
  write(lines);
  const { segmentId } = saved.segment;
  const ready = engine.eventually('segment.changed', (view) =>
    view.segmentId === segmentId && view.state !== 'reading' ? view : undefined,
  );
  await engine.call('segments.readAgain', { segmentId });
  expect(await ready).toMatchObject({ state: 'ready', rowCount: lines.length });
}

const plan = (): Promise<PlanView> => engine.call('exports.plan', { exportId: saved.definition.exportId });

async function rowsOf(group: PlanGroup): Promise<PlanRow[]> {
  const { exportId } = saved.definition;
  const rows: PlanRow[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page: { rows: PlanRow[]; next: number | null } = await engine.call('exports.getPlanRows', {
      exportId,
      group,
      after,
      limit: 7,
    });
    rows.push(...page.rows);
    after = page.next;
  }
  return rows;
}

async function run(over: { accepted?: object; planId?: string } = {}): Promise<RunView> {
  const { exportId } = saved.definition;
  const { runId } = await engine.call('exports.run', { exportId, agreedToMail: true, ...over });
  const ended = await engine.ended(runId);
  expect(closes(ended.balance)).toBe(true);
  return ended;
}

async function members(): Promise<string[]> {
  const found: string[] = [];
  const { body } = await account.api('GET', `/contacts?lists=${saved.list.listId}&limit=500`);
  for (const contact of body.contacts) found.push(contact.email_address.address);
  return found.sort();
}

const requests = async (): Promise<number> =>
  (await account.api('GET', '/activities?limit=500')).body.activities.length;

test('a plan tells what the run then does, sends nothing itself, and leaves no file behind', async () => {
  await save([...people(0, 20).map((index) => lineOf(index)), lineOf(3, 'Again'), 'nobody,X'], 'changes-only');
  await engine.call('neverMail.add', { text: `${address(5)}\nsub.example.org` });
  const before = await requests();
  const first = await plan();
  expect(await requests()).toBe(before);
  expect(await members()).toEqual([]);
  expect(first).toMatchObject({
    groups: { rowsRead: 22, new: 19, changed: 0, unchanged: 0, heldBack: 1, duplicate: 1, rejected: 1, leavers: 0 },
    heldBack: [{ reason: 'never-mail', count: 1 }],
    rejected: [{ reason: 'email-without-at', count: 1 }],
    toSend: 19,
    requests: { imports: 1, removals: 0 },
    leaverIdSource: null,
    account: { listMembers: 0, activeContacts: 0, activeContactsAfter: 19 },
    accountError: null,
    guards: [],
  });
  expect((await rowsOf('new')).map(({ email }) => email)).toEqual(
    people(0, 20)
      .filter((index) => index !== 5)
      .map(address),
  );
  expect((await rowsOf('new'))[3]).toMatchObject({
    rowNumber: 21,
    segmentName: 'people',
    values: [{ field: 'first_name', value: 'Again' }],
  });
  expect(await rowsOf('heldBack')).toMatchObject([{ email: address(5), rowNumber: 6, reason: 'never-mail' }]);
  expect(await rowsOf('duplicate')).toMatchObject([{ email: address(3), rowNumber: 4 }]);
  expect(await rowsOf('rejected')).toMatchObject([
    { email: 'nobody', rowNumber: 22, values: [{ value: 'X' }], reason: 'email-without-at' },
  ]);

  const ended = await run({ planId: first.planId });
  expect(ended).toMatchObject({ state: 'completedWithWarnings', balance: { accepted: 19, heldBack: 1, unchanged: 0 } });
  expect(await members()).toHaveLength(19);

  await engine.call('exports.cancelPlan', { exportId: saved.definition.exportId });
  await expect(rowsOf('new')).rejects.toMatchObject({ code: 'plan.not-found' });
  const left = path.join(ports.paths.temp, 'plans');
  expect(existsSync(left) ? readdirSync(left) : []).toEqual([]);
});

test('changes only sends what is new or changed; another matching makes everybody changed, and says why', async () => {
  await save(
    people(0, 30).map((index) => lineOf(index)),
    'changes-only',
  );
  expect(await run()).toMatchObject({ state: 'successful', balance: { accepted: 30 } });
  expect(await run()).toMatchObject({ state: 'successful', balance: { accepted: 0, unchanged: 30 } });

  await replace([...people(0, 29).map((index) => lineOf(index, index === 7 ? 'Other' : undefined)), lineOf(99)]);
  expect(await plan()).toMatchObject({
    groups: { new: 1, changed: 1, unchanged: 28, leavers: 0 },
    fieldsChanged: null,
  });
  expect(await rowsOf('changed')).toMatchObject([{ email: address(7), values: [{ value: 'Other' }] }]);
  expect(await run()).toMatchObject({ balance: { accepted: 2, unchanged: 28 } });
  expect(await members()).toHaveLength(31);

  const { exportId, name, connectionId, list } = saved.definition;
  const fieldMap = [
    { field: 'email', columnIndex: 0 },
    { field: 'last_name', columnIndex: 1 },
  ];
  await engine.call('exports.save', {
    exportId,
    name,
    connectionId: connectionId ?? '',
    list,
    segments: [{ segmentId: saved.segment.segmentId, fieldMap }],
  });
  expect(await plan()).toMatchObject({
    groups: { changed: 30, unchanged: 0 },
    fieldsChanged: { added: ['last_name'], removed: ['first_name'] },
  });
});

test('what was sent to another list does not count', async () => {
  await save(
    people(0, 5).map((index) => lineOf(index)),
    'changes-only',
  );
  await run();
  const { connectionId, list, exportId, name, segments } = saved.definition;
  const other = await engine.call('lists.create', { connectionId: connectionId ?? '', name: 'Other list' });
  const draft = { exportId, name, connectionId: connectionId ?? '', segments };
  await engine.call('exports.save', { ...draft, list: { listId: other.listId, name: other.name } });
  expect(await run()).toMatchObject({ balance: { accepted: 5, unchanged: 0 } });
  await engine.call('exports.save', { ...draft, list });
  expect(await run()).toMatchObject({ balance: { accepted: 0, unchanged: 5 } });
});

test('a mirror takes off who left, and nobody whom it may not', async () => {
  await save(
    people(0, 40).map((index) => lineOf(index)),
    'mirror',
  );
  await run();
  // Added otherwise: by hand, and by another export to the same list that never ran.
  await account.api('POST', '/contacts', {
    email_address: { address: 'friend@example.com' },
    create_source: 'Account',
    list_memberships: [saved.list.listId],
  });
  const otherFile = path.join(ports.paths.temp, 'others.csv');
  writeFileSync(otherFile, `Email\n${address(38)}\n`);
  const others = await engine.addFile(otherFile);
  await engine.call('exports.save', {
    name: 'Others',
    connectionId: saved.connection.connectionId,
    list: saved.definition.list,
    segments: [{ segmentId: others.segmentId, fieldMap: others.suggestedFieldMap }],
  });
  // 36 to 39 are absent; the row of 37 is there, but refused; 38 is wanted by the other export.
  await replace([...people(0, 36).map((index) => lineOf(index)), ',Name 37']);
  const shown = await plan();
  expect(shown).toMatchObject({
    groups: { rowsRead: 37, unchanged: 36, rejected: 1, leavers: 2, staying: 2 },
    staying: expect.arrayContaining([
      { reason: 'rejected-row', count: 1 },
      { reason: 'other-export', count: 1 },
    ]),
    sentBefore: 40,
    guards: [],
    requests: { imports: 0, removals: 1, leaverIds: 1 },
    leaverIdSource: { chosen: 'pages', requests: { 'look-ups': 2, pages: 1 } },
  });
  expect((await rowsOf('leavers')).map(({ email }) => email)).toEqual([address(36), address(39)]);
  expect(await rowsOf('staying')).toMatchObject([
    { email: address(37), reason: 'rejected-row' },
    { email: address(38), reason: 'other-export' },
  ]);
  expect(await run({ planId: shown.planId })).toMatchObject({ balance: { unchanged: 36, rejected: 1 } });
  expect(await members()).toEqual(
    ['friend@example.com', ...people(0, 36).map(address), address(37), address(38)].sort(),
  );
  // They left: the next plan knows nothing of them any more.
  expect(await plan()).toMatchObject({ groups: { leavers: 0, staying: 2 }, sentBefore: 38 });
});

test('more leavers than the limit, and unreadable lines, are asked about; nothing is sent until a person agreed', async () => {
  await save(
    people(0, 20).map((index) => lineOf(index)),
    'mirror',
  );
  await run();
  write([...people(0, 10).map((index) => lineOf(index)), '"unfinished,']);
  const { segmentId } = saved.segment;
  const ready = engine.eventually('segment.changed', (view) => (view.state === 'ready' ? view : undefined));
  await engine.call('segments.readAgain', { segmentId });
  const { unreadableCount } = await ready;
  expect(unreadableCount).toBeGreaterThan(0);
  const shown = await plan();
  expect(shown.guards).toEqual([
    { kind: 'too-many-leavers', leavers: 10, sentBefore: 20, limitPercent: 20 },
    { kind: 'unreadable-lines', count: unreadableCount },
  ]);
  const refusedRun = async (accepted: object, code: string) => {
    const ended = await run({ accepted });
    expect(ended).toMatchObject({ state: 'failed', canContinue: false, error: { code } });
    expect(await members()).toHaveLength(20);
  };
  await refusedRun({}, 'plan.too-many-leavers');
  await refusedRun({ leavers: 9 }, 'plan.too-many-leavers');
  await refusedRun({ leavers: 10 }, 'plan.unreadable-lines');
  await run({ accepted: { leavers: 10, unreadableLines: true } });
  expect(await members()).toEqual(people(0, 10).map(address));
});

test('a plan that is not the file’s any more starts nothing', async () => {
  await save(
    people(0, 5).map((index) => lineOf(index)),
    'add-and-update',
  );
  const { planId } = await plan();
  await replace(people(0, 6).map((index) => lineOf(index)));
  await expect(run({ planId })).rejects.toMatchObject({ code: 'plan.outdated' });
  expect(await members()).toEqual([]);
  expect(await run({ planId: (await plan()).planId })).toMatchObject({ balance: { accepted: 6 } });
});

test('a plan looks at the files itself, and so does the run that starts from it', async () => {
  const lines = (count: number) => people(0, count).map((index) => lineOf(index));
  await save(lines(5), 'add-and-update');
  const before = await plan();
  expect(before.changedFiles).toEqual([]);
  write(lines(6));
  await expect(run({ planId: before.planId })).rejects.toMatchObject({ code: 'plan.outdated' });
  const now = await plan();
  expect(now.changedFiles).toHaveLength(1);
  // It was said, and the person goes on with what was read.
  expect(await run({ planId: now.planId })).toMatchObject({ balance: { accepted: 5 } });
});

test('one person first: a run of one row, which the run of all then knows', async () => {
  await save([...people(0, 5).map((index) => lineOf(index)), lineOf(2, 'Newest')], 'changes-only');
  const { exportId } = saved.definition;
  const email = address(2);
  const { runId } = await engine.call('exports.runForOne', {
    exportId,
    email: ` ${email.toUpperCase()}`,
    agreedToMail: true,
  });
  expect(await engine.ended(runId)).toMatchObject({
    state: 'successful',
    balance: { rowsRead: 1, accepted: 1, duplicate: 0 },
  });
  expect(await members()).toEqual([email]);
  expect(await run()).toMatchObject({ balance: { rowsRead: 6, accepted: 4, unchanged: 1, duplicate: 1 } });
  const absent = await engine.call('exports.runForOne', { exportId, email: 'absent@example.com' });
  expect(await engine.ended(absent.runId)).toMatchObject({ state: 'failed', error: { code: 'plan.person-not-found' } });
  // Even the one chosen person is not sent who may not be.
  await engine.call('neverMail.add', { text: address(1) });
  const held = await engine.call('exports.runForOne', { exportId, email: address(1) });
  expect(await engine.ended(held.runId)).toMatchObject({ balance: { rowsRead: 1, accepted: 0, heldBack: 1 } });
});

test('without the account the rows are told apart all the same', async () => {
  await save(
    people(0, 5).map((index) => lineOf(index)),
    'changes-only',
  );
  await run();
  await account.bench('faults', {
    faults: [{ path: '/v3/account/summary', times: 9, fault: { kind: 'status', status: 403 } }],
  });
  const shown = await plan();
  expect(shown).toMatchObject({ groups: { unchanged: 5 }, account: null, accountError: { code: 'remote.forbidden' } });
});

test('a plan that is cancelled, and one that a newer one ends, are `cancelled`', async () => {
  await save(
    people(0, 5).map((index) => lineOf(index)),
    'changes-only',
  );
  const plans = [plan(), plan(), plan()];
  const answers = await Promise.allSettled(plans);
  expect(answers.at(-1)).toMatchObject({ status: 'fulfilled' });
  for (const answer of answers.slice(0, -1)) {
    if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'cancelled' });
  }
  const last = plan();
  await engine.call('exports.cancelPlan', { exportId: saved.definition.exportId });
  await last.catch((error: unknown) => expect(error).toMatchObject({ code: 'cancelled' }));
});
