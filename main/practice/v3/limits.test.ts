import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestAccount } from '../test-support/test-account.ts';

let practice: TestAccount;
let time: number;

beforeEach(async () => {
  time = Date.UTC(2026, 10, 23, 23, 0);
  practice = await TestAccount.start({ clock: () => time });
});
afterEach(() => practice.stop());

const ask = async () => practice.api('GET', '/account/summary');
const atRealPace = (settings: object = {}) => practice.bench('settings', { pace: 'real', ...settings });

describe('the throttle at the real pace', () => {
  beforeEach(() => atRealPace());

  it('lets four requests through in any second, and tells the rest with a bare object', async () => {
    const statuses: number[] = [];
    for (let index = 0; index < 6; index += 1) statuses.push((await ask()).status);
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
    const refused = await ask();
    expect(refused.body).toEqual({ error_key: 'throttled', error_message: 'Too Many Requests' });
    expect(refused.headers.get('retry-after')).toBeNull();
    expect([...refused.headers.keys()].filter((name) => name.includes('rate'))).toEqual([]);
  });

  it('slides', async () => {
    const statuses: number[] = [];
    for (const step of [0, 400, 0, 400, 0, 200, 0, 400]) {
      time += step;
      statuses.push((await ask()).status);
    }
    // At 0, 400, 400, 800: full. At 1000 the first has left, at 1400 the two of 400.
    expect(statuses).toEqual([200, 200, 200, 200, 429, 200, 429, 200]);
  });

  it('counts each API key for itself', async () => {
    const other = await practice.signIn({ clientId: '11111111-2222-3333-4444-555555555555' });
    for (let index = 0; index < 5; index += 1) await ask();
    practice.carry(other.access_token);
    expect((await ask()).status).toBe(200);
  });
});

it('the daily quota ends at 00:00 UTC and survives a restart', async () => {
  await atRealPace({ requestsPerDay: 3, requestsPerSecond: 1_000 });
  for (let index = 0; index < 3; index += 1) expect((await ask()).status).toBe(200);
  await practice.restart({ settings: { pace: 'real', requestsPerDay: 3 } });
  const refused = await ask();
  expect([refused.status, refused.body]).toEqual([
    429,
    { error_key: 'quota_exceeded', error_message: 'Limit Exceeded' },
  ]);
  time = Date.UTC(2026, 10, 24);
  expect((await ask()).status).toBe(200);
});

it('too many queued activities are a 429 of another key', async () => {
  const list = await practice.list('Queue');
  await atRealPace({ queuedActivities: 2, requestsPerSecond: 1_000 });
  const post = () => practice.importFile('email\na@example.com', [list]);
  expect([(await post()).status, (await post()).status]).toEqual([201, 201]);
  const refused = await post();
  expect(refused.status).toBe(429);
  expect(['throttled', 'quota_exceeded']).not.toContain(refused.body.error_key);
  expect(refused.body.error_message).toContain('1000 queued');
});

it('an activity at the real pace waits half a second, then rises at about 4,000 rows a second', async () => {
  const list = await practice.list('Slow');
  await atRealPace({ requestsPerSecond: 1_000 });
  const rows = Array.from({ length: 8_000 }, (_, index) => `slow${index}@example.com`);
  const { activity_id } = (await practice.importFile(`email\n${rows.join('\n')}`, [list])).body;
  const look = async () => (await practice.api('GET', `/activities/${activity_id}`)).body;
  expect(await look()).toMatchObject({ state: 'initialized', percent_done: 0 });
  expect((await look()).started_at).toBeUndefined();
  time += 500;
  await practice.activity(activity_id, ['processing']);
  time += 1_000;
  let seen = await look();
  while (seen.percent_done < 50) seen = await look();
  expect(seen).toMatchObject({ state: 'processing', percent_done: 50 });
  expect(seen.completed_at).toBeUndefined();
  time += 1_000;
  expect((await practice.activity(activity_id)).body).toMatchObject({ state: 'completed', percent_done: 100 });
});

it('activities are forgotten after ten days', async () => {
  const list = await practice.list('Old');
  const { activity_id } = (await practice.importFile('email\na@example.com', [list])).body;
  await practice.activity(activity_id);
  time += 10 * 86_400_000;
  practice.carry((await practice.signIn()).access_token);
  const gone = await practice.api('GET', `/activities/${activity_id}`);
  expect([gone.status, gone.body[0].error_key]).toEqual([404, 'contacts.api.not_found']);
  expect((await practice.api('GET', '/activities')).body.activities).toEqual([]);
});

describe('paths and methods', () => {
  it.each([
    ['GET', '/nothing/here', 403],
    ['PATCH', '/contact_lists', 405],
    ['GET', '/contact_lists/06526938-56dd-11e9-932a-fa163ea075fa', 404],
    ['GET', '/contacts/not-an-id', 404],
    ['GET', '/contacts?status=gone', 400],
    ['GET', '/contacts?limit=501', 400],
    ['GET', '/contacts?limit=0', 400],
    ['GET', '/contacts?cursor=x', 400],
    ['GET', '/contacts?include=everything', 400],
    ['GET', '/contact_lists?include_membership_count=some', 400],
    ['GET', '/activities?state=initialized', 400],
  ])('%s %s: %i', async (method, path, status) => {
    expect((await practice.api(method, path)).status).toBe(status);
  });

  it('other hosts are not served', async () => {
    const { request } = await import('node:http');
    const port = Number(new URL(practice.account.pagesUrl).port);
    const status = await new Promise((resolve) => {
      const options = { port, host: '127.0.0.1', path: '/_practice/summary', headers: { host: 'evil.example' } };
      request(options, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    expect(status).toBe(421);
  });

  it('the test bench hears no web page', async () => {
    const post = (headers: Record<string, string>) =>
      practice.fetch('/_practice/clock', { method: 'POST', headers, body: '{"milliseconds":1}' });
    expect((await post({ 'content-type': 'application/json', origin: 'https://evil.example' })).status).toBe(400);
    expect((await post({ 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post({ 'content-type': 'application/json' })).status).toBe(200);
  });
});
