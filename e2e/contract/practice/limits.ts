import type { Answer } from '../api.ts';
import type { Case } from '../case.ts';
import { at, endedAs, errorKey, hold, list, same, status } from '../check.ts';
import { idIn } from '../world.ts';
import { type Bench, day, here, inferred, second, sim } from './bench.ts';

const ask = ({ api }: Bench): Promise<Answer> => api.get('/account/user/privileges');

/** Several requests at once: how often each status came. */
async function burst(bench: Bench, size: number): Promise<Answer[]> {
  return Promise.all(Array.from({ length: size }, () => ask(bench)));
}

const refusedAmong = (answers: readonly Answer[]) => answers.filter((answer) => answer.status === 429);

/** Limits and time (3, 6.1): at the real pace, on an account of its own, whose clock is moved. */
export const limits: readonly Case<Bench>[] = [
  here('3', '4 requests a second are let through, the 5th is 429 throttled, a bare object', async (bench) => {
    const answers = await burst(bench, 6);
    const refused = refusedAmong(answers);
    // A burst that straddles two seconds of the clock still holds to four within one.
    same(refused.length, 2, 'How many of 6 at once were refused');
    same(refused[0]?.body, { error_key: 'throttled', error_message: 'Too Many Requests' }, 'The body');
  }),
  here('3', 'there is no Retry-After and no header of rates', async (bench) => {
    const [refused] = refusedAmong(await burst(bench, 6));
    hold(refused !== undefined, 'None of 6 at once was refused');
    const names = [...refused.headers.keys()];
    same(
      names.filter((name) => name === 'retry-after' || name.includes('rate')),
      [],
      'The headers of limits',
    );
  }),
  sim('3', 'the window of a second slides', async (bench) => {
    same(refusedAmong(await burst(bench, 4)).length, 0, 'How many of 4 were refused');
    await bench.later(1_001);
    same(refusedAmong(await burst(bench, 5)).length, 1, 'How many of 5 a second later were refused');
  }),
  here('3', 'each API key has its own limit', async (bench) => {
    await burst(bench, 6);
    const clientId = '11111111-2222-3333-4444-555555555555';
    await bench.later(3 * second);
    const other = bench.api.as(await bench.practice.signIn({ clientId }));
    await burst(bench, 4);
    status(await other.get('/account/user/privileges'), 200);
  }),
  here(
    '3',
    'requests beyond the day’s number are 429 quota_exceeded, a bare object, until 00:00 UTC',
    async (bench) => {
      await bench.settings({ requestsPerDay: 3, requestsPerSecond: 1_000 });
      const today = await burst(bench, 5);
      const refused = refusedAmong(today);
      hold(refused.length >= 2, 'Too many requests of a day were let through');
      same(refused[0]?.body, { error_key: 'quota_exceeded', error_message: 'Limit Exceeded' }, 'The body');
      await bench.later(day);
      await bench.signIn();
      same(refusedAmong(await burst(bench, 3)).length, 0, 'How many of the next day were refused');
      await bench.settings({ requestsPerDay: 10_000 });
    },
  ),
  sim('3', 'the day’s number is 10,000', async (bench) => {
    const settings = await bench.settings({});
    same([at(settings, 'requestsPerDay'), at(settings, 'queuedActivities')], [10_000, 1_000], 'The limits');
  }),
  here('3', 'too many queued activities are 429 with another key', async (bench) => {
    await bench.settings({ requestsPerSecond: 1_000, queuedActivities: 2 });
    const id = await bench.newList();
    const posted = [];
    for (let index = 0; index < 3; index += 1) {
      posted.push(await bench.api.importFile(`email\r\n${bench.newAddress()}\r\n`, [id]));
    }
    await bench.settings({ queuedActivities: 1_000 });
    same(
      posted.map((answer) => answer.status),
      [201, 201, 429],
      'The statuses',
    );
    const key = posted[2] === undefined ? null : errorKey(posted[2]);
    hold(key !== null && key !== 'throttled' && key !== 'quota_exceeded', `error_key is ${key}`);
  }),
  sim('6.5', 'an activity is initialized for half a second, then processed at about 4,000 rows/s', async (bench) => {
    await bench.settings({ requestsPerSecond: 1_000 });
    const id = await bench.newList();
    const rows = Array.from({ length: 8_000 }, (_, index) => `slow${index}@example.com`);
    const posted = await bench.api.importFile(`email\r\n${rows.join('\r\n')}\r\n`, [id]);
    same(at(posted.body, 'state'), 'initialized', 'state');
    hold(at(posted.body, 'started_at') === undefined, 'started_at is there already');
    const began = performance.now();
    const percents: number[] = [];
    const looking = async () => {
      const look = await bench.until(posted, 'processing', 'completed');
      percents.push(Number(at(look.body, 'percent_done')));
      return at(look.body, 'state');
    };
    while ((await looking()) !== 'completed');
    const took = performance.now() - began;
    hold(took > 1_900 && took < 15_000, `8,000 rows took ${Math.round(took)} ms`);
    same(
      percents,
      [...percents].sort((a, b) => a - b),
      'percent_done, look by look',
    );
    hold(new Set(percents).size > 3, 'percent_done does not rise');
  }),
  here('6.1', 'activities are kept 10 days, then 404', async (bench) => {
    await bench.settings({ requestsPerSecond: 1_000 });
    const posted = await bench.api.importFile(`email\r\n${bench.newAddress()}\r\n`, [await bench.newList()]);
    endedAs(await bench.until(posted, 'completed'), 'completed');
    await bench.later(10 * day + second);
    await bench.signIn();
    status(await bench.api.get(`/activities/${idIn(posted, 'activity_id')}`), 404);
    same(list((await bench.api.get('/activities')).body, 'activities'), [], 'The activities');
  }),
  here('2.7', 'the token endpoint takes about one request a second, then 429', async ({ practice }) => {
    const post = () =>
      practice.token({ grant_type: 'refresh_token', client_id: practice.clientId, refresh_token: 'x' });
    const answers = await Promise.all(Array.from({ length: 8 }, post));
    hold(
      answers.some((answer) => answer.status === 429),
      'None of 8 at once was refused',
    );
  }),
  inferred('2.5', 'polling a device code too quickly is slow_down', async (bench) => {
    await bench.later(10 * second);
    const { practice } = bench;
    const form = { client_id: practice.clientId, scope: 'contact_data', response_type: 'code', state: 's' };
    const body = new URLSearchParams(form);
    const started = await (await fetch(`${practice.authUrl}/device/authorize`, { method: 'POST', body })).json();
    const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
    const device_code = String(at(started, 'device_code'));
    const poll = async () =>
      at((await practice.token({ grant_type, client_id: practice.clientId, device_code })).body, 'error');
    same([await poll(), await poll()], ['authorization_pending', 'slow_down'], 'The errors');
  }),
];
