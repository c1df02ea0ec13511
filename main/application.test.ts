import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { signInAs } from '../e2e/fixtures/sign-in-browser.ts';
import type { EventName } from '../preload/contract/channels.ts';
import type { EventPayload } from '../preload/contract/contract.ts';
import type { ConnectionView, RunView, SegmentView, SignInView } from '../preload/contract/views.ts';
import type { Application, Caller } from './application.ts';
import { createApplication } from './compose.ts';
import { type PlainPorts, plainPorts } from './test-support/plain-ports.ts';

const caller: Caller = { via: 'window' };
const opened: Application[] = [];

async function open(ports: PlainPorts): Promise<Application> {
  const application = await createApplication(ports, (error) => {
    throw error;
  });
  opened.push(application);
  return application;
}

afterEach(async () => {
  for (const application of opened.splice(0)) await application.stop(5_000);
});

/** Resolves with the first event for which `pick` gives something. */
function eventually<N extends EventName, T>(
  application: Application,
  name: N,
  pick: (value: EventPayload<N>['value']) => T | undefined,
): Promise<T> {
  return new Promise((resolve) => {
    const unsubscribe = application.subscribe((told, payload) => {
      if (told !== (name as EventName)) return;
      const found = pick((payload as unknown as EventPayload<N>).value);
      if (found === undefined) return;
      unsubscribe();
      resolve(found);
    });
  });
}

async function signIn(application: Application, answer: 'allow' | 'deny'): Promise<SignInView> {
  const ended = eventually(application, 'signIn.changed', (view) =>
    ['waiting', 'finishing'].includes(view.state) ? undefined : view,
  );
  const view = await application.call('signIn.start', { kind: 'practice' }, caller);
  await signInAs(view.authorizeUrl, answer);
  return ended;
}

async function connect(application: Application): Promise<ConnectionView> {
  const { signInId } = await signIn(application, 'allow');
  return application.call(
    'connections.save',
    {
      displayName: 'Practice',
      sharedWith: 'administrators',
      agreedToPrivacy: true,
      addYourselfAsExportUser: true,
      signInId,
    },
    caller,
  );
}

async function addFile(application: Application, file: string): Promise<SegmentView> {
  const ready = eventually(application, 'segment.changed', (view) => (view.state === 'reading' ? undefined : view));
  await application.call('segments.addFiles', { paths: [file] }, caller);
  return ready;
}

function ended(application: Application, runId: string): Promise<RunView> {
  return eventually(application, 'run.changed', (view) =>
    view.runId === runId && view.progress.phase === 'ended' && !['queued', 'running', 'cancelling'].includes(view.state)
      ? view
      : undefined,
  );
}

/** A profile with a practice connection, a list and a saved export of the sample segment. */
async function savedExport(ports: PlainPorts, file: string) {
  const application = await open(ports);
  const { connectionId } = await connect(application);
  const list = await application.call('lists.create', { connectionId, name: 'Autumn' }, caller);
  const segment = await addFile(application, file);
  const definition = await application.call(
    'exports.save',
    {
      name: 'Autumn export',
      connectionId,
      list: { listId: list.listId, name: list.name },
      segments: [
        {
          segmentId: segment.segmentId,
          fieldMap: segment.suggestedFieldMap.filter(({ field }) =>
            ['email', 'first_name', 'last_name'].includes(field),
          ),
        },
      ],
    },
    caller,
  );
  return { application, connectionId, list, segment, definition };
}

const sample = path.join(import.meta.dirname, '..', 'e2e', 'fixtures', 'sample-segment.csv');

test('the main job: sign in, choose a list, read a file, match, send, and every row stands in one place', async () => {
  const ports = plainPorts({});
  const { application, list, segment, definition, connectionId } = await savedExport(ports, sample);
  const check = await application.call('exports.check', { segments: definition.segments, previewRows: 10 }, caller);
  expect(check.counts.rows).toBe(segment.rowCount);
  expect(check.counts.rows).toBe(check.counts.valid + check.counts.invalid + check.counts.duplicates);

  const { runId } = await application.call(
    'exports.run',
    { exportId: definition.exportId, agreedToMail: true },
    caller,
  );
  const run = await ended(application, runId);

  expect(run.balance).toMatchObject({
    rowsRead: check.counts.rows,
    accepted: check.counts.valid,
    rejected: check.counts.invalid,
    duplicate: check.counts.duplicates,
    unknown: 0,
    notSent: 0,
  });
  expect(run.state).toBe(check.counts.invalid > 0 ? 'completedWithWarnings' : 'successful');
  const lists = await application.call('lists.search', { connectionId }, caller);
  expect(lists.find(({ listId }) => listId === list.listId)?.membershipCount).toBe(check.counts.valid);
});

