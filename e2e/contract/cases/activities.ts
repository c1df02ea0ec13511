import { type Case, documented } from '../case.ts';
import { at, count, endedAs, hold, isBlank, list, same, samePeople, status, text, time, uuid } from '../check.ts';
import { added, exported, fileImport, nextOf, taken, team } from '../fixtures.ts';
import { idIn } from '../world.ts';
import { nowhere } from './plumbing.ts';

const states = ['initialized', 'processing', 'completed', 'cancelled', 'failed', 'timed_out'];

const looks: Case[] = [
  documented('6.1', 'GET /activities/{activity_id} shows the activity', async (world) => {
    const { posted, ended } = await fileImport(world);
    status(ended, 200);
    const { body } = ended;
    same(uuid(body, 'activity_id'), idIn(posted, 'activity_id'), 'activity_id');
    time(body, 'created_at');
    time(body, 'updated_at');
    const percent = at(body, 'percent_done');
    hold(typeof percent === 'number' && percent >= 0 && percent <= 100, 'percent_done is not between 0 and 100');
  }),
  documented('6.1', 'activity_errors is a list', async (world) => {
    const { ended } = await fileImport(world);
    // Texts now, objects in older SDKs: either is read.
    for (const each of list(ended.body, 'activity_errors')) {
      hold(typeof each === 'string' || typeof each === 'object', 'activity_errors holds neither texts nor objects');
    }
  }),
  documented('6.1', 'GET /activities holds a new activity', async (world) => {
    const id = idIn((await fileImport(world)).posted, 'activity_id');
    await world.soon(async () => {
      let page = await world.api.get('/activities?limit=500');
      for (let pages = 0; pages < 20; pages += 1) {
        status(page, 200);
        const found = list(page.body, 'activities').find((each) => at(each, 'activity_id') === id);
        if (found !== undefined) {
          hold(states.includes(text(found, 'state')), 'The state is none of the documented ones');
          return;
        }
        const href = nextOf(page);
        hold(href !== null, 'A new activity is on no page');
        page = await world.api.follow(href);
      }
    });
  }),
  documented('6.1', 'GET /activities holds to limit and state', async (world) => {
    await fileImport(world);
    await added(world);
    const one = await world.api.get('/activities?limit=1');
    status(one, 200);
    same(list(one.body, 'activities').length, 1, 'The number of activities on a page of 1');
    await world.soon(async () => {
      const completed = await world.api.get('/activities?state=completed&limit=100');
      status(completed, 200);
      const found = list(completed.body, 'activities').map((each) => at(each, 'state'));
      hold(found.length > 0, 'No completed activity is found by its state');
      same([...new Set(found)], ['completed'], 'The states of the completed activities');
    });
  }),
  documented('6.1', 'an unknown activity is not found', async ({ api }) => {
    status(await api.get(`/activities/${nowhere}`), 404, 400);
  }),
];

const memberships: Case[] = [
  documented('6.5', 'add_list_memberships answers 201 with an activity that is initialized', async (world) => {
    const { posted } = await added(world);
    status(posted, 201);
    uuid(posted.body, 'activity_id');
    same(at(posted.body, 'state'), 'initialized', 'state');
  }),
  documented('6.5', 'add_list_memberships completes and counts items and lists', async (world) => {
    const { ended } = await added(world);
    endedAs(ended, 'completed');
    same(count(ended.body, 'status', 'items_total_count'), 2, 'items_total_count');
    same(count(ended.body, 'status', 'items_completed_count'), 2, 'items_completed_count');
    same(count(ended.body, 'status', 'list_count'), 1, 'list_count');
  }),
  documented('6.5', 'add_list_memberships puts people on the list and leaves their other lists', async (world) => {
    const { list: first } = await team(world);
    const { list: id, addresses } = await added(world);
    const second = addresses[1] ?? '';
    await world.soon(async () => {
      const lists = list(await world.person(second, 'list_memberships'), 'list_memberships');
      hold(lists.includes(id), 'Somebody added is not on the list');
      hold(lists.includes(first), 'Somebody added has left another list');
    });
  }),
  documented('6.5', 'remove_list_memberships answers 201 with an activity that completes', async (world) => {
    const { posted, ended } = await taken(world);
    status(posted, 201);
    uuid(posted.body, 'activity_id');
    endedAs(ended, 'completed');
  }),
  documented('6.5', 'remove_list_memberships takes off the named people only', async (world) => {
    const { list: id, addresses } = await taken(world);
    await world.soon(async () => {
      const on = await Promise.all(
        addresses.map(async (each) => list(await world.person(each, 'list_memberships'), 'list_memberships')),
      );
      same(
        on.map((lists) => lists.includes(id)),
        [false, true],
        'Who is still on the list',
      );
      same(await world.members(id), 1, 'membership_count');
    });
  }),
  documented(
    '6.5',
    'remove_list_memberships neither deletes nor unsubscribes, nor touches other lists',
    async (world) => {
      const { list: other } = await team(world);
      const { addresses } = await taken(world);
      const person = await world.soon(() => world.person(addresses[0] ?? '', 'list_memberships'));
      hold(isBlank(at(person, 'deleted_at')), 'Somebody taken off was deleted');
      same(at(person, 'email_address', 'permission_to_send'), 'implicit', 'permission_to_send');
      hold(list(person, 'list_memberships').includes(other), 'Somebody taken off has left another list too');
    },
  ),
];

const exports: Case[] = [
  documented('6.5', 'contact_exports answers 201 with an activity that completes', async (world) => {
    const { posted, ended } = await exported(world);
    status(posted, 201);
    uuid(posted.body, 'activity_id');
    endedAs(ended, 'completed');
    count(ended.body, 'status', 'items_total_count');
  }),
  documented('6.5', 'a finished export is text/csv behind _links.results.href', async (world) => {
    const { ended, file } = await exported(world);
    text(ended.body, '_links', 'results', 'href');
    status(file, 200);
    hold((file.headers.get('content-type') ?? '').startsWith('text/csv'), 'The export is not text/csv');
  }),
  documented('6.5', 'an export of a list holds its people, each once, and nobody else', async (world) => {
    const { file, inList } = await exported(world);
    const found = file.text.toLowerCase().match(/[^\s",;]+@[^\s",;]+/g) ?? [];
    samePeople(found, inList, 'The export');
  }),
];

/** Bulk activities other than imports (6.1, 6.5). */
export const activities: Case[] = [...looks, ...memberships, ...exports];
