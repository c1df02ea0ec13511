import { type Case, documented } from '../case.ts';
import { at, errorKey, errorList, hold, list, refused, same, samePeople, status, time, uuid } from '../check.ts';
import { everybodyOn, everyPage, nextOf, team } from '../fixtures.ts';
import { idIn } from '../world.ts';

/** A well-formed id that nothing has. */
export const nowhere = '00000000-0000-1000-8000-000000000000';

const wrongToken = 'segue-contract-no-such-token';

/** Hosts, versions, paging (1) and errors (10). */
export const plumbing: Case[] = [
  documented('1', 'answers are JSON', async ({ api }) => {
    const answer = await api.get('/contact_lists?limit=1');
    status(answer, 200);
    hold((answer.headers.get('content-type') ?? '').includes('application/json'), 'The content type is not JSON');
    hold(answer.body !== undefined, 'The body is not JSON');
  }),
  documented('1', 'ids are UUIDs, times are ISO-8601', async (world) => {
    const made = await world.postList('plumbing');
    uuid(made.body, 'list_id');
    const shown = await world.api.get(`/contact_lists/${idIn(made, 'list_id')}`);
    uuid(shown.body, 'list_id');
    time(shown.body, 'created_at');
    time(shown.body, 'updated_at');
  }),
  documented('1', 'limit holds for a page, and the next page arrives as _links.next.href', async (world) => {
    await Promise.all([world.newList('page 1'), world.newList('page 2'), world.newList('page 3')]);
    // Other cases make lists meanwhile, which may shift the pages once; a circle stays one.
    await world.soon(async () => {
      const first = await world.api.get('/contact_lists?limit=2');
      status(first, 200);
      same(list(first.body, 'lists').length, 2, 'The number of lists on a page of 2');
      const href = nextOf(first);
      hold(href !== null, '_links.next.href is missing although there are more than 2 lists');
      const second = await world.api.follow(href);
      status(second, 200);
      const ids = [first, second].flatMap(({ body }) => list(body, 'lists').map((each) => at(each, 'list_id')));
      hold(ids.length > 2 && ids.length <= 4, 'The second page of 2 is empty or too long');
      same(new Set(ids).size, ids.length, 'The number of different lists on two pages');
    });
  }),
  documented('1', 'the link to the next page is a path on the same host', async (world) => {
    await Promise.all([world.newList('page 1b'), world.newList('page 2b')]);
    const href = nextOf(await world.api.get('/contact_lists?limit=1'));
    hold(href !== null, '_links.next.href is missing although there is more than 1 list');
    hold(/^\/(?!\/)/.test(href), '_links.next.href is no path relative to the host');
  }),
  documented('1', 'without _links.next a page is the last: the pages hold everything once', async (world) => {
    const { list: id, addresses: wanted } = await team(world);
    await world.soon(async () => {
      const { items, sizes } = await everybodyOn(world, id, 2);
      const addresses = items.map((item) => String(at(item, 'email_address', 'address')).toLowerCase());
      samePeople(addresses, wanted, 'The pages of a list');
      hold(
        sizes.every((size) => size <= 2),
        'A page of 2 has more than 2 people',
      );
    });
  }),
  documented('1', 'one page that holds everything has no next page', async (world) => {
    const { list: id } = await team(world);
    const { sizes } = await everyPage(world.api, `/contacts?lists=${id}&limit=500`, 'contacts', 3);
    same(sizes.length, 1, 'The number of pages of 500 for a handful of people');
  }),
  documented('10', 'a bad token is answered with 401', async ({ api }) => {
    status(await api.request('GET', '/contact_lists?limit=1', { token: wrongToken }), 401);
    status(await api.request('GET', '/contacts?limit=1', { token: wrongToken }), 401);
    status(await api.request('GET', '/activities?limit=1', { token: wrongToken }), 401);
  }),
  documented('10', 'the body of 401 is a bare object {error_key: unauthorized, error_message}', async ({ api }) => {
    const answer = await api.request('GET', '/contact_lists?limit=1', { token: wrongToken });
    hold(!Array.isArray(answer.body), 'The body of 401 is a list');
    same(errorKey(answer), 'unauthorized', 'error_key');
    hold(typeof at(answer.body, 'error_message') === 'string', 'error_message is missing');
  }),
  documented('1', 'a request without a token is refused (401 or 403)', async ({ api }) => {
    status(await api.request('GET', '/contact_lists?limit=1', { token: null }), 401, 403);
  }),
  documented('10', 'a bad token changes nothing', async (world) => {
    const name = world.name('forbidden');
    world.belongings.expect('list', name);
    const answer = await world.api.request('POST', '/contact_lists', { json: { name }, token: wrongToken });
    status(answer, 401);
    const found = await world.api.get(`/contact_lists?name=${encodeURIComponent(name)}`);
    same(list(found.body, 'lists').length, 0, 'The number of lists made with a bad token');
    world.belongings.forget('list', name);
  }),
  documented('10', 'a validation error is 400 with a list of {error_key, error_message}', async ({ api }) => {
    const answer = await api.get('/contact_lists?limit=1&include_membership_count=nonsense');
    status(answer, 400);
    same(errorList(answer), 'contacts.api.validation.error', 'error_key');
  }),
  documented('10', 'an unknown contact or custom field is refused', async ({ api }) => {
    for (const path of ['/contacts', '/contact_custom_fields']) status(await api.get(`${path}/${nowhere}`), 404, 400);
  }),
  documented('10', 'a malformed id is refused', async ({ api }) => {
    status(await api.get('/contacts/not-an-id'), 400, 404);
    status(await api.get('/contact_lists/not-an-id'), 400, 404);
  }),
  documented('10', 'a body that is no JSON is not taken for a contact', async ({ api }) => {
    const answer = await api.request('POST', '/contacts', { raw: 'hello', contentType: 'text/plain' });
    refused(answer);
  }),
];
