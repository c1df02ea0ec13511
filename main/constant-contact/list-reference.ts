import { SegueError } from '../errors/segue-error.ts';
import type { ApiClient, CallOptions } from './http-client.ts';
import { type ContactList, fetchList, fetchLists } from './lists.ts';

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
const wholeUuid = new RegExp(`^${uuid.source}$`, 'i');

/** What a person typed or pasted to name a list. */
export type ListReference =
  | { readonly kind: 'id'; readonly listId: string }
  | { readonly kind: 'name'; readonly name: string };

/**
 * Reads a reference: a list id, the list's web address (`https://app.constantcontact.com/pages/contacts/ui#contacts/<id>`), or
 * else a name. Throws `list.invalid-reference` for nothing at all and for a web address without an id.
 */
export function parseListReference(text: string): ListReference {
  const reference = text.trim();
  if (wholeUuid.test(reference)) return { kind: 'id', listId: reference.toLowerCase() };
  if (/^https?:\/\//i.test(reference) || /^app\.constantcontact\.com\//i.test(reference)) {
    const found = uuid.exec(reference);
    if (!found) throw new SegueError('list.invalid-reference', { list: shortened(reference) });
    return { kind: 'id', listId: found[0].toLowerCase() };
  }
  if (reference === '') throw new SegueError('list.invalid-reference', { list: '' });
  return { kind: 'name', name: reference };
}

/**
 * Picks the list with a name: the one spelled exactly so, else the only one that differs in case alone. Null when there is
 * none; throws `list.ambiguous` when several differ in case alone and none is spelled exactly so.
 */
export function findListByName(lists: readonly ContactList[], name: string): ContactList | null {
  const exact = lists.filter((list) => list.name === name);
  const folded = lists.filter((list) => fold(list.name) === fold(name));
  const candidates = exact.length > 0 ? exact : folded;
  if (candidates.length > 1)
    throw new SegueError('list.ambiguous', { list: shortened(name), count: candidates.length });
  return candidates[0] ?? null;
}

/**
 * Finds the list that a reference names, in the account itself; an id of another shape than the papers show counts too. Throws `list.not-found` and what its parts throw. */
export async function resolveListReference(
  client: ApiClient,
  text: string,
  options: CallOptions = {},
): Promise<ContactList> {
  const reference = parseListReference(text);
  if (reference.kind === 'name') {
    const lists = await fetchLists(client, options);
    const list = findListByName(lists, reference.name) ?? lists.find(({ listId }) => listId === reference.name);
    if (!list) throw new SegueError('list.not-found', { list: shortened(reference.name) });
    return list;
  }
  try {
    return await fetchList(client, reference.listId, options);
  } catch (thrown) {
    if (!(thrown instanceof SegueError) || thrown.code !== 'list.not-found') throw thrown;
    // Whether ids in capitals are the same ids is the other side's to say: its lists show how it writes them.
    const list = (await fetchLists(client, options)).find(({ listId }) => listId.toLowerCase() === reference.listId);
    if (!list) throw thrown;
    return list;
  }
}

function fold(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}

function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
