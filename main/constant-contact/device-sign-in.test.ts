import { afterEach, expect, test } from 'vitest';
import { type DeviceSignIn, startDeviceSignIn } from './device-sign-in.ts';
import { createInstantClock, type InstantClock } from './test-support/clocks.ts';
import { type Answer, type Remote, startRemote } from './test-support/remote.ts';

const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const start = {
  device_code: 'device',
  user_code: 'ABCD-EFGH',
  verification_uri: 'https://identity.constantcontact.com/activate',
  verification_uri_complete: 'https://identity.constantcontact.com/activate?user_code=ABCD-EFGH',
  expires_in: 600,
  interval: 5,
};

async function begin(
  polls: (count: number) => Answer,
  first: object = start,
): Promise<{ signIn: DeviceSignIn; remote: Remote; clock: InstantClock }> {
  let polled = 0;
  const remote = await startRemote((request) => {
    if (request.path.endsWith('/device/authorize')) return { status: 200, json: first };
    polled += 1;
    return polls(polled);
  });
  open.push(remote.close);
  const clock = createInstantClock();
  const signIn = await startDeviceSignIn({ authUrl: remote.authUrl, clientId: 'key', userAgent: 'Segue/1', clock });
  return { signIn, remote, clock };
}

const failing = (error: string): Answer => ({ status: 400, json: { error } });

test('polls until the person has agreed, more slowly when asked to', async () => {
  const answers = [failing('authorization_pending'), failing('slow_down'), failing('authorization_pending')];
  const tokens: Answer = { status: 200, json: { token_type: 'Bearer', access_token: 'a', expires_in: 86_400 } };
  const { signIn, remote, clock } = await begin((count) => answers[count - 1] ?? tokens);
  expect(signIn).toMatchObject({
    userCode: 'ABCD-EFGH',
    verificationUrl: 'https://identity.constantcontact.com/activate',
    verificationUrlWithCode: 'https://identity.constantcontact.com/activate?user_code=ABCD-EFGH',
  });
  await expect(signIn.result).resolves.toMatchObject({
    accessToken: 'a',
    refreshToken: null,
    scopes: ['contact_data', 'account_read', 'offline_access'],
  });
  expect(clock.slept).toEqual([5_000, 5_000, 10_000, 10_000]);
  expect(Object.fromEntries(new URLSearchParams(remote.seen[0]?.body))).toMatchObject({
    client_id: 'key',
    response_type: 'code',
    scope: 'contact_data account_read offline_access',
  });
  expect(Object.fromEntries(new URLSearchParams(remote.seen[1]?.body))).toEqual({
    client_id: 'key',
    device_code: 'device',
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
  });
});

test.each([
  ['access_denied', 'sign-in.denied'],
  ['expired_token', 'sign-in.timed-out'],
  ['invalid_grant', 'sign-in.timed-out'],
  ['invalid_client', 'connection.api-key-invalid'],
])('%s ends it with %s', async (error, code) => {
  const { signIn } = await begin(() => failing(error));
  await expect(signIn.result).rejects.toMatchObject({ code });
});

test('trouble on the way does not end it; its own time does', async () => {
  const { signIn, remote } = await begin((count) => (count % 2 ? { status: 503 } : { drop: 'before-answer' }));
  await expect(signIn.result).rejects.toMatchObject({ code: 'sign-in.timed-out' });
  expect(remote.seen.length).toBeGreaterThan(3);
});

test('cancelling ends it', async () => {
  const { signIn } = await begin((count) => {
    if (count === 2) signIn.cancel();
    return failing('authorization_pending');
  });
  await expect(signIn.result).rejects.toMatchObject({ code: 'sign-in.cancelled' });
});

test.each(['http://evil.example/activate', 'javascript:alert(1)', 'https://a:b@constantcontact.com/'])(
  'a page address like %s is not handed to the browser',
  async (verification_uri) => {
    await expect(begin(() => failing('slow_down'), { ...start, verification_uri })).rejects.toMatchObject({
      code: 'remote.invalid-answer',
    });
  },
);
