import { type Case, documented } from '../case.ts';
import {
  at,
  count,
  hold,
  isBlank,
  list,
  NotOffered,
  offered,
  same,
  samePeople,
  status,
  text,
  time,
  uuid,
} from '../check.ts';
import { ownField, somebodyOut, team } from '../fixtures.ts';
import { idIn, type World } from '../world.ts';

const everything = 'custom_fields,list_memberships,phone_numbers,street_addresses';

/** Somebody with a bit of everything. */
function whole(world: World) {
  return world.once('whole contact', async () => {
    const [field, list_id] = [await ownField(world), await world.newList('whole')];
    const posted = await world.postContact('whole', {
      first_name: 'Whole',
      last_name: 'Person',
      job_title: 'Tester',
      company_name: 'Example',
      custom_fields: [{ custom_field_id: field.id, value: 'gold' }],
      phone_numbers: [{ phone_number: '5555550100', kind: 'mobile' }],
      street_addresses: [{ kind: 'home', street: '1 Main Street', city: 'Town', country: 'US' }],
      list_memberships: [list_id],
    });
    return { posted, list_id, field, address: world.address('whole') };
  });
}

/** Somebody deleted, after having been on a list and found. */
function deletedPerson(world: World) {
  return world.once('deleted contact', async () => {
    const list_id = await world.newList('of the deleted');
    const id = await world.newContact('deleted', { first_name: 'Gone', list_memberships: [list_id] });
    const address = world.address('deleted');
    const answer = await world.api.delete(`/contacts/${id}`);
    return { id, address, answer };
  });
}

/** Somebody changed by a PUT that leaves most out. */
function changed(world: World) {
  return world.once('changed contact', async () => {
    const [field, list_id] = [await ownField(world), await world.newList('of the changed')];
    const id = await world.newContact('changed', {
      first_name: 'Before',
      last_name: 'Left out',
      job_title: 'Left out',
      custom_fields: [{ custom_field_id: field.id, value: 'kept' }],
      list_memberships: [list_id],
    });
    const email_address = { address: world.address('changed'), permission_to_send: 'implicit' };
    const answer = await world.api.put(`/contacts/${id}`, {
      email_address,
      first_name: 'After',
      update_source: 'Account',
    });
    const seen = await world.api.get(`/contacts/${id}?include=${everything}`);
    return { id, list_id, answer, seen };
  });
}

