import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TestAccount } from '../test-support/test-account.ts';

let practice: TestAccount;
let list: string;
beforeAll(async () => {
  practice = await TestAccount.start();
  list = await practice.list('Faults');
});
afterAll(() => practice.stop());
afterEach(() => practice.fetch('/_practice/faults', { method: 'DELETE' }));

const fault = (rule: object) => practice.bench('faults', { faults: [rule] });
const lists = () => practice.api('GET', '/contact_lists');
const importOne = () => practice.importFile('email\none@example.com', [list]);
const activities = async () => (await practice.api('GET', '/activities?limit=500')).body.activities.length;

describe('faults of requests', () => {
  it('hit the nth call of a route, as often as told, and no other route', async () => {
    await fault({
      method: 'GET',
      path: '/v3/contact_lists',
      nth: 2,
      times: 2,
      fault: { kind: 'status', status: 503, body: [] },
    });
    await practice.api('GET', '/contacts/counts');
    const statuses = [];
    for (let index = 0; index < 4; index += 1) statuses.push((await lists()).status);
    expect(statuses).toEqual([200, 503, 503, 200]);
  });

  it('take patterns for parts and for the rest of a path', async () => {
    await fault({ path: '/v3/contact_lists/*', fault: { kind: 'html', status: 502 } });
    expect((await lists()).status).toBe(200);
    const seen = await practice.api('GET', `/contact_lists/${list}`);
    expect([seen.status, seen.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8']);
    await fault({ path: '/v3/**', fault: { kind: 'quota' } });
    expect((await lists()).body.error_key).toBe('quota_exceeded');
  });

  it.each([
    ['throttled', 429, 'throttled'],
    ['queue-full', 429, 'contacts.api.queue_full'],
    ['unauthorized', 401, 'unauthorized'],
  ])('%s', async (kind, status, key) => {
    await fault({ path: '/v3/contact_lists', fault: { kind } });
    const seen = await lists();
    expect([seen.status, seen.body.error_key]).toEqual([status, key]);
  });

  it('drop a connection before anything was taken, or after everything was', async () => {
    const before = await activities();
    await fault({ path: '/v3/activities/contacts_file_import', fault: { kind: 'drop', when: 'before' } });
    await expect(importOne()).rejects.toThrow();
    expect(await activities()).toBe(before);
    await fault({ path: '/v3/activities/contacts_file_import', fault: { kind: 'drop', when: 'after' } });
    await expect(importOne()).rejects.toThrow();
    expect(await activities()).toBe(before + 1);
  });

  it('cut an answer off', async () => {
    await fault({ path: '/v3/contact_lists', fault: { kind: 'truncate', bytes: 10 } });
    await expect(lists()).rejects.toThrow();
  });

  it('cut a file off', async () => {
    const job = (await practice.api('POST', '/activities/contact_exports', {})).body.activity_id;
    const { href } = (await practice.activity(job)).body._links.results;
    const whole = await practice.api('GET', href.slice('/v3'.length));
    expect(whole.text.split('\r\n').length).toBeGreaterThan(300);
    await fault({ path: '/v3/contact_exports/*', fault: { kind: 'truncate', bytes: 1_000 } });
    await expect(practice.api('GET', href.slice('/v3'.length))).rejects.toThrow();
  });

  it('answer late', async () => {
    await fault({ path: '/v3/contact_lists', fault: { kind: 'slow', milliseconds: 120 } });
    const started = performance.now();
    expect((await lists()).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(119);
  });

  it('are refused when they make no sense', async () => {
    expect((await fault({ path: '/v3', fault: { kind: 'magic' } })).status).toBe(400);
    expect((await practice.bench('faults', { faults: [] })).status).toBe(400);
    expect((await practice.bench('settings', { nothing: 1 })).status).toBe(400);
  });
});

describe('faults of activities', () => {
  it.each(['failed', 'timed_out', 'cancelled'])('%s, part of the rows done', async (outcome) => {
    await fault({ activity: 'file_import', plan: { outcome, atPercent: 50 } });
    const into = await practice.list(`Ends ${outcome}`);
    const rows = Array.from({ length: 100 }, (_, index) => `${outcome}${index}@example.com`);
    const { activity_id } = (await practice.importFile(`email\n${rows.join('\n')}`, [into])).body;
    expect((await practice.activity(activity_id)).body).toMatchObject({ state: outcome, percent_done: 50 });
    const counted = await practice.api('GET', `/contact_lists/${into}?include_membership_count=all`);
    expect(counted.body.membership_count).toBe(50);
  });

  it('stuck, until it is let go; others pass it', async () => {
    await fault({ plan: { outcome: 'stuck', atPercent: 0 } });
    const stuck = (await importOne()).body.activity_id;
    const other = (await importOne()).body.activity_id;
    expect((await practice.activity(other)).body.state).toBe('completed');
    expect((await practice.activity(stuck, ['processing'])).body.percent_done).toBe(0);
    expect((await practice.bench('release', { activity_id: stuck })).body).toEqual({ released: true });
    expect((await practice.activity(stuck)).body.state).toBe('completed');
  });

  it('late, so that a later one ends first', async () => {
    await fault({ plan: { outcome: 'late' } });
    const late = (await importOne()).body.activity_id;
    const other = (await importOne()).body.activity_id;
    await practice.activity(other);
    expect((await practice.activity(late)).body.state).toBe('completed');
  });
});

it('the clock can be moved: tokens expire', async () => {
  const token = (await practice.signIn()).access_token;
  practice.carry(token);
  await practice.bench('clock', { milliseconds: 86_400_000 });
  expect((await lists()).status).toBe(401);
  practice.carry((await practice.signIn()).access_token);
  expect((await lists()).status).toBe(200);
});
