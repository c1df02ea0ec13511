import { CsvRows, countRecords } from '../bulk/csv-rows.ts';
import { columnOf } from '../bulk/import-columns.ts';
import type { Answer } from '../http/answer.ts';
import { notFound, unsupportedMediaType, validationError } from '../http/api-error.ts';
import { type Call, isRecord, jsonBody } from '../http/call.ts';
import { readMultipart } from '../http/multipart.ts';
import { optionalWord, requiredIds } from '../http/read-values.ts';
import type { Route } from '../http/router.ts';
import type { PracticeContext } from '../practice-context.ts';
import { isUuid } from '../state/ids.ts';
import { createdActivity } from './activities.ts';

/** The caps of one import (constant-contact-v3.md 6.2, 6.3). "MB" is taken as 10^6, the smaller reading. */
const mostBytes = 4_000_000;
const mostRows = 40_000;
const mostTargets = 50;

const guarded = { scope: 'contact_data', privilege: 'contacts:write', method: 'POST' } as const;

/** The two bulk imports. */
export const importRoutes: Route[] = [
  { ...guarded, path: '/v3/activities/contacts_file_import', handle: importFile },
  { ...guarded, path: '/v3/activities/contacts_json_import', handle: importJson },
];

const overCap = () => validationError('The import is larger than 4 MB or 40,000 rows.');

function importFile(call: Call, context: PracticeContext): Answer {
  const parts = readMultipart(call.headers['content-type'] ?? '', call.body);
  const file = parts.find((part) => part.name === 'file');
  if (file === undefined) throw validationError('file is missing');
  if (file.fileName === null || !file.fileName.toLowerCase().endsWith('.csv')) {
    throw unsupportedMediaType('The file must be a .csv file.');
  }
  const values = Object.fromEntries(parts.map((part) => [part.name, part.content.toString('utf8')]));
  optionalWord(values, 'sms_permission_to_send', ['explicit', 'not_set']);
  if (values.list_ids === undefined) throw validationError('list_ids is missing');
  const lists = targetLists(
    values.list_ids.split(',').map((id) => id.trim()),
    context,
  );

  const body = withinCap(file.content, context.settings.strict);
  const heading = new CsvRows(body).next() ?? [];
  const isAddressed = heading.some((name) =>
    ['email', 'sms'].includes(columnOf(name, 'file', context.fields)?.kind ?? ''),
  );
  if (!isAddressed) throw validationError('The file has no email column.');
  const records = countRecords(body);
  if (records > mostRows && context.settings.strict) throw overCap();
  const total = Math.min(records, mostRows);
  const row = context.engine.submit({
    kind: 'file_import',
    sourceFileName: file.fileName,
    input: { lists, rows: total - 1 },
    body,
    counters: importCounters(total, total - 1),
  });
  return createdActivity(row, context);
}

function importJson(call: Call, context: PracticeContext): Answer {
  const isOver = call.body.length > mostBytes;
  if (isOver && context.settings.strict) throw overCap();
  const values = jsonBody(call);
  const data = values.import_data;
  if (data === undefined) throw validationError('import_data is missing');
  if (!Array.isArray(data) || data.length === 0 || !data.every(isRecord)) {
    throw validationError('import_data does not have a valid value');
  }
  optionalWord(values, 'sms_permission_to_send', ['explicit', 'not_set']);
  const lists = targetLists(requiredIds(values, 'list_ids', mostTargets), context);
  if (data.length > mostRows && context.settings.strict) throw overCap();
  const rows = (isOver ? rowsWithinCap(data) : data).slice(0, mostRows);
  const row = context.engine.submit({
    kind: 'json_import',
    input: { lists, rows: rows.length },
    body: Buffer.from(JSON.stringify(rows)),
    // Whether a heading is counted for JSON is not documented (6.1): it is not here.
    counters: importCounters(rows.length, rows.length),
  });
  return createdActivity(row, context);
}

function importCounters(items: number, people: number) {
  return {
    items_total_count: items,
    person_count: people,
    error_count: 0,
    correctable_count: 0,
    cannot_add_to_list_count: 0,
  };
}

/** Row numbers of the lists asked for. What an unknown list gets is not documented: 404 here, as one on its own would. */
function targetLists(ids: readonly string[], context: PracticeContext): number[] {
  if (ids.length > mostTargets) throw validationError(`list_ids is too long (maximum is ${mostTargets} items)`);
  if (ids.length === 0 || !ids.every(isUuid)) throw validationError('list_ids does not have a valid value');
  return ids.map((id) => {
    const seq = context.ids.parse('list', id);
    if (seq === null || context.lists.get(seq)?.deleted_at !== null)
      throw notFound('A list in list_ids was not found.');
    return seq;
  });
}

/** The file as far as it counts: what is over 4 MB is dropped without a word, from the line that no longer fits. */
function withinCap(file: Buffer, strict: boolean): Buffer {
  if (file.length <= mostBytes) return file;
  if (strict) throw overCap();
  const cut = file.lastIndexOf(10, mostBytes - 1);
  return file.subarray(0, cut === -1 ? mostBytes : cut + 1);
}

/** The rows of a JSON import that fit into 4 MB. */
function rowsWithinCap(rows: readonly unknown[]): unknown[] {
  let bytes = 0;
  const end = rows.findIndex((row) => {
    bytes += Buffer.byteLength(JSON.stringify(row)) + 1;
    return bytes > mostBytes;
  });
  return end === -1 ? [...rows] : rows.slice(0, end);
}
