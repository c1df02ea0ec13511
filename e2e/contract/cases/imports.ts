import { type Case, documented } from '../case.ts';
import { at, count, endedAs, hold, list, same, status } from '../check.ts';
import { fileImport, type Imported, importedFile, jsonImport, oddImport } from '../fixtures.ts';
import type { World } from '../world.ts';

const counters = ['items_total_count', 'person_count', 'error_count', 'correctable_count', 'cannot_add_to_list_count'];

/** Whether the heading counts as an item is not settled (6.1). */
function countsRight({ ended, rows }: Imported): void {
  const { body } = ended;
  for (const name of counters) count(body, 'status', name);
  const items = count(body, 'status', 'items_total_count');
  hold(items === rows || items === rows + 1, `items_total_count is ${items} for ${rows} rows`);
  same(at(body, 'status', 'person_count'), rows, 'person_count');
  same(at(body, 'status', 'error_count'), 0, 'error_count');
  same(at(body, 'status', 'correctable_count'), 0, 'correctable_count');
}

async function arrived(world: World, { fresh, list: id, field }: Imported): Promise<void> {
  await world.soon(async () => {
    for (const [index, address] of fresh.entries()) {
      const person = await world.person(address);
      same(at(person, 'first_name'), `New${index}`, 'first_name of a new person');
      hold(list(person, 'list_memberships').includes(id), 'A new person is not on the list');
      const custom = list(person, 'custom_fields').find((each) => at(each, 'custom_field_id') === field.id);
      same(at(custom, 'value'), `gold${index}`, 'The value of a cf: column');
    }
  });
}

async function changedOnlyWhatWasSent(world: World, { known, list: id, field }: Imported): Promise<void> {
  await world.soon(async () => {
    const person = await world.person(known);
    same(at(person, 'first_name'), 'After', 'first_name of a known person');
    const custom = list(person, 'custom_fields').find((each) => at(each, 'custom_field_id') === field.id);
    same(at(custom, 'value'), 'silver', 'The value of a cf: column');
    hold(list(person, 'list_memberships').includes(id), 'A known person is not on the list');
  });
  const person = await world.person(known);
  same(at(person, 'last_name'), 'Kept', 'last_name, which was not sent');
  same(at(person, 'job_title'), 'Tester', 'job_title, which was not sent');
}

function created({ posted }: Imported): void {
  status(posted, 201);
  same(at(posted.body, 'state'), 'initialized', 'state');
}

const files: Case[] = [
  documented('6.1', 'contacts_file_import answers 201 with an activity that is initialized', async (world) => {
    created(await fileImport(world));
  }),
  documented('6.1', 'a CSV import completes', async (world) => {
    endedAs((await fileImport(world)).ended, 'completed');
  }),
  documented('6.1', 'a CSV import counts its rows, with every counter there', async (world) => {
    countsRight(await fileImport(world));
  }),
  documented('6.1', 'a CSV import shows its source_file_name', async (world) => {
    const { ended } = await fileImport(world);
    same(at(ended.body, 'source_file_name'), importedFile(world), 'source_file_name');
  }),
  documented('6.3', 'a CSV import puts new people on the list, with names and custom fields', async (world) => {
    await arrived(world, await fileImport(world));
  }),
  documented('6.2', 'a CSV import changes of known people only what was sent', async (world) => {
    await changedOnlyWhatWasSent(world, await fileImport(world));
  }),
  documented('6.1', 'a bad address is counted in correctable_count, and the import completes', async (world) => {
    const { ended } = await oddImport(world);
    endedAs(ended, 'completed');
    same(at(ended.body, 'status', 'correctable_count'), 1, 'correctable_count');
  }),
  documented('6.1', 'rows beside a bad one are taken in', async (world) => {
    const { good, list: id } = await oddImport(world);
    await world.soon(async () => {
      const person = await world.person(good);
      hold(list(person, 'list_memberships').includes(id), 'A good row is not on the list');
    });
  }),
  documented('6.3', 'a file that is no .csv is refused with 415', async (world) => {
    const to = await world.newList('refused files');
    const address = world.address('wrong.file');
    const answer = await world.api.importFile(`email\r\n${address}\r\n`, [to], 'people.txt');
    if (answer.status < 300) await world.ended(answer);
    status(answer, 415);
    world.belongings.forget('person', address);
  }),
  documented('6.3', 'JSON sent to the route of files is refused with 415', async (world) => {
    const to = await world.newList('refused types');
    const address = world.address('wrong.type');
    const body = { import_data: [{ email: address }], list_ids: [to] };
    const answer = await world.api.post('/activities/contacts_file_import', body);
    if (answer.status < 300) await world.ended(answer);
    status(answer, 415);
    world.belongings.forget('person', address);
  }),
];

const json: Case[] = [
  documented('6.1', 'contacts_json_import answers 201 with an activity that is initialized', async (world) => {
    created(await jsonImport(world));
  }),
  documented('6.1', 'a JSON import completes', async (world) => {
    endedAs((await jsonImport(world)).ended, 'completed');
  }),
  documented('6.1', 'a JSON import counts its rows, with every counter there', async (world) => {
    countsRight(await jsonImport(world));
  }),
  documented('6.2', 'a JSON import puts new people on the list, with names and custom fields', async (world) => {
    await arrived(world, await jsonImport(world));
  }),
  documented('6.2', 'a JSON import changes of known people only what was sent', async (world) => {
    await changedOnlyWhatWasSent(world, await jsonImport(world));
  }),
  documented('6.2', 'a JSON import needs list_ids', async (world) => {
    const address = world.address('no.lists');
    const answer = await world.api.post('/activities/contacts_json_import', { import_data: [{ email: address }] });
    if (answer.status < 300) await world.ended(answer);
    status(answer, 400);
    world.belongings.forget('person', address);
  }),
  documented('6.2', 'a JSON import needs import_data', async (world) => {
    const to = await world.newList('no data');
    status(await world.api.post('/activities/contacts_json_import', { list_ids: [to] }), 400);
  }),
];

const both: Case[] = [
  documented('6.2', 'an import adds to the lists of known people and replaces none', async (world) => {
    for (const { known, earlier, list: id } of [await fileImport(world), await jsonImport(world)]) {
      await world.soon(async () => {
        const lists = list(await world.person(known), 'list_memberships');
        hold(lists.includes(id), 'A known person is not on the new list');
        hold(lists.includes(earlier), 'A known person has left the earlier list');
      });
    }
  }),
];

/** Bulk imports (6.1 to 6.3). */
export const imports: Case[] = [...files, ...json, ...both];
