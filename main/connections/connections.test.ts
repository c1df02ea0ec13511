import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { signInAs } from '../../e2e/fixtures/sign-in-browser.ts';
import type { ConnectionView, SignInView } from '../../preload/contract/views.ts';
import { TestAccount } from '../practice/test-support/test-account.ts';
import { connectStore } from '../store/open-store.ts';
import { DrivenEngine } from '../test-support/driven-engine.ts';
import { type PlainPorts, plainPorts } from '../test-support/plain-ports.ts';

// Connections through the engine's calls, over HTTP, with an account that can be made to misbehave.

const apiKey = '0b5a3c1e-1111-4222-8333-444455556666';

let account: TestAccount;
let ports: PlainPorts;
let engine: DrivenEngine;

beforeEach(async () => {
  account = await TestAccount.start({ seed: false });
  ports = plainPorts({ env: { SEGUE_API_URL: account.account.apiUrl, SEGUE_AUTH_URL: account.account.authUrl } });
  engine = await DrivenEngine.open(ports);
});

afterEach(async () => {
  await engine.stop();
  await account.stop();
  expect(engine.surprises).toEqual([]);
});

const over = (view: SignInView) => (view.state === 'waiting' || view.state === 'finishing' ? undefined : view);
const connections = async () => (await engine.call('app.getSnapshot', {})).connections;

/** Signs in with an API key of one's own, and saves the connection. */
async function connectWithKey(displayName: string): Promise<ConnectionView> {
  const ended = engine.eventually('signIn.changed', over);
  const { authorizeUrl } = await engine.call('signIn.start', { kind: 'constant-contact', apiKey });
  await signInAs(authorizeUrl, 'allow');
  const { signInId } = await ended;
  return engine.call('connections.save', {
    displayName,
    sharedWith: 'contributors',
    agreedToPrivacy: true,
    addYourselfAsExportUser: true,
    signInId,
  });
}

/** Whom and what a connection was agreed to by, as it is stored. */
function agreement(): unknown {
  const store = connectStore(path.join(ports.paths.userData, 'segue.sqlite'));
  try {
    return store
      .prepare('SELECT shared_with, api_key, export_user_id, privacy_wording, privacy_agreed_at FROM connection')
      .get();
  } finally {
    store.close();
  }
}

test('signing in again asks for neither key, name nor agreement: they stand as they were given', async () => {
  const { connectionId, displayName } = await connectWithKey('Ours');
  const before = agreement();
  await account.bench('revoke', { tokens: 'all' });
  await expect(engine.call('lists.search', { connectionId })).rejects.toMatchObject({ code: 'sign-in.expired' });

  const ended = engine.eventually('signIn.changed', over);
  const { authorizeUrl } = await engine.call('signIn.start', { kind: 'constant-contact', connectionId });
  expect(new URL(authorizeUrl).searchParams.get('client_id')).toBe(apiKey);
  await signInAs(authorizeUrl, 'allow');
  const { signInId } = await ended;
  const renewed = await engine.call('connections.save', {
    displayName: 'Another name',
    sharedWith: 'administrators',
    agreedToPrivacy: true,
    addYourselfAsExportUser: true,
    signInId,
  });
  expect(renewed).toMatchObject({
    connectionId,
    displayName,
    details: { sharedWith: 'contributors', signInState: 'signed-in' },
  });
  expect(agreement()).toEqual(before);
  await engine.call('lists.search', { connectionId });
});

test('a connection whose sign-in has ended says so by itself', async () => {
  const { connectionId } = await engine.connect();
  await account.bench('revoke', { tokens: 'all' });
  const told = engine.eventually(
    'connections.changed',
    ([view]) => view?.details?.signInState === 'signed-out' || undefined,
  );
  await expect(engine.call('lists.search', { connectionId })).rejects.toMatchObject({ code: 'sign-in.expired' });
  await told;
  await engine.connect('Practice', connectionId);
  expect(await connections()).toMatchObject([{ details: { signInState: 'signed-in' } }]);
});

test('requests of the day are counted, told and kept', async () => {
  const { connectionId, details } = await engine.connect();
  // Whose account it is, and what the person may do.
  expect(details?.requestsToday).toBe(2);
  const told = engine.eventually('connections.changed', ([view]) => view?.details?.requestsToday === 7 || undefined);
  for (let request = 0; request < 5; request += 1) await engine.call('lists.search', { connectionId });
  await told;
  expect(await connections()).toMatchObject([
    { details: { requestsToday: 7, requestLimit: 10_000, pausedUntil: null } },
  ]);
  await engine.stop();
  engine = await DrivenEngine.open(ports);
  expect(await connections()).toMatchObject([{ details: { requestsToday: 7 } }]);
});

test('F46 a used-up quota is told with the time at which it ends', async () => {
  const { connectionId } = await engine.connect();
  await account.bench('faults', { faults: [{ method: 'GET', path: '/v3/contact_lists', fault: { kind: 'quota' } }] });
  const told = engine.eventually('connections.changed', ([view]) => view?.details?.pausedUntil ?? undefined);
  await expect(engine.call('lists.search', { connectionId })).rejects.toMatchObject({ code: 'remote.quota-exhausted' });
  const until = await told;
  expect(until % 86_400_000).toBe(0);
  expect(until).toBeGreaterThan(Date.now());
});

test('with a code: what to type and where, and the same connection in the end', async () => {
  const ended = engine.eventually('signIn.changed', over);
  const started = await engine.call('signIn.start', { kind: 'practice', method: 'code' });
  expect(started).toMatchObject({ state: 'waiting', userCode: expect.stringMatching(/^[A-Z]{8}$/) });
  expect(new URL(started.verificationUri ?? '').pathname).toBe('/activate');
  // The person may sit at another computer: no page opens by itself, only when asked for.
  expect(ports.desktop.opened).toEqual([]);
  await engine.call('signIn.openPageAgain', { signInId: started.signInId });
  expect(ports.desktop.opened).toEqual([started.authorizeUrl]);
  await signInAs(started.authorizeUrl, 'allow');
  expect(await ended).toMatchObject({ state: 'succeeded' });
});

test('a code that is denied, and one that is given up', async () => {
  const denied = engine.eventually('signIn.changed', over);
  await signInAs((await engine.call('signIn.start', { kind: 'practice', method: 'code' })).authorizeUrl, 'deny');
  expect(await denied).toMatchObject({ state: 'denied', error: { code: 'sign-in.denied' } });
  const { signInId } = await engine.call('signIn.start', { kind: 'practice', method: 'code' });
  const cancelled = engine.eventually('signIn.changed', over);
  await engine.call('signIn.cancel', { signInId });
  expect(await cancelled).toMatchObject({ state: 'cancelled' });
});

test('a sign-in for a connection that is gone', async () => {
  const { connectionId } = await engine.connect();
  await engine.call('connections.remove', { connectionId });
  await expect(engine.call('signIn.start', { kind: 'practice', connectionId })).rejects.toMatchObject({
    code: 'connection.not-found',
  });
});

test('the same name for another account is taken', async () => {
  await engine.connect('Ours');
  const other = { encoded_account_id: 'p0another1', organization_name: 'Somebody else' };
  await account.bench('faults', {
    faults: [{ method: 'GET', path: '/v3/account/summary', fault: { kind: 'status', status: 200, body: other } }],
  });
  await expect(engine.connect('Ours')).rejects.toMatchObject({ code: 'connection.name-taken' });
});
