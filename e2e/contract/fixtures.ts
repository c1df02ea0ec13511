import type { Answer, Api } from './api.ts';
import { at, hold, isBlank, offered } from './check.ts';
import { idIn, type World } from './world.ts';

/** A custom field of our own, and the key that import rows use for it. */
export interface Field {
  readonly id: string;
  readonly key: string;
}

export interface Imported {
  readonly list: string;
  readonly posted: Answer;
  readonly ended: Answer;
  /** Addresses of people who were new, known with a permission of their own, and opted out. */
  readonly fresh: readonly string[];
  readonly known: string;
  /** The list the known person was on before. */
  readonly earlier: string;
  /** What the known person's permission was before. */
  readonly permission: unknown;
  readonly out: string;
  /** Rows sent. */
  readonly rows: number;
  readonly field: Field;
}

/** File name that the CSV import carries. */
export const importedFile = (world: World) => `segue-contract-${world.mark}.csv`;

/** A custom field of type string. Without a `name` in the answer, its usual form: another case tells of that. */
export function ownField(world: World): Promise<Field> {
  return world.once('field', async () => {
    const answer = await world.postField('level');
    const name = at(answer.body, 'name');
    const key = typeof name === 'string' && name !== '' ? name : `segue_${world.mark}_level`;
    return { id: idIn(answer, 'custom_field_id'), key: `cf:${key}` };
  });
}

/** Somebody known before, with what an import must leave alone. */
async function knownPerson(world: World, who: string): Promise<Pick<Imported, 'known' | 'earlier' | 'permission'>> {
  const earlier = await world.newList(`${who} earlier`);
  const more = { first_name: 'Before', last_name: 'Kept', job_title: 'Tester', list_memberships: [earlier] };
  const posted = await world.postContact(who, more, { permission_to_send: 'explicit' });
  idIn(posted, 'contact_id');
  return { known: world.address(who), earlier, permission: at(posted.body, 'email_address', 'permission_to_send') };
}

/** A CSV import of three new people, one known and one opted out, onto a list of its own. */
export function fileImport(world: World): Promise<Imported> {
  return world.once('file import', async () => {
    const list = await world.newList('file');
    const field = await ownField(world);
    const before = await knownPerson(world, 'file.known');
    await world.optedOut('file.out');
    const out = world.address('file.out');
    const fresh = ['file.1', 'file.2', 'file.3'].map((who) => world.address(who));
    const rows = [
      ...fresh.map((address, index) => `${address},New${index},gold${index}`),
      `${before.known},After,silver`,
      `${out},Changed,silver`,
    ];
    const csv = `email,first_name,${field.key}\r\n${rows.join('\r\n')}\r\n`;
    const posted = await world.api.importFile(csv, [list], importedFile(world));
    const ended = await world.ended(posted);
    return { list, posted, ended, fresh, ...before, out, rows: rows.length, field };
  });
}

/** The same as JSON, with two new people. */
export function jsonImport(world: World): Promise<Imported> {
  return world.once('json import', async () => {
    const list = await world.newList('json');
    const field = await ownField(world);
    const before = await knownPerson(world, 'json.known');
    await world.optedOut('json.out');
    const out = world.address('json.out');
    const fresh = ['json.1', 'json.2'].map((who) => world.address(who));
    const import_data = [
      ...fresh.map((email, index) => ({ email, first_name: `New${index}`, [field.key]: `gold${index}` })),
      { email: before.known, first_name: 'After', [field.key]: 'silver' },
      { email: out, first_name: 'Changed', [field.key]: 'silver' },
    ];
    const posted = await world.api.post('/activities/contacts_json_import', { import_data, list_ids: [list] });
    const ended = await world.ended(posted);
    return { list, posted, ended, fresh, ...before, out, rows: import_data.length, field };
  });
}

export interface Odd {
  readonly list: string;
  readonly ended: Answer;
  readonly good: string;
  /** Somebody who opted out and was deleted afterwards. */
  readonly deleted: string;
}

/** An import of one good row, one without an address, and one of somebody who opted out and was deleted. */
export function oddImport(world: World): Promise<Odd> {
  return world.once('odd import', async () => {
    const list = await world.newList('odd');
    const id = await world.optedOut('odd.deleted');
    const gone = await world.api.delete(`/contacts/${id}`);
    hold(gone.status < 300, `${gone.request} answered ${gone.status}: nobody could be deleted`);
    const [good, deleted] = [world.address('odd.good'), world.address('odd.deleted')];
    const csv = `email,first_name\r\n${good},Good\r\nnot-an-address,Bad\r\n${deleted},Back\r\n`;
    const posted = await world.api.importFile(csv, [list], `segue-contract-odd-${world.mark}.csv`);
    return { list, ended: await world.ended(posted), good, deleted };
  });
}

/** Somebody who has opted out and is left alone afterwards. */
export function somebodyOut(world: World) {
  return world.once('opted out', async () => {
    await world.optedOut('out', 'Account');
    return world.address('out');
  });
}

