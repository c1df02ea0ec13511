import { isCustomField } from '../../../preload/contract/contact-fields.ts';
import type { FieldMatch } from '../../../preload/contract/views.ts';
import { customFieldViewOf } from '../../connections/fields-service.ts';
import { fetchCustomFields } from '../../constant-contact/custom-fields.ts';
import type { ApiClient, CallOptions } from '../../constant-contact/http-client.ts';
import { SegueError } from '../../errors/segue-error.ts';

/** Whether anything is matched with a custom field: only then the account has to be asked. */
const usesCustomFields = (matches: readonly FieldMatch[]): boolean => matches.some(({ field }) => isCustomField(field));

/**
 * Segments with the kind of every matched custom field as the account has it now: by it their values are written.
 *
 * An import drops the values of a field that is gone without a word (constant-contact-v3.md 6.2): this throws
 * `export.field-gone` instead.
 */
export async function withAccountFields<S extends { readonly fieldMap: readonly FieldMatch[] }>(
  client: ApiClient,
  segments: readonly S[],
  options: CallOptions = {},
): Promise<S[]> {
  const matches = segments.flatMap(({ fieldMap }) => fieldMap);
  if (!usesCustomFields(matches)) return [...segments];
  const held = new Map(
    (await fetchCustomFields(client, options)).map(customFieldViewOf).map((view) => [view.field.toLowerCase(), view]),
  );
  const gone = new Set(
    matches.map(({ field }) => field).filter((field) => isCustomField(field) && !held.has(field.toLowerCase())),
  );
  if (gone.size > 0) {
    throw new SegueError('export.field-gone', {
      fields: [...gone].map((field) => field.slice('cf:'.length)).join(', '),
    });
  }
  return segments.map((segment) => ({
    ...segment,
    fieldMap: segment.fieldMap.map((match) => {
      const field = held.get(match.field.toLowerCase());
      return field === undefined ? match : { ...match, field: field.field, valueType: field.valueType ?? 'text' };
    }),
  }));
}
