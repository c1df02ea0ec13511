import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { RunView, SegmentView } from '../../preload/contract/views.ts';
import { TestAccount } from '../practice/test-support/test-account.ts';
import { DrivenEngine } from '../test-support/driven-engine.ts';
import { plainPorts } from '../test-support/plain-ports.ts';
import { closes } from './balance.ts';

// What becomes of a run of 45,000 rows (three requests that import) under each fault, over real HTTP. The titles and what
// is measured make the table of faults in ARCHITECTURE.md (build/fault-table.mjs).

declare module 'vitest' {
  interface TaskMeta {
    /** Imports that the other side took; three are needed. */
    imports?: number;
  }
}

const people = 45_000;
const post = '/v3/activities/contacts_file_import';
const look = '/v3/activities';

let account: TestAccount;
let engine: DrivenEngine;
let segment: SegmentView;
let connectionId: string;

beforeAll(async () => {
  account = await TestAccount.start({ seed: false });
  const { apiUrl, authUrl } = account.account;
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'segue-faults-')), 'people.csv');
  writeFileSync(file, `Email\n${Array.from({ length: people }, (_, index) => `p${index}@example.com\n`).join('')}`);
  engine = await DrivenEngine.open(plainPorts({ env: { SEGUE_API_URL: apiUrl, SEGUE_AUTH_URL: authUrl } }));
  ({ connectionId } = await engine.connect());
  segment = await engine.addFile(file);
});

afterAll(async () => {
  await engine.stop();
  await account.stop();
});

/** One run under a fault. */
interface Scene {
  readonly runId: string;
  readonly listId: string;
  /** Ids of the run's imports on the other side, by state. */
  imports(state?: string): Promise<string[]>;
}

const faults = (...rules: unknown[]) => account.bench('faults', { faults: rules });
const noFaults = () =>
  account.fetch('/_practice/faults', { method: 'DELETE', headers: { 'content-type': 'application/json' } });
const onPost = (fault: unknown, nth = 2, times = 1) => ({ method: 'POST', path: post, nth, times, fault });
const onLook = (fault: unknown, times = 1) => ({ method: 'GET', path: look, nth: 1, times, fault });
const onActivity = (outcome: string) => ({ activity: 'file_import', nth: 2, plan: { outcome, atPercent: 50 } });

let made = 0;
async function begin(rules: readonly unknown[]): Promise<Scene> {
  made += 1;
  const list = await engine.call('lists.create', { connectionId, name: `List ${made}` });
  const { exportId } = await engine.call('exports.save', {
    name: `Export ${made}`,
    connectionId,
    list: { listId: list.listId, name: list.name },
    segments: [{ segmentId: segment.segmentId, fieldMap: segment.suggestedFieldMap }],
  });
  if (rules.length > 0) await faults(...rules);
  const { runId } = await engine.run(exportId);
  return {
    runId,
    listId: list.listId,
    async imports(state) {
      account.carry((await account.signIn()).access_token);
      const { body } = await account.api('GET', '/activities?limit=500');
      const ours = body.activities.filter(
        (one: { source_file_name?: string; state: string }) =>
          one.source_file_name?.startsWith(`segue-${runId}-`) && (state === undefined || one.state === state),
      );
      return ours.map(({ activity_id }: { activity_id: string }) => activity_id);
    },
  };
}

async function everybodyArrived(scene: Scene, run: RunView): Promise<void> {
  expect(run).toMatchObject({ state: 'successful', error: null });
  expect(run.balance).toMatchObject({ rowsRead: people, accepted: people });
  account.carry((await account.signIn()).access_token);
  const list = await account.api('GET', `/contact_lists/${scene.listId}?include_membership_count=all`);
  expect(list.body.membership_count).toBe(people);
}

/** A run under `rules`, and whatever `help` does meanwhile, that nobody has to continue. */
function goesOn(rules: readonly unknown[], help: (scene: Scene) => Promise<void> = async () => undefined) {
  return async () => {
    const scene = await begin(rules);
    await help(scene);
    await everybodyArrived(scene, await engine.ended(scene.runId));
    return scene;
  };
}

/** A run that ends before its end, every row accounted for, and that *Continue* completes. */
function toBeContinued(rules: readonly unknown[], code: ErrorCode, unknown: number) {
  return async () => {
    const scene = await begin(rules);
    const stopped = await engine.ended(scene.runId);
    expect(stopped).toMatchObject({ canContinue: true, error: { code }, balance: { unknown } });
    expect(closes(stopped.balance)).toBe(true);
    await noFaults();
    await engine.call('runs.continue', { runId: scene.runId });
    await everybodyArrived(scene, await engine.ended(scene.runId));
    return scene;
  };
}

