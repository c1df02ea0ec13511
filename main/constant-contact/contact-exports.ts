import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SegueError } from '../errors/segue-error.ts';
import { type Activity, activitySchema, toActivity } from './activities.ts';
import type { ApiClient, CallOptions } from './http-client.ts';
import { networkFailure } from './network-failure.ts';

/** What to export: lists (1-50 ids), without them everybody; when given, only some fields and one status. */
export interface ContactExportRequest {
  readonly listIds?: readonly string[];
  readonly fields?: readonly string[];
  readonly status?: string;
}

/**
 * `POST /activities/contact_exports`: asks for a file of people. Follow the activity to its end, then download its
 * `resultsLink`. Three requests for a million people, where paging would take two thousand (`constant-contact-v3.md` 6.4).
 */
export async function startContactExport(
  client: ApiClient,
  request: ContactExportRequest,
  options: CallOptions = {},
): Promise<Activity> {
  const wire = {
    ...(request.listIds ? { list_ids: request.listIds } : {}),
    ...(request.fields ? { fields: request.fields } : {}),
    ...(request.status ? { status: request.status } : {}),
  };
  const body = { contentType: 'application/json', bytes: JSON.stringify(wire) };
  const path = '/activities/contact_exports';
  return toActivity(await client.call({ ...options, method: 'POST', path, body }, activitySchema));
}

/** The export's CSV as a stream, once its first bytes are on the way. `resultsLink` is followed as the activity gave it. */
export async function openContactExport(
  client: ApiClient,
  resultsLink: string,
  options: CallOptions = {},
): Promise<Readable> {
  return client.open({ ...options, path: client.resolveLink(resultsLink) });
}

/**
 * Writes the export's CSV to a file, in a stream, and gives its size in bytes. A download that breaks off is begun again, up to
 * three times; what is left of a failed one is the caller's to remove.
 */
export async function downloadContactExport(
  client: ApiClient,
  resultsLink: string,
  file: string,
  options: CallOptions = {},
): Promise<number> {
  for (let tried = 1; ; tried += 1) {
    const body = await openContactExport(client, resultsLink, options);
    const target = createWriteStream(file);
    try {
      await pipeline(body, target, options.signal ? { signal: options.signal } : {});
      return target.bytesWritten;
    } catch (thrown) {
      if (options.signal?.aborted) throw new SegueError('cancelled');
      if (target.errored && !body.errored) throw thrown;
      if (tried >= 3) throw networkFailure(thrown).error;
    }
  }
}
