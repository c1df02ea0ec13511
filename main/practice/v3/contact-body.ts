import { isoSeconds } from '../clock.ts';
import type { PracticeContext } from '../practice-context.ts';
import { permissions, unsubscribedPermission } from '../state/contact-details.ts';
import { type ContactRow, detailsOf } from '../state/contact-store.ts';

/** What `include` can add to a contact (constant-contact-v3.md 5.1). */
export const includes = [
  'custom_fields',
  'list_memberships',
  'phone_numbers',
  'street_addresses',
  'taggings',
  'notes',
] as const;
export type Include = (typeof includes)[number];

/** Ids of a contact's own parts: eight to a contact, numbered by their place. */
const partsPerContact = 8;

/** A contact as the API shows it. There is no `status`: permission and `deleted_at` tell (5.2). */
export function contactBody(
  row: ContactRow,
  context: PracticeContext,
  included: readonly Include[],
): Record<string, unknown> {
  const { ids, lists, tags, fields } = context;
  const details = detailsOf(row);
  const created = isoSeconds(row.created_at);
  const updated = isoSeconds(row.updated_at);
  const times = { created_at: created, updated_at: updated };
  const part = (place: number) => row.seq * partsPerContact + place;
  const has = (include: Include) => included.includes(include);
  const optional = {
    first_name: details.first_name,
    last_name: details.last_name,
    job_title: details.job_title,
    company_name: details.company_name,
    birthday_month: details.birthday_month,
    birthday_day: details.birthday_day,
    anniversary: details.anniversary,
  };
  return {
    contact_id: ids.format('contact', row.seq),
    ...(row.address === null ? {} : { email_address: addressBody(row) }),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
    update_source: details.updateSource ?? 'Account',
    create_source: details.createSource ?? 'Account',
    ...times,
    ...(row.deleted_at === null ? {} : { deleted_at: isoSeconds(row.deleted_at) }),
    ...(has('custom_fields')
      ? {
          custom_fields: Object.entries(details.custom ?? {})
            .filter(([seq]) => fields.get(Number(seq)) !== undefined)
            .map(([seq, value]) => ({ custom_field_id: ids.format('customField', Number(seq)), value })),
        }
      : {}),
    ...(has('phone_numbers')
      ? {
          phone_numbers: (details.phones ?? []).map(({ kind, number }, place) => ({
            phone_number_id: ids.format('phone', part(place)),
            phone_number: number,
            kind,
            ...times,
            update_source: 'Account',
            create_source: 'Account',
          })),
        }
      : {}),
    ...(has('street_addresses')
      ? {
          street_addresses: (details.addresses ?? []).map((address, place) => ({
            street_address_id: ids.format('streetAddress', part(place)),
            ...address,
            ...times,
          })),
        }
      : {}),
    ...(has('list_memberships')
      ? { list_memberships: lists.listsOf(row.seq).map((seq) => ids.format('list', seq)) }
      : {}),
    ...(has('taggings') ? { taggings: tags.tagsOf(row.seq).map((seq) => ids.format('tag', seq)) } : {}),
    ...(has('notes')
      ? {
          notes: (details.notes ?? []).map((note, place) => ({
            note_id: ids.format('note', row.seq * 256 + place),
            created_at: isoSeconds(note.at),
            content: note.content,
          })),
        }
      : {}),
  };
}

function addressBody(row: ContactRow): Record<string, unknown> {
  const { optIn, optOut } = detailsOf(row);
  const isOut = row.permission === unsubscribedPermission;
  return {
    address: row.address,
    permission_to_send: permissions[row.permission],
    created_at: isoSeconds(row.created_at),
    updated_at: isoSeconds(row.updated_at),
    opt_in_source: optIn?.source ?? 'Account',
    opt_in_date: isoSeconds(optIn?.at ?? row.created_at),
    ...(isOut
      ? {
          opt_out_source: optOut?.source ?? 'Account',
          opt_out_date: isoSeconds(optOut?.at ?? row.updated_at),
          ...(optOut?.reason === undefined ? {} : { opt_out_reason: optOut.reason }),
        }
      : {}),
    confirm_status: permissions[row.permission] === 'pending_confirmation' ? 'pending' : 'off',
  };
}