const waiting = (scene: Scene, reason: string) =>
  engine.when(scene.runId, (view) => view.waiting?.for === reason && view.progress.rowsPosted > 0);
const underWay = (scene: Scene) => engine.when(scene.runId, (view) => view.progress.rowsPosted > 0);

function fault(name: string, outcome: string, imports: number, act: () => Promise<Scene>): void {
  test(`fault: ${name} -> outcome: ${outcome}`, async ({ task }) => {
    try {
      const scene = await act();
      await noFaults();
      const arrived = (await scene.imports()).length;
      expect(arrived).toBe(imports);
      expect(engine.surprises).toEqual([]);
      task.meta.imports = arrived;
    } finally {
      await noFaults();
    }
  });
}

const sentAgain = 'looked for, not found, sent again';
const found = 'found by its file name, not sent again';
const lookedLater = 'waits and looks again';

fault('connection dropped before an import arrives', sentAgain, 3, goesOn([onPost({ kind: 'drop', when: 'before' })]));
fault('connection dropped after an import was taken', found, 3, goesOn([onPost({ kind: 'drop', when: 'after' })]));
fault('answer to an import cut short', found, 3, goesOn([onPost({ kind: 'truncate', bytes: 20 })]));
fault('an import answered with HTML and 200', sentAgain, 3, goesOn([onPost({ kind: 'html', status: 200 })]));
fault('an import answered with 500', sentAgain, 3, goesOn([onPost({ kind: 'status', status: 500 })]));
fault('an import answered with HTML and 502', sentAgain, 3, goesOn([onPost({ kind: 'html', status: 502 })]));
fault('an import answered with 503', 'waits, sends again', 3, goesOn([onPost({ kind: 'status', status: 503 })]));
fault(
  'an import answered after 3 seconds',
  'waits for the answer',
  3,
  goesOn([onPost({ kind: 'slow', milliseconds: 3_000 })]),
);
fault('429 throttled, twice in a row', 'pauses, longer each time', 3, goesOn([onPost({ kind: 'throttled' }, 1, 2)]));
fault('429 queue full, three times', 'waits for own activities', 3, goesOn([onPost({ kind: 'queue-full' }, 2, 3)]));
fault('401 for an import', 'refreshes the token once, sends again', 3, goesOn([onPost({ kind: 'unauthorized' })]));
fault(
  '403 for an import',
  'stops, says so; Continue sends the rest',
  3,
  toBeContinued([onPost({ kind: 'status', status: 403, body: [] })], 'remote.forbidden', 0),
);
fault(
  '400 for an import',
  'stops, says so; Continue sends the rest',
  3,
  toBeContinued([onPost({ kind: 'status', status: 400, body: [] })], 'remote.rejected', 0),
);
fault('activities answered with 500', lookedLater, 3, goesOn([onLook({ kind: 'status', status: 500 })]));
fault('activities answered with HTML and 200', lookedLater, 3, goesOn([onLook({ kind: 'html', status: 200 })]));
fault('activities answer cut short', lookedLater, 3, goesOn([onLook({ kind: 'truncate', bytes: 40 })]));
fault('activities: connection dropped', lookedLater, 3, goesOn([onLook({ kind: 'drop', when: 'before' })]));
fault(
  'a list of activities without ours',
  'each is asked for by itself',
  3,
  goesOn([onLook({ kind: 'status', status: 200, body: { activities: [] } }, 10_000)]),
);

fault(
  'an activity fails half-way',
  'its rows are unknown; Continue sends them again',
  4,
  toBeContinued([onActivity('failed')], 'run.activity-failed', 20_000),
);
fault(
  'an activity times out',
  'its rows are unknown; Continue sends them again',
  4,
  toBeContinued([onActivity('timed_out')], 'run.activity-failed', 20_000),
);
fault(
  'an activity is cancelled there',
  'its rows are unknown; Continue sends them again',
  4,
  toBeContinued([onActivity('cancelled')], 'run.activity-failed', 20_000),
);
fault(
  'an activity is stuck, and goes on later',
  'waits, however long',
  3,
  goesOn([onActivity('stuck')], async (scene) => {
    await engine.when(scene.runId, (view) => view.progress.rowsSettled === people - 20_000);
    for (const activity_id of await scene.imports('processing')) await account.bench('release', { activity_id });
  }),
);
fault('activities end in another order', 'each is settled when it ends', 3, goesOn([onActivity('late')]));

