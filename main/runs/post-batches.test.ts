import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createApiClient } from '../constant-contact/http-client.ts';
import { TestAccount } from '../practice/test-support/test-account.ts';
import { getBatches } from '../store/batches.ts';
import { numberDestination } from '../store/destinations.ts';
import type { Store } from '../store/open-store.ts';
import { savePlan } from '../store/runs.ts';
import { addRun, filledStore } from '../test-support/filled-store.ts';
import { StageFixture } from '../test-support/stage-fixture.ts';
import { buildPlan } from './plan.ts';
import { type Outstanding, postBatches } from './post-batches.ts';
import type { RunContext } from './run-context.ts';
import { fullSpeed } from './run-pace.ts';

// A batch whose request waits for its turn, or for the network, for so long that what is known of its people grows old.

let account: TestAccount;
let fixture: StageFixture;
let listId: string;
let store: Store;
let stale: boolean;
let permits: number;
/** What comes about while a request waits for its turn. */
let meanwhile: () => void;

beforeAll(async () => {
  account = await TestAccount.start({ seed: false });
  fixture = await StageFixture.open();
  listId = await account.list('List');
});
afterAll(async () => {
  fixture.close();
  await account.stop();
});

beforeEach(async () => {
  store = filledStore();
  addRun(store, 'run', 'running');
  const stageFile = await fixture.write([['ada@example.com'], ['ben@example.com']]);
  const fieldMap = [{ field: 'email', columnIndex: 0 }];
  const { counts, toSend, batches } = await buildPlan(fixture.db, [
    { segmentId: 'segment', stageFile, fieldMap, columnCount: 1 },
  ]);
  savePlan(store, 'run', { ...counts, unreadable: 0, toSend, leavers: 0, clearing: 0, batches }, 0);
  stale = false;
  permits = 0;
  meanwhile = () => undefined;
});

const never = new AbortController().signal;

async function post(outstanding: Outstanding = { posted: new Map(), room: async () => {}, added: () => {} }) {
  const { access_token: accessToken } = await account.signIn();
  const client = createApiClient({
    apiUrl: account.account.apiUrl,
    userAgent: 'Segue/0 (test)',
    gate: {
      permit: async () => {
        permits += 1;
        meanwhile();
        return { accessToken };
      },
      onUnauthorized: async () => undefined,
      onLimited: () => undefined,
    },
  });
  const run: RunContext = {
    runId: 'run',
    exportId: 'export',
    listId,
    listName: 'List',
    runFolder: fixture.folder,
    destinationId: numberDestination(store, { accountId: 'account', listId }),
    store,
    client,
    db: fixture.db,
    fields: [],
    pace: { ...fullSpeed, lostAnswerMs: 50 },
    cancelled: never,
    abandoned: never,
    stopped: never,
    now: Date.now,
    profileKey: async () => Buffer.alloc(32),
    reportWaiting: () => undefined,
    reportBatch: () => undefined,
  };
  return postBatches(run, outstanding, () => stale);
}

const imports = async (): Promise<number> => {
  const { body } = await account.api('GET', '/activities?limit=500');
  return body.activities.length;
};

test('what waited for its turn for too long does not leave: its people are looked at once more first', async () => {
  const before = await imports();
  meanwhile = () => {
    stale = true;
  };
  expect(await post()).toBe('look-again');
  expect(getBatches(store, 'run')).toMatchObject([{ state: 'planned', attempt: 1 }]);
  expect([await imports(), permits]).toEqual([before, 1]);
  // Having looked, it goes on, under a name of its own.
  meanwhile = () => undefined;
  stale = false;
  expect(await post()).toBe('done');
  expect(getBatches(store, 'run')).toMatchObject([{ state: 'posted', attempt: 2 }]);
  expect(await imports()).toBe(before + 1);
});

test('nor does what was lost on the way and is to be sent again', async () => {
  const before = await imports();
  await account.bench('faults', {
    faults: [
      { method: 'POST', path: '/v3/activities/contacts_file_import', nth: 1, fault: { kind: 'drop', when: 'before' } },
    ],
  });
  meanwhile = () => {
    stale = permits > 1;
  };
  expect(await post()).toBe('look-again');
  expect(getBatches(store, 'run')).toMatchObject([{ state: 'planned', attempt: 1 }]);
  expect(await imports()).toBe(before);
});
