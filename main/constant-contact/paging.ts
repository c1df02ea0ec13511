import { z } from 'zod';
import { SegueError } from '../errors/segue-error.ts';
import type { ApiClient, ApiRequest, CallOptions } from './http-client.ts';

/** The paging part of every collection's envelope. */
export const pagingLinks = z.looseObject({ next: z.looseObject({ href: z.string() }).nullish() }).nullish();

type Envelope = z.ZodType<{ readonly _links?: z.output<typeof pagingLinks> | undefined }>;

/**
 * Walks a collection page by page, following `_links.next.href` as it was given (cursors are never built here,
 * `constant-contact-v3.md` 1). Throws `remote.invalid-answer` for a link that leaves the API or leads in a circle.
 */
export async function* pages<Schema extends Envelope>(
  client: ApiClient,
  first: Pick<ApiRequest, 'path' | 'query'>,
  schema: Schema,
  options: CallOptions = {},
): AsyncGenerator<z.output<Schema>> {
  const seen = new Set<string>();
  let next: Pick<ApiRequest, 'path' | 'query'> | null = first;
  while (next) {
    const page: z.output<Schema> = await client.call({ ...options, ...next, method: 'GET' }, schema);
    yield page;
    const href = page._links?.next?.href;
    if (!href) return;
    const address = client.resolveLink(href);
    if (seen.has(address)) throw new SegueError('remote.invalid-answer', { reason: 'paging' });
    seen.add(address);
    next = { path: address };
  }
}
