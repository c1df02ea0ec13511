import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planFaults } from '../../e2e/crash-suite/fault-plan.ts';
import { randomOf } from '../../e2e/crash-suite/random.ts';
import type { RunView } from '../../preload/contract/views.ts';
import { TestAccount } from '../practice/test-support/test-account.ts';
import { DrivenEngine } from '../test-support/driven-engine.ts';
import { plainPorts } from '../test-support/plain-ports.ts';
import { closes } from './balance.ts';

// Any two files, one after the other, to any list, in any mode, under any faults: the sum closes after every attempt,
// everybody who can be sent arrives once with what the files say of them, nobody is resubscribed, nobody who was there
// otherwise goes. More cases: SEGUE_CASES=500.

const cases = Number(process.env.SEGUE_CASES ?? 10);
const seed = Number(process.env.SEGUE_SEED ?? 7);

/** What the account knows of a person beforehand. */
const standings = ['stranger', 'known', 'on the list', 'opted out'] as const;

const row = fc.record({
  person: fc.nat({ max: 9 }),
  written: fc.constantFrom('plain', 'upper case', 'with spaces', 'unusable'),
  firstName: fc.constantFrom('', '', 'Ada', 'Bo, "the one"', 'Zoë'),
});
const file = fc.array(row, { minLength: 1, maxLength: 25 });
const anyCase = fc.record({
  files: fc.tuple(file, file),
  standings: fc.array(fc.constantFrom(...standings), { minLength: 10, maxLength: 10 }),
  mode: fc.constantFrom('add-and-update' as const, 'changes-only' as const, 'mirror' as const),
  faults: fc.option(fc.nat(), { nil: null, freq: 1 }),
});

type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;
type Case = typeof anyCase extends fc.Arbitrary<infer T> ? T : never;

let account: TestAccount;
let engine: DrivenEngine;
let connectionId: string;
let folder: string;

beforeAll(async () => {
  account = await TestAccount.start({ seed: false });
  const { apiUrl, authUrl } = account.account;
  engine = await DrivenEngine.open(plainPorts({ env: { SEGUE_API_URL: apiUrl, SEGUE_AUTH_URL: authUrl } }));
  ({ connectionId } = await engine.connect());
  folder = mkdtempSync(path.join(tmpdir(), 'segue-any-'));
});

afterAll(async () => {
  await engine.stop();
  await account.stop();
});

const noFaults = () =>
  account.fetch('/_practice/faults', { method: 'DELETE', headers: { 'content-type': 'application/json' } });

async function setFaults(plan: number | null): Promise<void> {
  await noFaults();
  if (plan !== null) await account.bench('faults', { faults: planFaults(randomOf(plan)) });
}

/** Runs, continues as often as it takes, and looks at the balance every time. */
async function toItsEnd(started: RunView, rows: number): Promise<RunView> {
  let run = await engine.ended(started.runId);
  for (let attempt = 0; ; attempt += 1) {
    expect(closes(run.balance)).toBe(true);
    if (!run.canContinue) break;
    expect(attempt).toBeLessThan(5);
    if (attempt > 0) await noFaults();
    await engine.call('runs.continue', { runId: run.runId });
    run = await engine.ended(run.runId);
  }
  expect(['successful', 'completedWithWarnings']).toContain(run.state);
  expect(run.balance).toMatchObject({ rowsRead: rows, unknown: 0, notSent: 0, unreadable: 0 });
  return run;
}

/** Who can be sent with a file, by person, and what it says last of their first name; '' for nothing. */
function sendable(rows: readonly Row[]): Map<number, string> {
  const people = new Map<number, string>();
  for (const { person, written, firstName } of rows) {
    if (written !== 'unusable') people.set(person, firstName || (people.get(person) ?? ''));
  }
  return people;
}