/** Contacts (5). */
export const contacts: Case[] = [
  documented('5.1', 'POST /contacts answers 201', async (world) => {
    status((await whole(world)).posted, 201);
  }),
  documented('5.2', 'a contact has contact_id, email_address, names, sources and times', async (world) => {
    const { body } = (await whole(world)).posted;
    uuid(body, 'contact_id');
    same(at(body, 'email_address', 'address'), world.address('whole'), 'email_address.address');
    same(at(body, 'email_address', 'permission_to_send'), 'implicit', 'permission_to_send');
    same(at(body, 'first_name'), 'Whole', 'first_name');
    same(at(body, 'last_name'), 'Person', 'last_name');
    same(at(body, 'create_source'), 'Account', 'create_source');
    time(body, 'created_at');
    time(body, 'updated_at');
  }),
  documented('5.1', 'GET /contacts/{contact_id} shows the contact, with what include names', async (world) => {
    const { posted, list_id, field } = await whole(world);
    const answer = await world.api.get(`/contacts/${idIn(posted, 'contact_id')}?include=${everything}`);
    status(answer, 200);
    const { body } = answer;
    same(at(body, 'company_name'), 'Example', 'company_name');
    same(list(body, 'list_memberships'), [list_id], 'list_memberships');
    const custom = list(body, 'custom_fields').find((each) => at(each, 'custom_field_id') === field.id);
    same(at(custom, 'value'), 'gold', 'The value of a custom field');
  }),
  documented('5.2', 'include=phone_numbers,street_addresses shows them with their kinds', async (world) => {
    const { posted } = await whole(world);
    const { body } = await world.api.get(`/contacts/${idIn(posted, 'contact_id')}?include=${everything}`);
    const phones = at(body, 'phone_numbers');
    if (phones === undefined) throw new NotOffered('phone_numbers are not kept');
    same(at(phones, 0, 'kind'), 'mobile', 'phone_numbers.kind');
    text(phones, 0, 'phone_number');
    same(at(body, 'street_addresses', 0, 'kind'), 'home', 'street_addresses.kind');
    same(at(body, 'street_addresses', 0, 'city'), 'Town', 'street_addresses.city');
  }),
  documented('5.2', 'a contact has no status property', async (world) => {
    const { address } = await whole(world);
    const found = await world.soon(() => world.person(address));
    hold(at(found, 'status') === undefined, 'There is a status property');
  }),
  documented('5.1', 'POST needs a create_source', async (world) => {
    const answer = await world.postContact('no.source', { create_source: undefined, first_name: 'No source' });
    status(answer, 400);
    world.belongings.forget('person', world.address('no.source'));
  }),
  documented('5.1', 'POST needs a first name, a last name, an address or a number', async (world) => {
    const answer = await world.api.post('/contacts', { create_source: 'Account', job_title: 'Nobody' });
    const made = at(answer.body, 'contact_id');
    if (typeof made === 'string') await world.api.delete(`/contacts/${made}`);
    status(answer, 400);
  }),
  documented('5.1', 'POST of a known address is 409', async (world) => {
    const { address } = await whole(world);
    const email_address = { address, permission_to_send: 'implicit' };
    const again = await world.api.post('/contacts', { email_address, create_source: 'Account', first_name: 'Twice' });
    const second = at(again.body, 'contact_id');
    if (again.status < 300 && typeof second === 'string' && second !== world.belongings.idOf('person', address)) {
      await world.api.delete(`/contacts/${second}`);
    }
    status(again, 409);
  }),
  documented('5.1', 'GET /contacts?email= finds the person of this address and nobody else', async (world) => {
    const { address, posted } = await whole(world);
    await world.soon(async () => {
      const answer = await world.api.get(`/contacts?email=${encodeURIComponent(address)}`);
      status(answer, 200);
      const ids = list(answer.body, 'contacts').map((each) => at(each, 'contact_id'));
      samePeople(ids, [idIn(posted, 'contact_id')], 'The search by address');
    });
  }),
  documented('5.1', 'GET /contacts?email= of an unknown address finds nobody', async (world) => {
    const answer = await world.api.get(`/contacts?email=nobody.${world.mark}@example.com&status=all`);
    status(answer, 200);
    same(list(answer.body, 'contacts').length, 0, 'The number of people found');
  }),
  documented('5.1', 'GET /contacts?lists= finds the people of a list and nobody else', async (world) => {
    const { list: id, addresses: wanted } = await team(world);
    await world.soon(async () => {
      const answer = await world.api.get(`/contacts?lists=${id}&include=list_memberships`);
      status(answer, 200);
      const people = list(answer.body, 'contacts');
      const addresses = people.map((each) => String(at(each, 'email_address', 'address')).toLowerCase());
      samePeople(addresses, wanted, 'The search by list');
      for (const each of people) hold(list(each, 'list_memberships').includes(id), 'list_memberships lacks the list');
    });
  }),
  documented('5.1', 'contacts_count is shown with include_count=true', async (world) => {
    const { list: id, addresses } = await team(world);
    await world.soon(async () => {
      const answer = await world.api.get(`/contacts?lists=${id}&include_count=true&limit=1`);
      status(answer, 200);
      same(count(answer.body, 'contacts_count'), addresses.length, 'contacts_count');
      same(list(answer.body, 'contacts').length, 1, 'The number of contacts on a page of 1');
    });
  }),
  documented('5.1', 'a page has 50 contacts unless asked otherwise', async ({ api }) => {
    const answer = await api.get('/contacts');
    status(answer, 200);
    hold(list(answer.body, 'contacts').length <= 50, 'A page without limit has more than 50 contacts');
  }),
  documented('5.1', 'PUT /contacts/{contact_id} answers 200 with the contact', async (world) => {
    const { answer } = await changed(world);
    status(answer, 200);
    same(at(answer.body, 'first_name'), 'After', 'first_name');
  }),
  documented('5.1', 'PUT needs an update_source', async (world) => {
    const id = await world.newContact('put.source', { first_name: 'Before' });
    const email_address = { address: world.address('put.source') };
    status(await world.api.put(`/contacts/${id}`, { email_address, first_name: 'After' }), 400);
  }),
  documented('5.1', 'PUT makes top-level fields that were left out null', async (world) => {
    const { seen } = await changed(world);
    same(at(seen.body, 'first_name'), 'After', 'first_name');
    hold(isBlank(at(seen.body, 'last_name')), 'last_name is still there');
    hold(isBlank(at(seen.body, 'job_title')), 'job_title is still there');
  }),
  documented('5.1', 'PUT keeps sub-resources that were left out', async (world) => {
    const { seen, list_id } = await changed(world);
    same(list(seen.body, 'list_memberships'), [list_id], 'list_memberships');
    same(at(seen.body, 'custom_fields', 0, 'value'), 'kept', 'The value of a custom field');
  }),
  documented('5.1', 'DELETE /contacts/{contact_id} answers 204', async (world) => {
    status((await deletedPerson(world)).answer, 204);
  }),
  documented('5.1', 'deleted people are hidden unless asked for', async (world) => {
    const { address } = await deletedPerson(world);
    await world.soon(async () => {
      hold((await world.find(address, 'limit=50')) === undefined, 'A deleted person is shown without status=all');
    });
    hold((await world.find(address, 'status=all')) !== undefined, 'A deleted person is not shown with status=all');
    hold((await world.find(address, 'status=deleted')) !== undefined, 'status=deleted does not find a deleted person');
    hold((await world.find(address, 'status=active')) === undefined, 'status=active finds a deleted person');
  }),
  documented('5.2', 'deleted people have deleted_at, no lists, and their permission', async (world) => {
    const { address } = await deletedPerson(world);
    await world.soon(async () => {
      const person = await world.person(address, 'list_memberships');
      hold(!isBlank(at(person, 'deleted_at')), 'deleted_at is missing');
      same(at(person, 'list_memberships') ?? [], [], 'list_memberships');
      same(at(person, 'email_address', 'permission_to_send'), 'implicit', 'permission_to_send');
    });
  }),
  documented('5.2', 'who is not deleted has no deleted_at', async (world) => {
    const { address } = await whole(world);
    const person = await world.soon(() => world.person(address));
    hold(isBlank(at(person, 'deleted_at')), 'deleted_at is there');
  }),
  documented('5.1', 'POST of a deleted person’s address is 409 too', async (world) => {
    const { address, id } = await deletedPerson(world);
    const email_address = { address, permission_to_send: 'implicit' };
    const again = await world.api.post('/contacts', { email_address, create_source: 'Account', first_name: 'Back' });
    const second = at(again.body, 'contact_id');
    if (again.status < 300 && typeof second === 'string') await world.api.delete(`/contacts/${second}`);
    if (second !== undefined && second !== id) world.belongings.learn('person', address, second);
    status(again, 409);
  }),
  documented('5.1', 'PUT brings a deleted person back', async (world) => {
    const id = await world.newContact('revived', { first_name: 'Gone' });
    const gone = await world.api.delete(`/contacts/${id}`);
    hold(gone.status < 300, `${gone.request} answered ${gone.status}`);
    const email_address = { address: world.address('revived'), permission_to_send: 'implicit' };
    const back = { email_address, first_name: 'Back', update_source: 'Account' };
    status(await world.api.put(`/contacts/${id}`, back), 200);
    await world.soon(async () => {
      const seen = await world.api.get(`/contacts/${id}`);
      status(seen, 200);
      hold(isBlank(at(seen.body, 'deleted_at')), 'deleted_at is still there');
    });
  }),
  documented('5.1', 'GET /contacts/counts has total, explicit, implicit, pending, unsubscribed', async ({ api }) => {
    const answer = await api.get('/contacts/counts');
    offered(answer);
    status(answer, 200);
    for (const name of ['total', 'explicit', 'implicit', 'pending', 'unsubscribed']) count(answer.body, name);
  }),
  documented('5.1', 'GET /contacts/counts counts who is implicit and who has opted out', async (world) => {
    await Promise.all([team(world), somebodyOut(world)]);
    const answer = await world.api.get('/contacts/counts');
    offered(answer);
    await world.soon(async () => {
      const { body } = await world.api.get('/contacts/counts');
      hold(count(body, 'implicit') >= 4, 'There are fewer implicit people than we made');
      hold(count(body, 'unsubscribed') >= 1, 'Nobody is counted as unsubscribed');
      hold(count(body, 'total') >= 5, 'There are fewer people than we made');
    });
  }),
];
