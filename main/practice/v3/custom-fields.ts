import { isoSeconds } from '../clock.ts';
import { type Answer, emptyAnswer, jsonAnswer } from '../http/answer.ts';
import { conflict, notFound, validationError } from '../http/api-error.ts';
import { type Call, isRecord, jsonBody, param } from '../http/call.ts';
import { nextLink, readPage } from '../http/paging.ts';
import { optionalInteger, optionalObjects, optionalText, optionalWord, requiredText } from '../http/read-values.ts';
import type { Route } from '../http/router.ts';
import type { PracticeContext } from '../practice-context.ts';
import { type FieldRow, fieldTypes, mostFields } from '../state/field-store.ts';

const longestLabel = 50;
const mostPerPage = 100;

const read = { scope: 'contact_data', privilege: 'contacts:read' } as const;
const write = { scope: 'contact_data', privilege: 'contacts:write' } as const;

/** `/contact_custom_fields` (constant-contact-v3.md 7). */
export const customFieldRoutes: Route[] = [
  { ...read, method: 'GET', path: '/v3/contact_custom_fields', handle: list },
  { ...write, method: 'POST', path: '/v3/contact_custom_fields', handle: create },
  { ...read, method: 'GET', path: '/v3/contact_custom_fields/:custom_field_id', handle: one },
  { ...write, method: 'PUT', path: '/v3/contact_custom_fields/:custom_field_id', handle: update },
  { ...write, method: 'DELETE', path: '/v3/contact_custom_fields/:custom_field_id', handle: remove },
];

function fieldBody(row: FieldRow, context: PracticeContext): Record<string, unknown> {
  const id = context.ids.format('customField', row.seq);
  const created_at = isoSeconds(row.created_at);
  const updated_at = isoSeconds(row.updated_at);
  const choices = row.choices === null ? null : (JSON.parse(row.choices) as Record<string, unknown>[]);
  return {
    custom_field_id: id,
    label: row.label,
    name: row.name,
    type: row.type,
    version: row.version,
    ...(row.metadata === null ? {} : { metadata: JSON.parse(row.metadata) as unknown }),
    ...(choices === null
      ? {}
      : { choices: choices.map((choice) => ({ custom_field_id: id, ...choice, created_at, updated_at })) }),
    created_at,
    updated_at,
  };
}

function list(call: Call, context: PracticeContext): Answer {
  const { limit, after } = readPage(call, context.ids, 'customField', mostPerPage);
  const rows = context.fields.all().filter((field) => field.seq > after);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return jsonAnswer(200, {
    custom_fields: page.map((row) => fieldBody(row, context)),
    ...nextLink(call, limit, last === undefined ? null : context.ids.format('customField', last.seq)),
  });
}

function existing(call: Call, context: PracticeContext): FieldRow {
  const seq = context.ids.parse('customField', param(call, 'custom_field_id'));
  const row = seq === null ? undefined : context.fields.get(seq);
  if (row === undefined) throw notFound('custom_field_id is in an invalid format.');
  return row;
}

function one(call: Call, context: PracticeContext): Answer {
  return jsonAnswer(200, fieldBody(existing(call, context), context));
}

/** Choices numbered in their order; the most depend on how they are shown. */
function readChoices(values: Record<string, unknown>): Record<string, unknown>[] | null {
  const metadata = isRecord(values.metadata) ? values.metadata : {};
  const display = optionalWord(metadata, 'display_type', ['dropdown', 'checkbox', 'radio']);
  const choices = optionalObjects(values, 'choices', display === 'dropdown' || display === null ? 100 : 20);
  return (
    choices?.map((choice, index) => ({
      choice_id: optionalInteger(choice, 'choice_id') ?? index + 1,
      choice_label: requiredText(choice, 'choice_label', 255),
      display_order: optionalInteger(choice, 'display_order') ?? index + 1,
    })) ?? null
  );
}

function create(call: Call, context: PracticeContext): Answer {
  const values = jsonBody(call);
  const label = requiredText(values, 'label', longestLabel).trim();
  const type = optionalWord(values, 'type', fieldTypes);
  if (type === null) throw validationError('type is missing');
  if (context.fields.byLabel(label) !== undefined) throw conflict('Validation failed: Label already exists.');
  // What the 101st field gets is not documented.
  if (context.fields.all().length >= mostFields) throw validationError('The account already has 100 custom fields.');
  const choices = readChoices(values);
  if ((type === 'single_select' || type === 'multi_select') && choices === null)
    throw validationError('choices is missing');
  const version = optionalInteger(values, 'version') ?? (type === 'date' ? 2 : 1);
  const metadata = isRecord(values.metadata) ? values.metadata : undefined;
  return jsonAnswer(
    201,
    fieldBody(context.fields.create({ label, type, version, metadata, choices }, call.now), context),
  );
}

/** Changes label and choices, never the type. */
function update(call: Call, context: PracticeContext): Answer {
  const row = existing(call, context);
  const values = jsonBody(call);
  const label = optionalText(values, 'label', longestLabel)?.trim() ?? row.label;
  const namesake = context.fields.byLabel(label);
  if (namesake !== undefined && namesake.seq !== row.seq) throw conflict('Validation failed: Label already exists.');
  return jsonAnswer(200, fieldBody(context.fields.update(row.seq, label, readChoices(values), call.now), context));
}

function remove(call: Call, context: PracticeContext): Answer {
  context.fields.delete(existing(call, context).seq);
  return emptyAnswer(204);
}
