import { type StandardField, splitFields } from '../../preload/contract/contact-fields.ts';
import type { FieldMap, MatchOptions, ProfileView } from '../../preload/contract/views.ts';
import { changeFields, type EditedExport, type EditedField } from './export-draft.ts';

// What a person does to the matching beside choosing columns. Pure functions, as in export-draft.ts.

export type AttributeGroup = 'name' | 'contact' | 'address' | 'dates';

/** What can be added to an export beside custom fields, as it is offered. */
export const offeredFields: Readonly<Record<AttributeGroup, readonly (StandardField | keyof typeof splitFields)[]>> = {
  name: ['first_name', 'last_name', 'full_name', 'company_name', 'job_title'],
  contact: ['email', 'phone'],
  address: ['street', 'city', 'state', 'zip', 'country'],
  dates: ['birthday', 'birthday_month', 'birthday_day', 'anniversary'],
};

/** The most custom fields that Constant Contact's papers agree on for one contact (constant-contact-v3.md 7). */
export const usualCustomFields = 25;

/** The fields of a group that have no row yet. */
export function unusedOf(group: AttributeGroup, fields: readonly EditedField[]): string[] {
  const used = new Set(fields.map((row) => row.field));
  return offeredFields[group].filter((field) => !used.has(field));
}

/** Every standard field that has no row yet, in the order they are offered. */
export const unusedFields = (fields: readonly EditedField[]): string[] =>
  (Object.keys(offeredFields) as AttributeGroup[]).flatMap((group) => unusedOf(group, fields));

/** Adds a row for `field`, matched with the column that is suggested for it, if one is. */
export function addField(
  draft: EditedExport,
  segmentIds: readonly string[],
  field: string,
  suggested: readonly Pick<FieldMap[number], 'field' | 'columnIndex'>[] = [],
  options: MatchOptions = {},
): EditedExport {
  const columnIndex = suggested.find((match) => match.field === field)?.columnIndex ?? null;
  const row: EditedField = Object.keys(options).length === 0 ? { field, columnIndex } : { field, columnIndex, options };
  return changeFields(draft, segmentIds, (fields) => {
    const present = fields.some((other) => other.field === field);
    if (!present) return [...fields, row];
    // A row that stands open takes the column.
    return fields.map((other) => (other.field === field && other.columnIndex === null ? row : other));
  });
}

/** Chooses how a field's column is read; what is undefined is read as always. */
export function chooseOptions(
  draft: EditedExport,
  segmentIds: readonly string[],
  field: string,
  chosen: { readonly [Name in 'dateOrder' | 'nameOrder' | 'whenBlank']?: MatchOptions[Name] | undefined },
): EditedExport {
  return changeFields(draft, segmentIds, (fields) =>
    fields.map((row) => {
      if (row.field !== field) return row;
      const entries = Object.entries({ ...row.options, ...chosen }).filter(([, value]) => value !== undefined);
      return { field, columnIndex: row.columnIndex, options: Object.fromEntries(entries) as MatchOptions };
    }),
  );
}

/** What is suggested for columns that have no row, for fields that have none or an open one; the surest first. */
export function openSuggestions(fields: readonly EditedField[], profile: ProfileView): ProfileView['suggested'] {
  const columns = new Set(fields.map((row) => row.columnIndex));
  const filled = new Set(fields.filter((row) => row.columnIndex !== null).flatMap((row) => fills(row.field)));
  return profile.suggested.filter(
    ({ field, columnIndex }) => !columns.has(columnIndex) && !fills(field).some((property) => filled.has(property)),
  );
}

const fills = (field: string): readonly string[] =>
  Object.hasOwn(splitFields, field) ? splitFields[field as keyof typeof splitFields] : [field];