let made = 0;
async function holds({ files, standings: before, mode, faults }: Case): Promise<void> {
  made += 1;
  const mark = `c${made}`;
  const address = (person: number) => `${mark}-p${person}@example.com`;
  const list = await engine.call('lists.create', { connectionId, name: mark });
  await prepare(before, address, list.listId);

  let exportId: string | undefined;
  let refusedAtFirst = 0;
  for (const [index, rows] of files.entries()) {
    const text = rows.map((each) => line(each, address(each.person)));
    const name = path.join(folder, `${mark}-${index}.csv`);
    writeFileSync(name, `Email,First name\n${text.join('')}`);
    const segment = await engine.addFile(name);
    const fieldMap = [
      { field: 'email', columnIndex: 0 },
      { field: 'first_name', columnIndex: 1 },
    ];
    const draft = { name: mark, connectionId, list: { listId: list.listId, name: list.name }, mode };
    const saved = await engine.call('exports.save', {
      ...draft,
      ...(exportId === undefined ? {} : { exportId }),
      leaverLimitPercent: 100,
      segments: [{ segmentId: segment.segmentId, fieldMap }],
    });
    exportId = saved.exportId;
    await setFaults(faults === null ? null : faults + index);
    const run = await toItsEnd(await engine.run(exportId), rows.length);
    await noFaults();
    const rejected = rows.filter(({ written }) => written === 'unusable').length;
    const distinct = sendable(rows).size;
    expect(run.balance).toMatchObject({ rejected, duplicate: rows.length - rejected - distinct });
    const { accepted, unchanged, heldBack, refused } = run.balance;
    expect(accepted + unchanged + heldBack + refused).toBe(distinct);
    if (index === 0) refusedAtFirst = refused;
  }
  // Whoever an unusable row may have meant stays, and so does who was perhaps never put on the list by this export.
  const sure = faults === null && refusedAtFirst === 0 && files[1].every(({ written }) => written !== 'unusable');
  const sent = [sendable(files[0]), sendable(files[1])] as const;
  await look({ files: sent, before, mode, address, listId: list.listId, leaversAreSure: sure });
  expect(engine.surprises).toEqual([]);
}

function line({ written, firstName }: Row, address: string): string {
  const email = {
    plain: address,
    'upper case': address.toUpperCase(),
    'with spaces': `  ${address} `,
    unusable: address.replace('@', ' at '),
  }[written];
  return `${email},"${firstName.replaceAll('"', '""')}"\n`;
}

/** Puts people into the account as they stand before the first run. */
async function prepare(before: Case['standings'], address: (person: number) => string, listId: string): Promise<void> {
  for (const [person, standing] of before.entries()) {
    if (standing === 'stranger') continue;
    const email_address = { address: address(person), permission_to_send: 'implicit' };
    const { body } = await account.api('POST', '/contacts', {
      email_address,
      first_name: 'Known',
      create_source: 'Account',
      ...(standing === 'on the list' ? { list_memberships: [listId] } : {}),
    });
    if (standing !== 'opted out') continue;
    await account.api('PUT', `/contacts/${body.contact_id}`, {
      email_address: { address: address(person), permission_to_send: 'unsubscribed' },
      first_name: 'Known',
      update_source: 'Contact',
    });
  }
}

async function look(seen: {
  readonly files: readonly [Map<number, string>, Map<number, string>];
  readonly before: Case['standings'];
  readonly mode: Case['mode'];
  readonly address: (person: number) => string;
  readonly listId: string;
  readonly leaversAreSure: boolean;
}): Promise<void> {
  const { files, before, mode, address, listId, leaversAreSure } = seen;
  const [first, second] = files;
  account.carry((await account.signIn()).access_token);
  for (const [person, standing] of before.entries()) {
    const email = encodeURIComponent(address(person));
    const { body } = await account.api('GET', `/contacts?email=${email}&status=all&include=list_memberships`);
    const [there, ...others] = body.contacts;
    expect(others).toEqual([]);
    const sent = first.has(person) || second.has(person);
    if (there === undefined) {
      expect({ person, standing, sent }).toEqual({ person, standing: 'stranger', sent: false });
      continue;
    }
    const onList = (there.list_memberships ?? []).includes(listId);
    const { permission_to_send } = there.email_address;
    if (standing === 'opted out') {
      expect({ permission_to_send, onList, first_name: there.first_name }).toMatchObject({
        permission_to_send: 'unsubscribed',
        onList: false,
      });
      continue;
    }
    expect(permission_to_send).not.toBe('unsubscribed');
    const known = standing === 'stranger' ? '' : 'Known';
    expect(there.first_name ?? '').toBe(second.get(person) || first.get(person) || known);
    const left = mode === 'mirror' && first.has(person) && !second.has(person);
    // Somebody who was on the list before and was sent by this export too: either reading of "put there by it" is right.
    if (left && (standing === 'on the list' || !leaversAreSure)) continue;
    expect({ person, onList }).toEqual({ person, onList: left ? false : sent || standing === 'on the list' });
  }
}

test(`${cases} cases (seed ${seed})`, { timeout: 60_000 + cases * 20_000 }, async () => {
  await fc.assert(fc.asyncProperty(anyCase, holds), { numRuns: cases, seed, endOnFailure: true });
});
