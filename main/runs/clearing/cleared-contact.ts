import {
  type ContactChange,
  type TopProperty,
  topProperties,
  type WholeContact,
} from '../../constant-contact/whole-contacts.ts';

/** Where an import puts a phone number and an address that do not say of which kind they are (constant-contact-v3.md 6.2). */
const importedPhone = 'other';
const importedAddress = 'home';

const addressParts = {
  street: 'street',
  city: 'city',
  state: 'state',
  zip: 'postal_code',
  country: 'country',
} as const;
type AddressField = keyof typeof addressParts;

const isTop = (field: string): field is TopProperty => topProperties.some((name) => name === field);
const isAddressField = (field: string): field is AddressField => Object.hasOwn(addressParts, field);
const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '';

/**
 * What has to become of a person so that `fields` hold nothing; null when they hold nothing already. `customIds` are the
 * account's fields by the name that matching knows (`cf:…`): one that is not in it holds nothing any more. Nothing but the
 * fields changes; an address of which nothing is left goes as a whole.
 */
export function clearedContact(
  contact: WholeContact,
  fields: readonly string[],
  customIds: ReadonlyMap<string, string>,
): ContactChange | null {
  const without = fields.filter(isTop).filter((name) => !isBlank(contact[name]));
  const change: ContactChange = {
    without,
    ...(fields.includes('phone') ? partChange('phone_numbers', contact, phonesWithout) : {}),
    ...partChange('street_addresses', contact, (all) => addressesWithout(all, fields.filter(isAddressField))),
    ...partChange('custom_fields', contact, (all) => customWithout(all, fields, customIds)),
  };
  return without.length === 0 && Object.keys(change).length === 1 ? null : change;
}

type PartName = 'phone_numbers' | 'street_addresses' | 'custom_fields';
type Part<N extends PartName> = NonNullable<WholeContact[N]>[number];

/** A part of the person as it has to be, if it is to be another than it is. */
function partChange<N extends PartName>(
  name: N,
  contact: WholeContact,
  changed: (all: readonly Part<N>[]) => readonly Part<N>[] | null,
): Partial<Record<N, readonly Part<N>[]>> {
  const after = changed((contact[name] ?? []) as readonly Part<N>[]);
  return after === null ? {} : ({ [name]: after } as Partial<Record<N, readonly Part<N>[]>>);
}

function phonesWithout(all: readonly Part<'phone_numbers'>[]): readonly Part<'phone_numbers'>[] | null {
  const left = all.filter(({ kind, phone_number }) => kind !== importedPhone || isBlank(phone_number));
  return left.length === all.length ? null : left;
}

function addressesWithout(
  all: readonly Part<'street_addresses'>[],
  fields: readonly AddressField[],
): readonly Part<'street_addresses'>[] | null {
  const parts = fields.map((field) => addressParts[field]);
  const isConcerned = (address: Part<'street_addresses'>) =>
    address.kind === importedAddress && parts.some((part) => !isBlank(address[part]));
  if (!all.some(isConcerned)) return null;
  return all.flatMap((address) => {
    if (!isConcerned(address)) return [address];
    const left = { ...address, ...Object.fromEntries(parts.map((part) => [part, undefined])) };
    return Object.values(addressParts).every((part) => isBlank(left[part])) ? [] : [left];
  });
}

function customWithout(
  all: readonly Part<'custom_fields'>[],
  fields: readonly string[],
  customIds: ReadonlyMap<string, string>,
): readonly Part<'custom_fields'>[] | null {
  const ids = new Set(fields.flatMap((field) => customIds.get(field.toLowerCase()) ?? []));
  const isConcerned = ({ custom_field_id, value, choice_ids }: Part<'custom_fields'>) =>
    ids.has(custom_field_id) && (!isBlank(value) || (choice_ids ?? []).length > 0);
  const left = all.filter((field) => !isConcerned(field));
  return left.length === all.length ? null : left;
}

/** Whether the other side's answer shows all that {@link clearedContact} looks at. */
export function tellsOf(contact: WholeContact, fields: readonly string[]): boolean {
  return fields.every((field) => {
    if (isTop(field)) return true;
    const name = field === 'phone' ? 'phone_numbers' : isAddressField(field) ? 'street_addresses' : 'custom_fields';
    return contact[name] !== undefined && contact[name] !== null;
  });
}
