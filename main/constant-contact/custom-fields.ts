import { z } from 'zod';
import { SegueError } from '../errors/segue-error.ts';
import type { ApiClient, CallOptions } from './http-client.ts';
import { pages, pagingLinks } from './paging.ts';

/** The kinds of field that Segue creates; an account may hold others (`constant-contact-v3.md` 7). */
export type NewFieldType = 'string' | 'date' | 'number';

const fieldSchema = z.looseObject({
  custom_field_id: z.string().min(1),
  label: z.string(),
  name: z.string(),
  type: z.string(),
  version: z.number().nullish(),
});

const envelopeSchema = z.looseObject({ custom_fields: z.array(fieldSchema).nullish(), _links: pagingLinks });

/** A field of the account's own. */
export interface CustomField {
  readonly fieldId: string;
  readonly label: string;
  /** What comes after `cf:` in an import's heading. Always the other side's: how it is made of the label is not promised. */
  readonly name: string;
  readonly type: string;
  /** True for dates of the older kind, which are plain text written as MM/DD/YYYY. */
  readonly olderDate: boolean;
}

/** The most custom fields that an account may have, and the longest label. */
export const customFieldLimits = { perAccount: 100, labelLength: 50, valueLength: 255 } as const;

/** Every custom field of the account, sorted by label. */
export async function fetchCustomFields(client: ApiClient, options: CallOptions = {}): Promise<readonly CustomField[]> {
  const fields: CustomField[] = [];
  const first = { path: '/contact_custom_fields', query: { limit: 100 } };
  for await (const page of pages(client, first, envelopeSchema, options)) {
    for (const field of page.custom_fields ?? []) fields.push(toField(field));
  }
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  return fields.sort((a, b) => collator.compare(a.label, b.label));
}

/** Creates a field. Throws `field.label-taken` for a label in use and `field.too-many` when the account is full (100). */
export async function createCustomField(
  client: ApiClient,
  field: { readonly label: string; readonly type: NewFieldType },
  options: CallOptions = {},
): Promise<CustomField> {
  const wire = { label: field.label.trim(), type: field.type };
  const body = { contentType: 'application/json', bytes: JSON.stringify(wire) };
  try {
    return toField(
      await client.call({ ...options, method: 'POST', path: '/contact_custom_fields', body }, fieldSchema),
    );
  } catch (thrown) {
    if (!(thrown instanceof SegueError)) throw thrown;
    if (thrown.code === 'remote.conflict') throw new SegueError('field.label-taken', { label: wire.label });
    // How a full account refuses is not documented, so the fields are counted.
    const { perAccount } = customFieldLimits;
    const full = thrown.code === 'remote.rejected' && (await fetchCustomFields(client, options)).length >= perAccount;
    throw full ? new SegueError('field.too-many', { count: perAccount }) : thrown;
  }
}

function toField(field: z.output<typeof fieldSchema>): CustomField {
  return {
    fieldId: field.custom_field_id,
    label: field.label,
    name: field.name,
    type: field.type,
    olderDate: field.type === 'date' && field.version !== 2,
  };
}
