import type { Answer } from '../api.ts';
import { type Case, documented } from '../case.ts';
import { at, count, endedAs, hold, isBlank, list, offered, same, status, text, uuid } from '../check.ts';
import { fileImport } from '../fixtures.ts';
import { idIn, type World } from '../world.ts';
import { nowhere } from './plumbing.ts';

const named = (name: string) => `/contact_lists?name=${encodeURIComponent(name)}`;
const namesOf = (answer: Answer) => list(answer.body, 'lists').map((each) => at(each, 'name'));

/** A list with a member, deleted; the member stays. */
function deletedList(world: World) {
  return world.once('deleted list', async () => {
    const id = await world.newList('deleted');
    const contact = await world.newContact('list.member', { first_name: 'Stays', list_memberships: [id] });
    const posted = await world.api.delete(`/contact_lists/${id}`);
    if (posted.status < 300) world.belongings.forget('list', world.name('deleted'));
    return { id, contact, posted };
  });
}

/** Lists (4). */
export const lists: Case[] = [
  documented('4', 'POST /contact_lists answers 201', async (world) => {
    status(await world.postList('created'), 201);
  }),
  documented('4', 'a new list is answered with list_id, name, description, favorite and times', async (world) => {
    const { body } = await world.postList('described', { description: 'Made by a test', favorite: true });
    uuid(body, 'list_id');
    same(at(body, 'name'), world.name('described'), 'name');
    same(at(body, 'description'), 'Made by a test', 'description');
    same(at(body, 'favorite'), true, 'favorite');
    text(body, 'created_at');
    text(body, 'updated_at');
  }),
  documented('4', 'a list needs a name', async ({ api }) => {
    const answer = await api.post('/contact_lists', { description: 'No name' });
    const made = at(answer.body, 'list_id');
    if (typeof made === 'string') await api.delete(`/contact_lists/${made}`);
    status(answer, 400);
  }),
  documented('4', 'a second list of the same name is refused with 409', async (world) => {
    await world.newList('twice');
    const again = await world.api.post('/contact_lists', { name: world.name('twice') });
    const second = at(again.body, 'list_id');
    if (again.status < 300 && typeof second === 'string') await world.api.delete(`/contact_lists/${second}`);
    status(again, 409);
  }),
  documented('4', 'GET /contact_lists/{list_id} shows the list', async (world) => {
    const id = await world.newList('one');
    const answer = await world.api.get(`/contact_lists/${id}`);
    status(answer, 200);
    same(at(answer.body, 'list_id'), id, 'list_id');
    same(at(answer.body, 'name'), world.name('one'), 'name');
  }),
  documented('4', 'an unknown list is 404', async ({ api }) => {
    status(await api.get(`/contact_lists/${nowhere}`), 404);
  }),
  documented('4', 'PUT /contact_lists/{list_id} changes name and description', async (world) => {
    const id = await world.newList('before');
    const name = world.name('after');
    const answer = await world.api.put(`/contact_lists/${id}`, { name, description: 'Changed', favorite: false });
    offered(answer);
    status(answer, 200);
    const shown = await world.soon(async () => {
      const seen = await world.api.get(`/contact_lists/${id}`);
      same(at(seen.body, 'name'), name, 'name after PUT');
      return seen;
    });
    same(at(shown.body, 'description'), 'Changed', 'description after PUT');
  }),
  documented('4', 'membership_count is shown only when asked for', async (world) => {
    const made = await world.postList('counted');
    hold(isBlank(at(made.body, 'membership_count')), 'The answer to POST has a membership_count');
    const id = idIn(made, 'list_id');
    const plain = await world.api.get(`/contact_lists/${id}`);
    hold(isBlank(at(plain.body, 'membership_count')), 'One list has a membership_count although nobody asked');
    for (const kind of ['all', 'active']) {
      const counted = await world.api.get(`/contact_lists/${id}?include_membership_count=${kind}`);
      status(counted, 200);
      same(at(counted.body, 'membership_count'), 0, `membership_count (${kind}) of a new list`);
    }
  }),
  documented('4', 'membership_count is shown in the collection only when asked for', async (world) => {
    await world.newList('counted among others');
    const path = named(world.name('counted among others'));
    const plain = list((await world.api.get(path)).body, 'lists');
    hold(isBlank(at(plain, 0, 'membership_count')), 'Lists have a membership_count although nobody asked');
    const counted = list((await world.api.get(`${path}&include_membership_count=all`)).body, 'lists');
    same(at(counted, 0, 'membership_count'), 0, 'membership_count of a new list');
  }),
  documented('4', 'membership_count is the number of people on the list', async (world) => {
    const { list: id, fresh } = await fileImport(world);
    await world.soon(async () => same(await world.members(id), fresh.length + 1, 'membership_count'));
  }),
  documented('4', 'lists_count is shown with include_count=true', async (world) => {
    await Promise.all([world.newList('among 1'), world.newList('among 2')]);
    const answer = await world.api.get('/contact_lists?include_count=true&limit=1');
    status(answer, 200);
    hold(count(answer.body, 'lists_count') >= 2, 'lists_count is smaller than the number of our own lists');
  }),
  documented('4', 'name finds the list of exactly this name', async (world) => {
    const id = await world.newList('found by name');
    await world.soon(async () => {
      const answer = await world.api.get(named(world.name('found by name')));
      status(answer, 200);
      same(
        list(answer.body, 'lists').map((each) => at(each, 'list_id')),
        [id],
        'The lists found by their full name',
      );
    });
    const part = await world.api.get(named(world.name('found by')));
    same(namesOf(part).length, 0, 'The number of lists found by a part of the name');
  }),
  documented('4', 'the collection holds a new list', async (world) => {
    const id = await world.newList('listed');
    await world.soon(async () => {
      let page = await world.api.get('/contact_lists?limit=500');
      for (let pages = 0; pages < 20; pages += 1) {
        if (list(page.body, 'lists').some((each) => at(each, 'list_id') === id)) return;
        const href = at(page.body, '_links', 'next', 'href');
        hold(typeof href === 'string', 'The new list is on no page');
        page = await world.api.follow(href);
      }
    });
  }),
  documented('4', 'a page has 50 lists unless asked otherwise', async ({ api }) => {
    const answer = await api.get('/contact_lists');
    status(answer, 200);
    hold(list(answer.body, 'lists').length <= 50, 'A page without limit has more than 50 lists');
  }),
  documented('4', 'DELETE /contact_lists/{list_id} answers 202', async (world) => {
    status((await deletedList(world)).posted, 202);
  }),
  documented('4', 'DELETE of a list answers with a Location and an activity', async (world) => {
    const { posted } = await deletedList(world);
    uuid(posted.body, 'activity_id');
    text(posted.body, 'state');
    hold(!isBlank(posted.headers.get('location')), 'There is no Location header');
  }),
  documented('4', 'a deleted list is gone once its activity has completed', async (world) => {
    const { id, posted } = await deletedList(world);
    endedAs(await world.ended(posted), 'completed');
    await world.soon(async () => {
      const one = await world.api.get(`/contact_lists/${id}`);
      status(one, 404, 200);
      if (one.status === 200) text(one.body, 'deleted_at');
      const living = await world.api.get(`${named(world.name('deleted'))}&status=active`);
      same(namesOf(living).length, 0, 'The number of active lists of a deleted name');
    });
  }),
  documented('4', 'deleting a list removes its memberships, not its people', async (world) => {
    const { contact, id, posted } = await deletedList(world);
    endedAs(await world.ended(posted), 'completed');
    await world.soon(async () => {
      const person = await world.api.get(`/contacts/${contact}?include=list_memberships`);
      status(person, 200);
      hold(isBlank(at(person.body, 'deleted_at')), 'The member was deleted with the list');
      const memberships = at(person.body, 'list_memberships') ?? [];
      hold(!list(memberships).includes(id), 'The member is still on the deleted list');
    });
  }),
];
