import { randomBytes } from 'node:crypto';
import { SegueError } from '../errors/segue-error.ts';
import { type Activity, activitySchema, toActivity } from './activities.ts';
import type { ApiClient, CallOptions, Outcome } from './http-client.ts';

/** The body may hold this many bytes; what is over 4 MB is dropped without a word (`constant-contact-v3.md` 6.2). */
export const importBodyLimit = 4_000_000;

/** A CSV import. */
export interface FileImport {
  /** 1-50 list ids. */
  readonly listIds: readonly string[];
  /** Ends in `.csv`, letters, digits, `.`, `_` and `-` only. Comes back as the activity's `sourceFileName`. */
  readonly fileName: string;
  /** UTF-8 without a byte order mark, header line first. */
  readonly body: Uint8Array;
}

/** A JSON import. `body` is the whole request body, `{"import_data":[…],"list_ids":[…]}`, in UTF-8. */
export interface JsonImport {
  readonly body: Uint8Array;
}

/**
 * `POST /activities/contacts_file_import` (`constant-contact-v3.md` 6.3). Never throws for what happens on the way: the outcome
 * tells whether the import was accepted, refused, never sent, or possibly carried out. Only refusals that come before any
 * work (401, 429 `throttled` and `quota_exceeded`, 503) and connections that never stood are repeated here.
 */
export async function postFileImport(
  client: ApiClient,
  fileImport: FileImport,
  options: CallOptions = {},
): Promise<Outcome<Activity>> {
  const { listIds, fileName, body } = fileImport;
  if (!/^[\w.-]{1,200}\.csv$/.test(fileName)) throw new SegueError('unexpected', { reason: 'file-name' });
  checkSize(body);
  const boundary = `segue-${randomBytes(18).toString('hex')}`;
  const head =
    `--${boundary}\r\ncontent-disposition: form-data; name="list_ids"\r\n\r\n${joinedIds(listIds)}\r\n` +
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${fileName}"\r\n` +
    'content-type: text/csv\r\n\r\n';
  const bytes = Buffer.concat([Buffer.from(head), body, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  const contentType = `multipart/form-data; boundary=${boundary}`;
  return post(client, '/activities/contacts_file_import', { contentType, bytes }, options);
}

/** `POST /activities/contacts_json_import` (`constant-contact-v3.md` 6.2). Outcomes as for {@link postFileImport}. */
export async function postJsonImport(
  client: ApiClient,
  jsonImport: JsonImport,
  options: CallOptions = {},
): Promise<Outcome<Activity>> {
  checkSize(jsonImport.body);
  const body = { contentType: 'application/json', bytes: jsonImport.body };
  return post(client, '/activities/contacts_json_import', body, options);
}

async function post(
  client: ApiClient,
  path: string,
  body: { readonly contentType: string; readonly bytes: Uint8Array },
  options: CallOptions,
): Promise<Outcome<Activity>> {
  const outcome = await client.attempt({ ...options, method: 'POST', path, body, upload: true }, activitySchema);
  return outcome.outcome === 'accepted' ? { outcome: 'accepted', value: toActivity(outcome.value) } : outcome;
}

function joinedIds(listIds: readonly string[]): string {
  const plain = listIds.length >= 1 && listIds.length <= 50 && listIds.every((id) => /^[\w-]{1,100}$/.test(id));
  if (!plain) throw new SegueError('list.invalid-reference', { list: '' });
  return listIds.join(',');
}

function checkSize(body: Uint8Array): void {
  if (body.length > importBodyLimit) throw new SegueError('unexpected', { reason: 'body-size' });
}