export interface Team {
  readonly list: string;
  /** On this one are the last two only. */
  readonly second: string;
  readonly addresses: readonly string[];
  readonly ids: readonly string[];
}

/** Four people posted one by one, on a list of their own: for what need not wait for an import. */
export function team(world: World): Promise<Team> {
  return world.once('team', async () => {
    const [list, second] = [await world.newList('team'), await world.newList('second team')];
    const who = ['team.1', 'team.2', 'team.3', 'team.4'];
    const ids: string[] = [];
    for (const [index, each] of who.entries()) {
      const list_memberships = index < 2 ? [list] : [list, second];
      ids.push(await world.newContact(each, { first_name: 'Team', list_memberships }));
    }
    return { list, second, ids, addresses: who.map((each) => world.address(each)) };
  });
}

export interface Moved {
  readonly list: string;
  readonly addresses: readonly string[];
  readonly posted: Answer;
  readonly ended: Answer;
}

/** The first two of the team put on another list by `add_list_memberships`. */
export function added(world: World): Promise<Moved> {
  return world.once('added', async () => {
    const { addresses, ids } = await team(world);
    const list = await world.newList('added');
    const body = { source: { contact_ids: ids.slice(0, 2) }, list_ids: [list] };
    const posted = await world.api.post('/activities/add_list_memberships', body);
    return { list, addresses: addresses.slice(0, 2), posted, ended: await world.ended(posted) };
  });
}

/** The third of the team taken off the second list, where the fourth stays. */
export function taken(world: World): Promise<Moved> {
  return world.once('taken', async () => {
    const { second, addresses, ids } = await team(world);
    const body = { source: { contact_ids: ids.slice(2, 3) }, list_ids: [second] };
    const posted = await world.api.post('/activities/remove_list_memberships', body);
    return { list: second, addresses: addresses.slice(2), posted, ended: await world.ended(posted) };
  });
}

export interface Exported {
  readonly posted: Answer;
  readonly ended: Answer;
  readonly file: Answer;
  readonly inList: readonly string[];
}

/** The team's list, read back by an export. */
export function exported(world: World): Promise<Exported> {
  return world.once('exported', async () => {
    const { list, addresses } = await team(world);
    const body = { list_ids: [list], fields: ['email_address'] };
    const posted = await world.api.post('/activities/contact_exports', body);
    const ended = await world.ended(posted);
    const href = at(ended.body, '_links', 'results', 'href');
    hold(typeof href === 'string', '_links.results.href is missing from the finished export');
    return { posted, ended, file: await world.api.follow(href), inList: addresses };
  });
}

/** A tag of our own: its id. */
export async function newTag(world: World, what: string): Promise<string> {
  const answer = await world.postTag(what);
  offered(answer);
  return idIn(answer, 'tag_id');
}

/** A tag put on the team. */
export function tagged(world: World) {
  return world.once('tagged', async () => {
    const { list: source } = await team(world);
    const tag = await newTag(world, 'tagged');
    const body = { source: { list_ids: [source] }, tag_ids: [tag] };
    const posted = await world.api.post('/activities/contacts_taggings_add', body);
    offered(posted);
    return { tag, posted, ended: await world.ended(posted) };
  });
}

/**
 * Begins everything that waits for activities, so that they work while other cases are tried. What goes wrong with one
 * is told by the cases that look at it. To be waited for before anything is taken away again.
 */
export async function prepare(world: World): Promise<void> {
  const all = [fileImport, jsonImport, oddImport, exported, added, taken, tagged];
  await Promise.allSettled(all.map((each) => each(world)));
}

/** Everybody on a list, page by page. */
export async function everybodyOn(world: World, list: string, limit: number): Promise<Pages> {
  return everyPage(world.api, `/contacts?lists=${list}&limit=${limit}`, 'contacts', 50);
}

export interface Pages {
  readonly items: readonly unknown[];
  readonly sizes: readonly number[];
}

/** Follows the links from page to page, at most `most` of them. */
export async function everyPage(api: Api, path: string, envelope: string, most: number): Promise<Pages> {
  const [items, sizes, seen]: [unknown[], number[], Set<string>] = [[], [], new Set()];
  let page = await api.get(path);
  for (;;) {
    const found = at(page.body, envelope);
    hold(page.status === 200 && Array.isArray(found), `${page.request} answered ${page.status} without ${envelope}`);
    items.push(...found);
    sizes.push(found.length);
    const href = nextOf(page);
    if (href === null || sizes.length >= most) return { items, sizes };
    hold(!seen.has(href), `${page.request}: the links of the pages lead round in a circle`);
    seen.add(href);
    page = await api.follow(href);
  }
}

/** The link to the next page; null on the last one, whatever shape "nothing" has. */
export function nextOf(page: Answer): string | null {
  const href = at(page.body, '_links', 'next', 'href');
  if (isBlank(href)) return null;
  hold(typeof href === 'string', `${page.request}: _links.next.href is no text`);
  return href;
}
