import { z } from 'zod';
import type { ApiClient, CallOptions } from './http-client.ts';
import { pages, pagingLinks } from './paging.ts';

const contactSchema = z.looseObject({
  contact_id: z.string().min(1),
  email_address: z
    .looseObject({
      address: z.string(),
      permission_to_send: z.string().nullish(),
      opt_out_source: z.string().nullish(),
      opt_out_date: z.string().nullish(),
    })
    .nullish(),
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  created_at: z.string().nullish(),
  updated_at: z.string().nullish(),
  deleted_at: z.string().nullish(),
  list_memberships: z.array(z.string()).nullish(),
});

const envelopeSchema = z.looseObject({ contacts: z.array(contactSchema).nullish(), _links: pagingLinks });

const countsSchema = z.looseObject({
  total: z.number().int(),
  explicit: z.number().int().nullish(),
  implicit: z.number().int().nullish(),
  pending: z.number().int().nullish(),
  unsubscribed: z.number().int().nullish(),
});

/** A person in the account. Personal data: never for logs. */
export interface Contact {
  readonly contactId: string;
  readonly email: string;
  /** `explicit`, `implicit`, `not_set`, `pending_confirmation`, `temp_hold` or `unsubscribed`; empty when not told. */
  readonly permission: string;
  readonly optOutSource: string;
  readonly optOutDate: string | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly deleted: boolean;
  readonly listIds: readonly string[];
}

/** Numbers of people in the account by permission. Zero also stands for a number that was not told. */
export interface ContactCounts {
  readonly total: number;
  readonly explicit: number;
  readonly implicit: number;
  readonly pending: number;
  readonly unsubscribed: number;
}

/** The person with an address, deleted people included, or null. The comparison ignores case (`constant-contact-v3.md` 9). */
export async function lookUpContact(
  client: ApiClient,
  email: string,
  options: CallOptions = {},
): Promise<Contact | null> {
  const query = { email: email.trim(), status: 'all', include: 'list_memberships', limit: 50 };
  const found = await client.call({ ...options, method: 'GET', path: '/contacts', query }, envelopeSchema);
  const wanted = email.trim().toLowerCase();
  const contacts = (found.contacts ?? []).map(toContact);
  return contacts.find((contact) => contact.email.toLowerCase() === wanted) ?? null;
}

/**
 * Everybody who opted out, page by page (500 at a time), those who did so after an instant when one is given. Ten thousand
 * people take twenty requests.
 */
export async function* unsubscribedContacts(
  client: ApiClient,
  since: Date | null,
  options: CallOptions = {},
): AsyncGenerator<readonly Contact[]> {
  const query = { status: 'unsubscribed', limit: 500, optout_after: since?.toISOString() };
  for await (const page of pages(client, { path: '/contacts', query }, envelopeSchema, options)) {
    yield (page.contacts ?? []).map(toContact);
  }
}

/** Everybody on a list, the opted out included, page by page (500 at a time). */
export async function* listMembers(
  client: ApiClient,
  listId: string,
  options: CallOptions = {},
): AsyncGenerator<readonly Contact[]> {
  const query = { lists: listId, status: 'all', limit: 500 };
  for await (const page of pages(client, { path: '/contacts', query }, envelopeSchema, options)) {
    yield (page.contacts ?? []).map(toContact);
  }
}

/** Everybody who was deleted, page by page (500 at a time). */
export async function* deletedContacts(
  client: ApiClient,
  options: CallOptions = {},
): AsyncGenerator<readonly Contact[]> {
  const query = { status: 'deleted', limit: 500 };
  for await (const page of pages(client, { path: '/contacts', query }, envelopeSchema, options)) {
    yield (page.contacts ?? []).map(toContact);
  }
}

/** `GET /contacts/counts`. */
export async function fetchContactCounts(client: ApiClient, options: CallOptions = {}): Promise<ContactCounts> {
  const counts = await client.call({ ...options, method: 'GET', path: '/contacts/counts' }, countsSchema);
  return {
    total: counts.total,
    explicit: counts.explicit ?? 0,
    implicit: counts.implicit ?? 0,
    pending: counts.pending ?? 0,
    unsubscribed: counts.unsubscribed ?? 0,
  };
}

function toContact(contact: z.output<typeof contactSchema>): Contact {
  return {
    contactId: contact.contact_id,
    email: contact.email_address?.address ?? '',
    permission: contact.email_address?.permission_to_send ?? '',
    optOutSource: contact.email_address?.opt_out_source ?? '',
    optOutDate: contact.email_address?.opt_out_date ?? null,
    firstName: contact.first_name ?? '',
    lastName: contact.last_name ?? '',
    deleted: Boolean(contact.deleted_at),
    listIds: contact.list_memberships ?? [],
  };
}
