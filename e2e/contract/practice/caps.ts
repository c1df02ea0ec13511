import type { Case } from '../case.ts';
import { at, hold, list, same, status } from '../check.ts';
import { idIn } from '../world.ts';
import { type Bench, here, sim } from './bench.ts';

const row = (index: number) => `cap${String(index).padStart(6, '0')}@example.com`;

/** The ends of what an account takes; on an account that began empty. */
export const caps: readonly Case<Bench>[] = [
  here('6.3', 'of a CSV 40,000 lines are taken with the heading, the rest is dropped', async (bench) => {
    const id = await bench.newList();
    const rows = Array.from({ length: 40_005 }, (_, index) => row(index));
    const { body } = await bench.importCsv(`email\r\n${rows.join('\r\n')}\r\n`, [id]);
    same(at(body, 'status', 'person_count'), 39_999, 'person_count');
    same(at(body, 'status', 'items_total_count'), 40_000, 'items_total_count');
    same(await bench.world.members(id), 39_999, 'membership_count');
  }),
  here('6.3', 'of a CSV 4 MB are taken, the rest is dropped', async (bench) => {
    const id = await bench.newList();
    const lines = Array.from({ length: 20_000 }, (_, index) => `${row(index)},${'s'.repeat(230)}`);
    const head = 'email,street\r\n';
    const fitting = Math.floor((4_000_000 - head.length) / ((lines[0]?.length ?? 0) + 2));
    const { body } = await bench.importCsv(`${head}${lines.join('\r\n')}\r\n`, [id]);
    same(at(body, 'status', 'person_count'), fitting, 'person_count');
    same(at(body, 'state'), 'completed', 'state');
  }),
  sim('6.2', 'of a JSON import the rows are kept that fit into 4 MB', async (bench) => {
    const id = await bench.newList();
    const rows = Array.from({ length: 25_000 }, (_, index) => ({ email: row(index), street: 's'.repeat(180) }));
    const { body } = await bench.importRows(rows, [id]);
    const people = Number(at(body, 'status', 'person_count'));
    hold(people > 15_000 && people < 25_000, `person_count is ${people}`);
    same(await bench.world.members(id), people, 'membership_count');
  }),
  sim('6.2', 'strict mode answers 400 instead', async (bench) => {
    const id = await bench.newList();
    await bench.settings({ strict: true });
    const rows = Array.from({ length: 40_000 }, (_, index) => row(index));
    const answer = await bench.api.importFile(`email\r\n${rows.join('\r\n')}\r\n`, [id]);
    await bench.settings({ strict: false });
    status(answer, 400);
    same(await bench.world.members(id), 0, 'membership_count');
  }),
  sim('5.2', 'the longest address can be set to 50 characters', async (bench) => {
    await bench.settings({ addressLimit: 50 });
    const email = `${'a'.repeat(39)}@example.com`;
    const { body } = await bench.importRows([{ email }], [await bench.newList()]);
    await bench.settings({ addressLimit: 80 });
    same(at(body, 'status', 'error_count'), 1, 'error_count');
  }),
  here('4', 'an account has at most 1,000 lists, and pages of 500 hold them all', async (bench) => {
    const { api } = bench;
    let made = 0;
    for (let answered = 201; answered === 201 && made <= 1_000; made += 1) {
      answered = (await api.post('/contact_lists', { name: `Cap ${made}` })).status;
    }
    const first = await api.get('/contact_lists?limit=500&include_count=true');
    same(at(first.body, 'lists_count'), 1_000, 'lists_count');
    same(list(first.body, 'lists').length, 500, 'The number of lists on the first page');
    status(await api.post('/contact_lists', { name: 'One too many' }), 400);
    same(list((await api.get('/contact_lists')).body, 'lists').length, 50, 'The number of lists on a usual page');
  }),
  here('7', 'an account has at most 100 custom fields', async ({ api }) => {
    for (let made = 0; made < 100; made += 1) {
      await api.post('/contact_custom_fields', { label: `Cap ${made}`, type: 'string' });
    }
    const { body } = await api.get('/contact_custom_fields?limit=100');
    same(list(body, 'custom_fields').length, 100, 'The number of custom fields');
    status(await api.post('/contact_custom_fields', { label: 'One too many', type: 'string' }), 400);
  }),
  here('4', 'one list must always remain', async ({ api }) => {
    let last = '';
    for (;;) {
      const ids = list((await api.get('/contact_lists?limit=101')).body, 'lists').map((each) =>
        String(at(each, 'list_id')),
      );
      last = ids[0] ?? '';
      const others = ids.slice(1, 101);
      if (others.length === 0) break;
      const posted = await api.post('/activities/list_delete', { list_ids: others });
      idIn(posted, 'activity_id');
      while (at((await api.get(`/contact_lists/${others.at(-1)}`)).body, 'list_id') !== undefined);
    }
    status(await api.delete(`/contact_lists/${last}`), 400);
  }),
];
