import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import en from '../../../preload/messages/en.json' with { type: 'json' };
import fr from '../../../preload/messages/fr.json' with { type: 'json' };
import { TestAccount } from '../test-support/test-account.ts';
import { chooseLanguage } from './words.ts';

let practice: TestAccount;
let list: string;
beforeAll(async () => {
  practice = await TestAccount.start();
  list = await practice.list('<i>Odd</i> & "list"');
  const rows = Array.from({ length: 60 }, (_, index) => `page${index}@example.com,Page ${index}`);
  const posted = await practice.importFile(`email,first_name\n${rows.join('\n')}\nbad,Bad`, [list], 'segue-1-1-aa.csv');
  await practice.activity(posted.body.activity_id);
});
afterAll(() => practice.stop());

const page = (path: string, headers: Record<string, string> = {}) => practice.fetch(path, { headers });
const everyPage = [
  '/',
  '/lists',
  '/contacts',
  '/activities',
  '/requests',
  '/developer',
  '/activate',
  '/contacts/nobody',
];

describe.each(['en', 'fr'])('in %s', (language) => {
  it.each(everyPage)('%s is a whole page with a policy, no script and no word missing', async (path) => {
    const seen = await page(`${path}?lang=${language}`);
    expect(seen.status).toBe(path === '/contacts/nobody' ? 404 : 200);
    expect(seen.text).toContain(`<html lang="${language}">`);
    expect(seen.text.match(/<h1>/g)).toHaveLength(1);
    expect(seen.text).not.toMatch(/<script|practice\.[a-z]+[.-]|undefined|\[object/);
    expect(seen.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(seen.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

it('both catalogues know the same words', () => {
  const own = (words: object) => Object.keys(words).filter((key) => key.startsWith('practice.'));
  expect(own(en)).toEqual(own(fr));
});

it('shows what landed', async () => {
  const home = await page('/');
  expect(home.text).toContain('420');
  expect(home.text).toContain('&lt;i&gt;Odd&lt;/i&gt; &amp; &quot;list&quot;');
  const activities = await page('/activities');
  expect(activities.text).toContain('segue-1-1-aa.csv');
  expect(activities.text).toContain('Completed');
  expect(activities.text).toContain('Line 62: Invalid email address');
  const requests = await page('/requests');
  expect(requests.text).toContain('POST /v3/activities/contacts_file_import');
});

describe('contacts', () => {
  it('are found by address, by part of one, by list and by permission', async () => {
    expect((await page('/contacts?q=PAGE7@example.com')).text).toContain('page7@example.com');
    const part = (await page('/contacts?q=page5')).text;
    expect(part.match(/page5\d?@example\.com/g)).toHaveLength(11);
    const onList = (await page(`/contacts?list=${list}&q=page5`)).text;
    expect(onList.match(/page5\d?@example\.com/g)).toHaveLength(11);
    const out = (await page('/contacts?permission=unsubscribed')).text;
    expect(out).toContain('<span class="warn">Unsubscribed</span>');
    expect(out).not.toContain('page1@');
  });

  it('come in pages', async () => {
    const first = (await page(`/contacts?list=${list}`)).text;
    expect(first.match(/page\d+@example\.com/g)).toHaveLength(50);
    const next = /rel="next" href="([^"]+)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = (await page(next)).text;
    expect(second.match(/page\d+@example\.com/g)).toHaveLength(10);
    expect(second).not.toContain('rel="next"');
  });

  it('are shown one by one', async () => {
    const [contact] = (await practice.api('GET', '/contacts?email=page7@example.com')).body.contacts;
    const seen = await page(`/contacts/${contact.contact_id}`);
    expect(seen.text).toContain('Page 7');
    expect(seen.text).toContain('Implicit');
  });
});

it('the request log keeps names of parameters, never values', async () => {
  await practice.api('GET', '/contacts?email=secret.person@example.com&status=all');
  const { text } = await page('/requests');
  expect(text).toContain('/v3/contacts?email&amp;status');
  expect(text).not.toContain('secret.person');
});

describe('the language', () => {
  it.each([
    ['fr', 'en', 'en', 'fr'],
    [null, 'fr', 'en', 'fr'],
    [null, null, 'fr-CA,fr;q=0.9,en;q=0.8', 'fr'],
    [null, null, 'en;q=0.5,fr;q=0.9', 'fr'],
    [null, null, 'de,en;q=0.9', 'en'],
    [null, null, undefined, 'en'],
    ['xx', null, undefined, 'en'],
  ] as const)('asked %s, started in %s, browser %s: %s', (asked, started, accepted, language) => {
    expect(chooseLanguage(asked, started, accepted)).toBe(language);
  });
});
