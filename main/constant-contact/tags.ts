import { z } from 'zod';
import { type Activity, activitySchema, toActivity } from './activities.ts';
import type { ApiClient, CallOptions } from './http-client.ts';
import { pages, pagingLinks } from './paging.ts';

const tagSchema = z.looseObject({
  tag_id: z.string().min(1),
  name: z.string(),
  contacts_count: z.number().int().nonnegative().nullish(),
});

const envelopeSchema = z.looseObject({ tags: z.array(tagSchema).nullish(), _links: pagingLinks });

/** A tag of the account. */
export interface Tag {
  readonly tagId: string;
  readonly name: string;
  /** How many people carry it, or null when the answer did not say. */
  readonly contactsCount: number | null;
}

/** Every tag, sorted by name. */
export async function fetchTags(client: ApiClient, options: CallOptions = {}): Promise<readonly Tag[]> {
  const tags: Tag[] = [];
  const first = { path: '/contact_tags', query: { limit: 500 } };
  for await (const page of pages(client, first, envelopeSchema, options)) {
    for (const tag of page.tags ?? []) tags.push(toTag(tag));
  }
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  return tags.sort((a, b) => collator.compare(a.name, b.name));
}

/** Creates a tag (1-255 characters). Throws `remote.conflict` when the name is in use. */
export async function createTag(client: ApiClient, name: string, options: CallOptions = {}): Promise<Tag> {
  const body = { contentType: 'application/json', bytes: JSON.stringify({ name: name.trim() }) };
  return toTag(await client.call({ ...options, method: 'POST', path: '/contact_tags', body }, tagSchema));
}

/**
 * `POST /activities/contacts_taggings_add` with lists as the source: tags everybody who is on them then, not only the people of
 * one export. Wait for the imports first; activities do not run in order.
 */
export async function tagLists(
  client: ApiClient,
  request: { readonly listIds: readonly string[]; readonly tagIds: readonly string[] },
  options: CallOptions = {},
): Promise<Activity> {
  const bytes = JSON.stringify({ source: { list_ids: request.listIds }, tag_ids: request.tagIds });
  const body = { contentType: 'application/json', bytes };
  const path = '/activities/contacts_taggings_add';
  return toActivity(await client.call({ ...options, method: 'POST', path, body }, activitySchema));
}

function toTag(tag: z.output<typeof tagSchema>): Tag {
  return { tagId: tag.tag_id, name: tag.name, contactsCount: tag.contacts_count ?? null };
}