test('as soon as a run is told to have ended, quitting would stop nothing', async () => {
  const { application, definition } = await savedExport(plainPorts({}), sample);
  const busyAtTheEnd = eventually(application, 'run.changed', ({ state }) =>
    state === 'completedWithWarnings' ? application.hasActiveRun() : undefined,
  );
  await application.call('exports.run', { exportId: definition.exportId, agreedToMail: true }, caller);
  expect(application.hasActiveRun()).toBe(true);
  expect(await busyAtTheEnd).toBe(false);
});

test('no send to a list without agreement that its people may be mailed, and the wording is kept', async () => {
  const { application, definition } = await savedExport(plainPorts({}), sample);
  await expect(application.call('exports.run', { exportId: definition.exportId }, caller)).rejects.toMatchObject({
    code: 'export.permission-missing',
  });
  const { runId } = await application.call(
    'exports.run',
    { exportId: definition.exportId, agreedToMail: true },
    caller,
  );
  await ended(application, runId);
  const { exports } = await application.call('app.getSnapshot', {}, caller);
  expect(exports[0]?.permission).toMatchObject({ agreedBy: 'Test Person', wording: expect.stringContaining('Autumn') });
});

test('Deny at sign-in connects nothing', async () => {
  const application = await open(plainPorts({}));
  expect(await signIn(application, 'deny')).toMatchObject({ state: 'denied', error: { code: 'sign-in.denied' } });
  expect((await application.call('app.getSnapshot', {}, caller)).connections).toEqual([]);
});

test('closed and opened again, connection, export and run are as they were, and the sign-in still holds', async () => {
  const ports = plainPorts({});
  const first = await savedExport(ports, sample);
  const { runId } = await first.application.call(
    'exports.run',
    { exportId: first.definition.exportId, agreedToMail: true },
    caller,
  );
  await ended(first.application, runId);
  const before = await first.application.call('app.getSnapshot', {}, caller);
  await first.application.stop(5_000);
  opened.length = 0;

  const second = await open(ports);
  const after = await second.call('app.getSnapshot', {}, caller);
  expect({ ...after, revision: 0 }).toEqual({ ...before, revision: 0 });
  await second.call('lists.search', { connectionId: first.connectionId }, caller);
});

test('tokens and addresses never lie in the profile as they are', async () => {
  const ports = plainPorts({});
  await savedExport(ports, sample);
  const database = readFileSync(path.join(ports.paths.userData, 'segue.sqlite'), 'latin1');
  expect(database).not.toContain('eyJ');
  expect(database).not.toContain('refreshToken');
});

test('rejected rows are saved with their original columns and the reason', async () => {
  const ports = plainPorts({});
  const file = path.join(ports.paths.temp, 'people.csv');
  writeFileSync(file, 'Id;E-mail;Note\r\n1;ada@example.com;"a;b"\r\n2;not an address;"say ""hi"""\r\n3;;x\r\n');
  const application = await open(ports);
  const { connectionId } = await connect(application);
  const list = await application.call('lists.create', { connectionId, name: 'Autumn' }, caller);
  const segment = await addFile(application, file);
  const definition = await application.call(
    'exports.save',
    {
      name: 'Small',
      connectionId,
      list: { listId: list.listId, name: list.name },
      segments: [{ segmentId: segment.segmentId, fieldMap: segment.suggestedFieldMap }],
    },
    caller,
  );
  const { runId } = await application.call(
    'exports.run',
    { exportId: definition.exportId, agreedToMail: true },
    caller,
  );
  const run = await ended(application, runId);
  expect(run.balance).toMatchObject({ rowsRead: 3, accepted: 1, rejected: 2 });
  ports.desktop.whereToSave = path.join(ports.paths.temp, 'rejected.csv');
  expect(await application.call('runs.saveRejectedRows', { runId }, caller)).toEqual({
    savedTo: 'rejected.csv',
    rows: 2,
  });
  expect(readFileSync(ports.desktop.whereToSave, 'utf8')).toBe(
    `\uFEFFId,E-mail,Note,Reason (Segue run ${runId.slice(0, 8)})\r\n2,not an address,"say ""hi""",no @ in the email address (#1)\r\n3,,x,no email address (#2)\r\n`,
  );
});

test('what is no call, or has a wrong shape, is refused', async () => {
  const application = await open(plainPorts({}));
  await expect(application.call('exports.run', { exportId: '' }, caller)).rejects.toMatchObject({
    code: 'ipc.invalid-input',
  });
});
