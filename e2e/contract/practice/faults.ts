import type { Answer } from '../api.ts';
import type { Case } from '../case.ts';
import { at, Broken, endedAs, errorKey, hold, list, same, status, text } from '../check.ts';
import { idIn } from '../world.ts';
import { type Bench, sim } from './bench.ts';

const route = '/v3/contact_lists';
const ask = ({ api }: Bench): Promise<Answer> => api.get('/contact_lists?limit=1');
const activities = async ({ api }: Bench) => list((await api.get('/activities?limit=500')).body, 'activities').length;

const importOne = async (bench: Bench): Promise<Answer> =>
  bench.api.importFile(`email\r\n${bench.newAddress()}\r\n`, [await bench.newList()]);

/** @throws Broken unless there is no whole answer */
async function breaksOff(request: Promise<Answer>): Promise<void> {
  const isWhole = await request.then(
    () => true,
    (error: unknown) => {
      if (error instanceof Broken) return false;
      throw error;
    },
  );
  hold(!isWhole, 'There is a whole answer');
}

const requests: Case<Bench>[] = [
  sim('faults', 'any status and body on the nth call of a route, as often as told', async (bench) => {
    const fault = { kind: 'status', status: 503, body: [{ error_key: 'x', error_message: 'y' }] };
    await bench.fault({ method: 'GET', path: route, nth: 2, times: 2, fault });
    const answers = [await ask(bench), await ask(bench), await ask(bench), await ask(bench)];
    same(
      answers.map((answer) => answer.status),
      [200, 503, 503, 200],
      'The statuses',
    );
    same(answers[1] === undefined ? null : errorKey(answers[1]), 'x', 'error_key');
  }),
  sim('faults', 'other routes are left alone, patterns hold for parts of a path', async (bench) => {
    await bench.fault({ path: '/v3/contact_lists/*', times: 9, fault: { kind: 'status', status: 500 } });
    status(await ask(bench), 200);
    status(await bench.api.get('/contact_lists/anything'), 500);
  }),
  sim('faults', 'dropped before it was taken: nothing happened', async (bench) => {
    const before = await activities(bench);
    const id = await bench.newList();
    await bench.fault({ path: '/v3/activities/contacts_file_import', fault: { kind: 'drop', when: 'before' } });
    await breaksOff(bench.api.importFile('email\r\na@example.com\r\n', [id]));
    same(await activities(bench), before, 'The number of activities');
  }),
  sim('faults', 'dropped after it was taken: it happened, and can be found by its file name', async (bench) => {
    const id = await bench.newList();
    const name = `segue-lost-${bench.fresh()}.csv`;
    await bench.fault({ path: '/v3/activities/contacts_file_import', fault: { kind: 'drop', when: 'after' } });
    await breaksOff(bench.api.importFile(`email\r\n${bench.newAddress()}\r\n`, [id], name));
    const { body } = await bench.api.get('/activities?limit=50');
    const lost = list(body, 'activities').filter((each) => at(each, 'source_file_name') === name);
    same(lost.length, 1, 'How many activities have the file name');
  }),
  sim('faults', 'slow', async (bench) => {
    await bench.fault({ path: route, fault: { kind: 'slow', milliseconds: 150 } });
    const began = performance.now();
    status(await ask(bench), 200);
    hold(performance.now() - began >= 149, 'The answer came at once');
  }),
  sim('faults', 'truncated', async (bench) => {
    await bench.fault({ path: route, fault: { kind: 'truncate', bytes: 10 } });
    await breaksOff(ask(bench));
  }),
  sim('faults', 'HTML instead of JSON', async (bench) => {
    await bench.fault({ path: route, fault: { kind: 'html', status: 403 } });
    const answer = await ask(bench);
    status(answer, 403);
    hold(answer.body === undefined && answer.text.includes('<'), 'The body is not HTML');
  }),
  ...(
    [
      ['throttled', 429, 'throttled'],
      ['quota', 429, 'quota_exceeded'],
      ['unauthorized', 401, 'unauthorized'],
    ] as const
  ).map(([kind, answered, key]) =>
    sim('faults', `${kind} is ${answered} with ${key}, as a bare object`, async (bench) => {
      await bench.fault({ path: '/v3/**', times: 2, fault: { kind } });
      for (const answer of [await ask(bench), await ask(bench)]) {
        same([answer.status, at(answer.body, 'error_key')], [answered, key], 'status and key');
      }
      status(await ask(bench), 200);
    }),
  ),
  sim('faults', 'a full queue is 429 with a key of its own', async (bench) => {
    await bench.fault({ path: '/v3/activities/*', fault: { kind: 'queue-full' } });
    const answer = await importOne(bench);
    status(answer, 429);
    hold(!['throttled', 'quota_exceeded', null].includes(errorKey(answer)), 'error_key is that of another 429');
  }),
  sim('faults', 'access tokens revoked: 401, and a refresh gives one that works', async (bench) => {
    const tokens = await bench.practice.tokens();
    const api = bench.api.as(text(tokens, 'access_token'));
    status(await api.get('/contact_lists?limit=1'), 200);
    await bench.practice.bench('revoke', { tokens: 'access' });
    status(await api.get('/contact_lists?limit=1'), 401);
    const { clientId } = bench.practice;
    const form = { grant_type: 'refresh_token', client_id: clientId, refresh_token: text(tokens, 'refresh_token') };
    const next = await bench.practice.token(form);
    status(await api.as(text(next.body, 'access_token')).get('/contact_lists?limit=1'), 200);
    await bench.signIn();
  }),
  sim('faults', 'refresh tokens revoked: invalid_grant, while the access token lives on', async (bench) => {
    const tokens = await bench.practice.tokens();
    await bench.practice.bench('revoke', { tokens: 'refresh' });
    const { clientId } = bench.practice;
    const form = { grant_type: 'refresh_token', client_id: clientId, refresh_token: text(tokens, 'refresh_token') };
    same(at((await bench.practice.token(form)).body, 'error'), 'invalid_grant', 'error');
    status(await bench.api.as(text(tokens, 'access_token')).get('/contact_lists?limit=1'), 200);
  }),
  sim('faults', 'faults of the token endpoint', async (bench) => {
    await bench.fault({ path: '/oauth2/default/v1/token', fault: { kind: 'html', status: 503 } });
    const body = new URLSearchParams({ grant_type: 'refresh_token' });
    const answer = await fetch(`${bench.practice.authUrl}/token`, { method: 'POST', body });
    same(answer.status, 503, 'The status');
    await answer.text();
  }),
];

