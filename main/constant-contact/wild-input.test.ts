import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { SegueError } from '../errors/segue-error.ts';
import { activitySchema, toActivity } from './activities.ts';
import { resolveAddresses } from './addresses.ts';
import { backoffMs, retryAfterMs } from './clock.ts';
import { proxyFromResolved } from './dispatchers.ts';
import { createApiClient } from './http-client.ts';
import { parseListReference } from './list-reference.ts';
import { RemoteError, readAnswer } from './remote-answer.ts';

const gate = {
  permit: async () => ({ accessToken: 't' }),
  onUnauthorized: async () => undefined,
  onLimited: () => undefined,
};
const client = createApiClient({ apiUrl: 'https://api.cc.email/v3', gate, userAgent: 'Segue/1' });

afterAll(() => client.close());

const pieces = fc.constantFrom(
  '/',
  '\\',
  '..',
  '.',
  'v3',
  'v2',
  '%2e',
  '%2f',
  '@',
  ':',
  '//',
  '?',
  '#',
  'evil.example',
  'https:',
  ' ',
  '\t',
);
const links = fc.oneof(
  fc.string(),
  fc.webUrl(),
  fc.array(pieces, { maxLength: 10 }).map((parts) => parts.join('')),
);

test('no link whatever leads the token out of the API', () => {
  fc.assert(
    fc.property(links, (href) => {
      let address: string;
      try {
        address = client.resolveLink(href);
      } catch (thrown) {
        expect(thrown).toMatchObject({ code: 'remote.invalid-answer' });
        return;
      }
      const url = new URL(address);
      expect(url.origin).toBe('https://api.cc.email');
      expect(url.pathname.startsWith('/v3/')).toBe(true);
      expect(url.username + url.password).toBe('');
    }),
    { numRuns: 2_000 },
  );
});

test('no refusal whatever breaks the reader, or brings an address into it', () => {
  const bodies = fc.oneof(
    fc.string(),
    fc.json(),
    fc.emailAddress().map((email) => JSON.stringify([{ error_message: `x ${email} y` }])),
  );
  fc.assert(
    fc.property(fc.integer({ min: 300, max: 599 }), bodies, (status, body) => {
      const answer = readAnswer(status, body);
      expect(answer.status).toBe(status);
      expect(answer.errorKey).toMatch(/^[\w.-]{0,100}$/);
      expect(answer.firstMessage.length).toBeLessThanOrEqual(200);
      expect(answer.firstMessage).not.toContain('@');
      expect(new RemoteError(answer).params.status).toBe(status);
    }),
  );
});

test('any text names a list, or is refused as a reference', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.uuid()), (text) => {
      try {
        const reference = parseListReference(text);
        expect(reference.kind === 'id' ? reference.listId : reference.name).not.toBe('');
      } catch (thrown) {
        expect(thrown).toMatchObject({ code: 'list.invalid-reference' });
      }
    }),
  );
});

test('any address is https, this computer, or refused', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ minLength: 1 }), fc.webUrl({ validSchemes: ['http', 'https', 'ws'] })), (text) => {
      try {
        const { apiUrl } = resolveAddresses({ SEGUE_API_URL: text });
        expect(apiUrl).toMatch(/^https:\/\//);
      } catch (thrown) {
        expect((thrown as SegueError).code).toBe('network.insecure-address');
      }
    }),
  );
});

test('activities with any of their parts missing or null are read', () => {
  const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null | undefined> =>
    fc.oneof(value, fc.constant(null), fc.constant(undefined));
  const errors = fc.array(fc.oneof(fc.string(), fc.record({ message: maybe(fc.string()) })));
  const wire = fc.record({
    activity_id: fc.string({ minLength: 1 }),
    state: fc.string(),
    percent_done: maybe(fc.integer()),
    source_file_name: maybe(fc.string()),
    activity_errors: maybe(errors),
    status: maybe(fc.record({ items_total_count: maybe(fc.nat()), error_count: maybe(fc.nat()) })),
    _links: maybe(fc.record({ results: maybe(fc.record({ href: fc.string() })) })),
    anything: fc.jsonValue(),
  });
  fc.assert(
    fc.property(wire, (one) => {
      const activity = toActivity(activitySchema.parse(JSON.parse(JSON.stringify(one))));
      expect(activity.activityId).toBe(one.activity_id);
      expect(activity.counters.error).toBe(one.status?.error_count ?? null);
    }),
  );
});

test('waits are finite, never negative, and proxies are addresses', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 10_000 }), (text, attempt) => {
      const asked = retryAfterMs(text, 0);
      if (asked !== null) expect(asked >= 0 && asked <= 86_400_000).toBe(true);
      expect(backoffMs(attempt, () => 0.999)).toBeLessThanOrEqual(37_500);
      const proxy = proxyFromResolved(text);
      if (proxy !== null) expect(URL.canParse(proxy)).toBe(true);
    }),
  );
  expect(retryAfterMs('120', 0)).toBe(120_000);
  expect(retryAfterMs(new Date(60_000).toUTCString(), 0)).toBe(60_000);
});
