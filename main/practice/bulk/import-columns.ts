import { lengths } from '../state/contact-details.ts';
import type { FieldStore } from '../state/field-store.ts';

/** What a heading of a CSV import, or a key of a JSON import's row, means (constant-contact-v3.md 6.2, 6.3). */
export type ImportColumn =
  | { readonly kind: 'email' | 'sms' | 'birthday_month' | 'birthday_day' | 'anniversary' }
  | { readonly kind: 'name'; readonly key: 'first_name' | 'last_name' | 'job_title' | 'company_name' }
  | { readonly kind: 'phone'; readonly phone: string }
  | { readonly kind: 'address'; readonly address: string; readonly part: AddressPart }
  | { readonly kind: 'custom'; readonly field: string; readonly type: string };

export type AddressPart = 'street' | 'street2' | 'city' | 'state' | 'postal_code' | 'country';

const addressParts: Record<string, AddressPart> = {
  street: 'street',
  street2: 'street2',
  city: 'city',
  state: 'state',
  zip: 'postal_code',
  country: 'country',
};

/** Longest value of an address part in characters. */
export const partLengths: Record<AddressPart, number> = {
  street: lengths.street,
  street2: lengths.street,
  city: lengths.place,
  state: lengths.place,
  postal_code: lengths.place,
  country: lengths.place,
};

/** Which vocabulary a body uses: the kinds of address and phone are documented for JSON only. */
export type Vocabulary = 'file' | 'json';

/**
 * The meaning of a heading or key; null for one that is unknown, whose values are dropped without a word, as a script
 * author found with nested `custom_fields` (6.2). A `cf:` name that does not exist is taken the same way, a guess.
 */
export function columnOf(name: string, vocabulary: Vocabulary, fields: FieldStore): ImportColumn | null {
  const key = name.trim();
  if (key.toLowerCase().startsWith('cf:')) {
    const wanted = key.slice(3).trim().toLowerCase();
    const field = fields.all().find((candidate) => candidate.name === wanted);
    return field === undefined ? null : { kind: 'custom', field: String(field.seq), type: field.type };
  }
  const plain = key.toLowerCase();
  switch (plain) {
    case 'email':
    case 'birthday_month':
    case 'birthday_day':
    case 'anniversary':
      return { kind: plain };
    case 'sms_number':
      return { kind: 'sms' };
    case 'first_name':
    case 'last_name':
    case 'job_title':
    case 'company_name':
      return { kind: 'name', key: plain };
    case 'phone':
      return { kind: 'phone', phone: 'other' };
  }
  const own = addressParts[plain];
  if (own !== undefined) return { kind: 'address', address: 'home', part: own };
  if (vocabulary === 'file') return null;
  const phone = /^(home|work|mobile|other)_phone$/.exec(plain);
  if (phone?.[1] !== undefined) return { kind: 'phone', phone: phone[1] };
  // The vendor's document prints `home country`, almost surely for `home_country`: both are taken.
  const address = /^(home|work|other)[_ ](street2?|city|state|zip|country)$/.exec(plain);
  const part = addressParts[address?.[2] ?? ''];
  if (address?.[1] === undefined || part === undefined) return null;
  return { kind: 'address', address: address[1], part };
}