fault(
  'access token revoked in the middle',
  'refreshed once, goes on',
  3,
  goesOn([onActivity('late')], async (scene) => {
    await underWay(scene);
    await account.bench('revoke', { tokens: 'access' });
  }),
);
fault(
  'the whole sign-in revoked in the middle',
  'waits for the person to sign in again, goes on',
  3,
  goesOn([onActivity('stuck')], async (scene) => {
    await underWay(scene);
    const waits = waiting(scene, 'sign-in');
    await account.bench('revoke', { tokens: 'all' });
    await waits;
    await engine.connect('Practice', connectionId);
    for (const activity_id of await scene.imports('processing')) await account.bench('release', { activity_id });
  }),
);
fault(
  'the other side’s clock goes 25 hours ahead: tokens have ended',
  'refreshed once, goes on',
  3,
  goesOn([onActivity('late')], async (scene) => {
    await underWay(scene);
    await account.bench('clock', { milliseconds: 25 * 3_600_000 });
  }),
);
fault(
  'sign-in as another account',
  'refuses to go on; sends nothing',
  3,
  toBeContinued(
    [
      {
        method: 'GET',
        path: '/v3/account/summary',
        fault: { kind: 'status', status: 200, body: { encoded_account_id: 'another' } },
      },
    ],
    'connection.other-account',
    0,
  ),
);
fault('the day’s quota is used up', 'waits until 00:00 UTC and says so; Cancel works at once', 1, async () => {
  const scene = await begin([onPost({ kind: 'quota' })]);
  const held = await waiting(scene, 'quota');
  expect((held.waiting?.until ?? 0) % 86_400_000).toBe(0);
  expect(held.waiting?.until).toBeGreaterThan(Date.now());
  const { connections } = await engine.call('app.getSnapshot', {});
  expect(connections[0]?.details?.pausedUntil).toBe(held.waiting?.until);
  // A person is not kept waiting until tomorrow.
  await expect(engine.call('lists.search', { connectionId })).rejects.toMatchObject({ code: 'remote.quota-exhausted' });
  const pressed = performance.now();
  const said = engine.when(scene.runId, (view) => view.state === 'cancelled');
  await engine.call('runs.cancel', { runId: scene.runId });
  const cancelled = await said;
  expect(performance.now() - pressed).toBeLessThan(1_000);
  expect(closes(cancelled.balance)).toBe(true);
  // What was taken is still asked after, which nobody needs to wait for here.
  await engine.call('runs.cancel', { runId: scene.runId });
  await engine.ended(scene.runId);
  return scene;
});

test('fault: a burst of 429 at the real pace, with people searching lists meanwhile -> outcome: at most 4 requests in any second', {
  timeout: 90_000,
}, async ({ task }) => {
  const slow = await TestAccount.start({ seed: false, pace: 'real' });
  const { apiUrl, authUrl } = slow.account;
  const paced = await DrivenEngine.open(
    plainPorts({ pace: 'real', env: { SEGUE_API_URL: apiUrl, SEGUE_AUTH_URL: authUrl } }),
  );
  await slow.bench('settings', { rowsPerSecond: 1_000_000, initializedFor: 0 });
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'segue-faults-')), 'people.csv');
  writeFileSync(file, `Email\n${Array.from({ length: people }, (_, index) => `p${index}@example.com\n`).join('')}`);
  const { connection, definition } = await paced.saveExport(file);
  await slow.bench('faults', {
    faults: [{ method: '*', path: '/v3/**', nth: 12, times: 3, fault: { kind: 'throttled' } }],
  });
  const { runId } = await paced.run(definition.exportId);
  const searches = Array.from({ length: 25 }, () =>
    paced.call('lists.search', { connectionId: connection.connectionId }),
  );
  const run = await paced.ended(runId);
  await Promise.all(searches);
  expect(run).toMatchObject({ state: 'successful', balance: { accepted: people } });
  await paced.stop();
  const log = new Database(path.join(slow.folder, 'state', 'practice.sqlite'), { readonly: true });
  const seen = log.prepare("SELECT at, path, status FROM request_log WHERE path LIKE '/v3/%' ORDER BY at").all() as {
    at: number;
    path: string;
    status: number;
  }[];
  log.close();
  const worst = Math.max(
    ...seen.map(({ at }) => seen.filter((other) => other.at >= at && other.at < at + 1_000).length),
  );
  expect(worst).toBeLessThanOrEqual(4);
  // The three that the fault refused, and none that the other side's own limit did.
  expect(seen.filter(({ status }) => status === 429)).toHaveLength(3);
  task.meta.imports = seen.filter(({ path, status }) => path === post && status === 201).length;
  expect(task.meta.imports).toBe(3);
  expect(paced.surprises).toEqual([]);
  await slow.stop();
});
