import type { Answer } from '../api.ts';
import { type Case, documented } from '../case.ts';
import { at, endedAs, hold, list, offered, same, samePeople, status, text, uuid } from '../check.ts';
import { newTag, tagged, team } from '../fixtures.ts';
import { idIn, type World } from '../world.ts';

/** Whether a thing of this id is in the collection, page after page. */
async function isListed(world: World, path: string, envelope: string, name: string, id: string): Promise<boolean> {
  let page: Answer = await world.api.get(path);
  for (let pages = 0; pages < 20; pages += 1) {
    status(page, 200);
    if (list(page.body, envelope).some((each) => at(each, name) === id)) return true;
    const href = at(page.body, '_links', 'next', 'href');
    if (typeof href !== 'string') return false;
    page = await world.api.follow(href);
  }
  return false;
}

/** A field made, looked at, and deleted. */
function deletedField(world: World) {
  return world.once('deleted field', async () => {
    const id = idIn(await world.postField('gone'), 'custom_field_id');
    const answer = await world.api.delete(`/contact_custom_fields/${id}`);
    if (answer.status < 300) world.belongings.forget('field', `Segue ${world.mark} gone`);
    return { id, answer };
  });
}

function deletedTag(world: World) {
  return world.once('deleted tag', async () => {
    const id = await newTag(world, 'gone');
    const posted = await world.api.delete(`/contact_tags/${id}`);
    if (posted.status < 300) world.belongings.forget('tag', world.name('gone'));
    return { id, posted };
  });
}

/** Custom fields and tags (7). */
export const fieldsAndTags: Case[] = [
  documented(
    '7',
    'POST /contact_custom_fields answers 201 with custom_field_id, label, name and type',
    async (world) => {
      const answer = await world.postField('a string');
      status(answer, 201);
      uuid(answer.body, 'custom_field_id');
      same(at(answer.body, 'label'), `Segue ${world.mark} a string`, 'label');
      text(answer.body, 'name');
      same(at(answer.body, 'type'), 'string', 'type');
    },
  ),
  documented('7', 'the name of a custom field has underscores for the blanks of its label', async (world) => {
    const name = text((await world.postField('two words')).body, 'name');
    hold(!/\s/.test(name), 'name has blanks');
    hold(name.includes('_'), 'name has no underscores');
    hold(name.length <= 50, 'name has more than 50 characters');
  }),
  documented('7', 'custom fields can be of type date, and of type number where the account takes it', async (world) => {
    for (const type of ['date', 'number']) {
      const answer = await world.postField(`a ${type}`, type);
      // Some accounts know only the two older types.
      if (type === 'number' && answer.status === 400) continue;
      status(answer, 201);
      same(at(answer.body, 'type'), type, 'type');
    }
  }),
  documented('7', 'a second custom field of the same label is refused with 409', async (world) => {
    await world.postField('twice');
    const again = await world.api.post('/contact_custom_fields', {
      label: `Segue ${world.mark} twice`,
      type: 'string',
    });
    const second = at(again.body, 'custom_field_id');
    if (again.status < 300 && typeof second === 'string') await world.api.delete(`/contact_custom_fields/${second}`);
    status(again, 409);
  }),
  documented('7', 'GET /contact_custom_fields holds a new field, with its name', async (world) => {
    const made = await world.postField('listed');
    const id = idIn(made, 'custom_field_id');
    await world.soon(async () => {
      const path = '/contact_custom_fields?limit=100';
      hold(await isListed(world, path, 'custom_fields', 'custom_field_id', id), 'A new field is not listed');
    });
    const one = await world.api.get(`/contact_custom_fields/${id}`);
    status(one, 200);
    same(text(one.body, 'name'), text(made.body, 'name'), 'name');
  }),
  documented('7', 'PUT /contact_custom_fields/{custom_field_id} changes the label, not the type', async (world) => {
    const id = idIn(await world.postField('before'), 'custom_field_id');
    const label = `Segue ${world.mark} after`;
    const answer = await world.api.put(`/contact_custom_fields/${id}`, { label });
    offered(answer);
    status(answer, 200);
    const seen = await world.api.get(`/contact_custom_fields/${id}`);
    same([at(seen.body, 'label'), at(seen.body, 'type')], [label, 'string'], 'label and type after PUT');
  }),
  documented('7', 'DELETE /contact_custom_fields/{custom_field_id} answers 204', async (world) => {
    status((await deletedField(world)).answer, 204);
  }),
  documented('7', 'a deleted custom field is gone', async (world) => {
    const { id } = await deletedField(world);
    await world.soon(async () => status(await world.api.get(`/contact_custom_fields/${id}`), 404, 400));
  }),
  documented('7', 'POST /contact_tags answers 201 with tag_id and name', async (world) => {
    const answer = await world.postTag('made');
    offered(answer);
    status(answer, 201);
    uuid(answer.body, 'tag_id');
    same(at(answer.body, 'name'), world.name('made'), 'name');
  }),
  documented('7', 'a second tag of the same name is refused with 409', async (world) => {
    await newTag(world, 'twice');
    const again = await world.api.post('/contact_tags', { name: world.name('twice') });
    const second = at(again.body, 'tag_id');
    if (again.status < 300 && typeof second === 'string') await world.api.delete(`/contact_tags/${second}`);
    status(again, 409);
  }),
  documented('7', 'GET /contact_tags holds a new tag', async (world) => {
    const id = await newTag(world, 'listed');
    await world.soon(async () =>
      hold(await isListed(world, '/contact_tags?limit=500', 'tags', 'tag_id', id), 'A new tag is not listed'),
    );
  }),
  documented('6.5', 'contacts_taggings_add answers 201 with an activity that completes', async (world) => {
    const { posted, ended } = await tagged(world);
    status(posted, 201);
    uuid(posted.body, 'activity_id');
    endedAs(ended, 'completed');
  }),
  documented('6.5', 'contacts_taggings_add tags everybody of a list', async (world) => {
    const { tag } = await tagged(world);
    const { ids } = await team(world);
    await world.soon(async () => {
      const answer = await world.api.get(`/contacts?tags=${tag}&limit=50`);
      status(answer, 200);
      const found = list(answer.body, 'contacts').map((each) => String(at(each, 'contact_id')));
      samePeople(found, ids, 'The search by tag');
    });
  }),
  documented('7', 'DELETE /contact_tags/{tag_id} answers 202 with an activity', async (world) => {
    const { posted } = await deletedTag(world);
    status(posted, 202);
    text(posted.body, 'activity_id');
    text(posted.body, 'state');
  }),
  documented('7', 'a deleted tag is gone once its activity has completed', async (world) => {
    const { id, posted } = await deletedTag(world);
    endedAs(await world.ended(posted), 'completed');
    await world.soon(async () => status(await world.api.get(`/contact_tags/${id}`), 404, 400));
  }),
];