const ofActivities: Case<Bench>[] = [
  ...(['failed', 'timed_out', 'cancelled'] as const).map((outcome) =>
    sim('faults', `an activity that ends as ${outcome}, part of its rows done`, async (bench) => {
      await bench.fault({ activity: 'file_import', plan: { outcome, atPercent: 50 } });
      const id = await bench.newList();
      const rows = Array.from({ length: 100 }, (_, index) => `${outcome}.${index}@example.com`);
      const ended = await bench.importCsv(`email\r\n${rows.join('\r\n')}\r\n`, [id]);
      endedAs(ended, outcome);
      same(await bench.world.members(id), 50, 'membership_count');
    }),
  ),
  sim('faults', 'an activity that is stuck until it is let go, others pass it', async (bench) => {
    await bench.fault({ plan: { outcome: 'stuck', atPercent: 0 } });
    const stuck = await importOne(bench);
    endedAs(await bench.world.ended(await importOne(bench)), 'completed');
    endedAs(await bench.until(stuck, 'processing'), 'processing');
    await bench.practice.bench('release', { activity_id: idIn(stuck, 'activity_id') });
    endedAs(await bench.until(stuck, 'completed'), 'completed');
  }),
  sim('faults', 'an activity that is late, so that a later one ends first', async (bench) => {
    await bench.fault({ plan: { outcome: 'late' } });
    const [late, other] = [await importOne(bench), await importOne(bench)];
    const first = await bench.until(other, 'completed');
    endedAs(first, 'completed');
    endedAs(await bench.until(late, 'completed'), 'completed');
  }),
];

/** Faults on demand: one after the other, on an account of their own. */
export const faults: readonly Case<Bench>[] = [...requests, ...ofActivities];
