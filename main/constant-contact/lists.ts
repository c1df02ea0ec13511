import { z } from 'zod';
import { SegueError } from '../errors/segue-error.ts';
import type { ApiClient, CallOptions } from './http-client.ts';
import { pages, pagingLinks } from './paging.ts';

const listSchema = z.looseObject({
  list_id: z.string().min(1),
  name: z.string(),
  description: z.string().nullish(),
  membership_count: z.number().int().nonnegative().nullish(),
  deleted_at: z.string().nullish(),
});

const envelopeSchema = z.looseObject({ lists: z.array(listSchema).nullish(), _links: pagingLinks });

/** A list of the account. */
export interface ContactList {
  readonly listId: string;
  readonly name: string;
  readonly description: string;
  /** People on it who are active, or null when the answer did not say. */
  readonly membershipCount: number | null;
}

/** The longest list name that Constant Contact takes (`constant-contact-v3.md` 4). */
export const longestListName = 255;

const mostLists = 1_000;

/** Every list of the account with its number of active people, sorted by name as a person would. */
export async function fetchLists(client: ApiClient, options: CallOptions = {}): Promise<readonly ContactList[]> {
  const query = { limit: 500, include_membership_count: 'active' };
  const lists: ContactList[] = [];
  for await (const page of pages(client, { path: '/contact_lists', query }, envelopeSchema, options)) {
    for (const list of page.lists ?? []) if (!list.deleted_at) lists.push(toList(list));
  }
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  return lists.sort((a, b) => collator.compare(a.name, b.name) || (a.listId < b.listId ? -1 : 1));
}

/** One list by its id. Throws `list.not-found` when there is none, when it was deleted, or when the id is malformed. */
export async function fetchList(client: ApiClient, listId: string, options: CallOptions = {}): Promise<ContactList> {
  const path = `/contact_lists/${encodeURIComponent(listId)}`;
  const query = { include_membership_count: 'active' };
  try {
    const list = await client.call({ ...options, method: 'GET', path, query }, listSchema);
    if (!list.deleted_at) return toList(list);
  } catch (thrown) {
    const gone = thrown instanceof SegueError && thrown.code === 'remote.not-found';
    if (!gone) throw thrown;
  }
  throw new SegueError('list.not-found', { list: listId });
}

/**
 * Creates a list. Throws `list.name-taken` for a name in use, `list.too-many` when the account is full (1,000 lists) and
 * `list.invalid-reference` for a name that is empty or longer than {@link longestListName}.
 */
export async function createList(
  client: ApiClient,
  list: { readonly name: string; readonly description?: string },
  options: CallOptions = {},
): Promise<ContactList> {
  const name = list.name.trim();
  if (name === '' || name.length > longestListName) throw new SegueError('list.invalid-reference', { list: name });
  const body = { name, ...(list.description ? { description: list.description.slice(0, 255) } : {}) };
  try {
    const made = await client.call(
      {
        ...options,
        method: 'POST',
        path: '/contact_lists',
        body: { contentType: 'application/json', bytes: JSON.stringify(body) },
      },
      listSchema,
    );
    return toList(made);
  } catch (thrown) {
    if (!(thrown instanceof SegueError)) throw thrown;
    if (thrown.code === 'remote.conflict') throw new SegueError('list.name-taken', { list: name });
    // How a full account refuses is not documented, so the lists are counted.
    const full = thrown.code === 'remote.rejected' && (await fetchLists(client, options)).length >= mostLists;
    throw full ? new SegueError('list.too-many', { count: mostLists }) : thrown;
  }
}

function toList(list: z.output<typeof listSchema>): ContactList {
  return {
    listId: list.list_id,
    name: list.name,
    description: list.description ?? '',
    membershipCount: list.membership_count ?? null,
  };
}
