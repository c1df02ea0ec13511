import { z } from 'zod';
import type { ApiClient, CallOptions, Outcome } from './http-client.ts';

const phoneSchema = z.looseObject({ phone_number: z.string().nullish(), kind: z.string().nullish() });
const addressSchema = z.looseObject({
  kind: z.string().nullish(),
  street: z.string().nullish(),
  city: z.string().nullish(),
  state: z.string().nullish(),
  postal_code: z.string().nullish(),
  country: z.string().nullish(),
});
const customSchema = z.looseObject({
  custom_field_id: z.string(),
  value: z.string().nullish(),
  choice_ids: z.array(z.union([z.string(), z.number()])).nullish(),
});

const contactSchema = z.looseObject({
  contact_id: z.string().min(1),
  email_address: z.looseObject({ address: z.string(), permission_to_send: z.string().nullish() }).nullish(),
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  job_title: z.string().nullish(),
  company_name: z.string().nullish(),
  birthday_month: z.number().nullish(),
  birthday_day: z.number().nullish(),
  anniversary: z.string().nullish(),
  deleted_at: z.string().nullish(),
  phone_numbers: z.array(phoneSchema).nullish(),
  street_addresses: z.array(addressSchema).nullish(),
  custom_fields: z.array(customSchema).nullish(),
  sms_channel: z.unknown().optional(),
});

const envelopeSchema = z.looseObject({ contacts: z.array(contactSchema).nullish() });

/** A person with everything that `PUT /contacts/{id}` would overwrite. Personal data: never for logs. */
export type WholeContact = z.output<typeof contactSchema>;

/** What a person's fields become; absent sub-resources stay as they are on the other side. */
export interface ContactChange {
  /** Properties at the top that become empty. */
  readonly without: readonly TopProperty[];
  readonly phone_numbers?: readonly NonNullable<WholeContact['phone_numbers']>[number][];
  readonly street_addresses?: readonly NonNullable<WholeContact['street_addresses']>[number][];
  readonly custom_fields?: readonly NonNullable<WholeContact['custom_fields']>[number][];
}

/** Properties that a PUT empties when it leaves them out (constant-contact-v3.md 5.1). */
export const topProperties = [
  'first_name',
  'last_name',
  'job_title',
  'company_name',
  'birthday_month',
  'birthday_day',
  'anniversary',
] as const;
export type TopProperty = (typeof topProperties)[number];

/** The person with an address, whole, deleted people included; null when there is none. Ignores case. */
export async function fetchWholeContact(
  client: ApiClient,
  email: string,
  options: CallOptions = {},
): Promise<WholeContact | null> {
  const query = { email, status: 'all', include: 'custom_fields,phone_numbers,street_addresses', limit: 50 };
  const found = await client.call({ ...options, method: 'GET', path: '/contacts', query }, envelopeSchema);
  const isWanted = (contact: WholeContact) => contact.email_address?.address.trim().toLowerCase() === email;
  return (found.contacts ?? []).find(isWanted) ?? null;
}

/**
 * `PUT /contacts/{id}`: writes a person back as read, but for `change`. All that a PUT empties when it is left out is in it,
 * address and permission included; lists, tags and notes are left out, and so stay (constant-contact-v3.md 5.1). Answers the
 * person as they are then, as far as the other side shows it.
 *
 * A PUT revives deleted people and sets the permission that it names: the caller must not do it to the deleted or the
 * unsubscribed.
 */
export async function putContact(
  client: ApiClient,
  contact: WholeContact,
  change: ContactChange,
  options: CallOptions = {},
): Promise<Outcome<WholeContact>> {
  const { address, permission_to_send } = contact.email_address ?? {};
  const without = new Set<TopProperty>(change.without);
  const kept = topProperties
    .filter((name) => !without.has(name))
    .map((name) => [name, contact[name]] as const)
    .filter(([, value]) => value !== undefined && value !== null && value !== '');
  const { phone_numbers, street_addresses, custom_fields } = change;
  const wire = {
    email_address: { address, ...(permission_to_send ? { permission_to_send } : {}) },
    ...Object.fromEntries(kept),
    ...(phone_numbers && { phone_numbers: phone_numbers.map(only('phone_number', 'kind')) }),
    ...(street_addresses && {
      street_addresses: street_addresses.map(only('kind', 'street', 'city', 'state', 'postal_code', 'country')),
    }),
    ...(custom_fields && { custom_fields: custom_fields.map(only('custom_field_id', 'value', 'choice_ids')) }),
    update_source: 'Account',
  };
  const body = { contentType: 'application/json', bytes: JSON.stringify(wire) };
  const path = `/contacts/${encodeURIComponent(contact.contact_id)}`;
  return client.attempt({ ...options, method: 'PUT', path, body }, contactSchema);
}

/** What a PUT takes of a part that was read: without its id and its times. */
const only =
  (...names: readonly string[]) =>
  (part: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    Object.fromEntries(names.flatMap((name) => (part[name] == null ? [] : [[name, part[name]]])));
