import {
  type ContactDetails,
  isAddress,
  isBirthday,
  isDate,
  lengths,
  most,
  type Phone,
  type StreetAddress,
} from '../state/contact-details.ts';
import { type ImportColumn, partLengths } from './import-columns.ts';

/** A row that can be taken in: an address or a number, and what it says about the person. Blanks say nothing. */
export interface ReadRow {
  readonly address: string;
  readonly details: ContactDetails;
}

/** Why a row was not taken in. `correctable` ones can be mended by the user in the web interface (6.1). */
export interface RowProblem {
  readonly problem: 'error' | 'correctable';
  /** The words after `Line N: `. Undocumented; V2 printed `Invalid birthday` (6.1). */
  readonly message: string;
}

const error = (message: string): RowProblem => ({ problem: 'error', message });
const correctable = (message: string): RowProblem => ({ problem: 'correctable', message });

/** Reads one row. `columns` and `values` belong together by place. */
export function readRow(
  columns: readonly (ImportColumn | null)[],
  values: readonly string[],
  addressLimit: number,
): ReadRow | RowProblem {
  let address = '';
  const details: ContactDetails = {};
  for (let index = 0; index < columns.length; index += 1) {
    const column = columns[index];
    if (column === null || column === undefined) continue;
    const value = (values[index] ?? '').trim();
    if (value === '') continue;
    if (column.kind === 'email') {
      address = value;
      continue;
    }
    const problem = put(details, column, value);
    if (problem !== null) return problem;
  }
  return check(address, details, addressLimit);
}

function put(details: ContactDetails, column: ImportColumn, value: string): RowProblem | null {
  switch (column.kind) {
    case 'name':
      if (value.length > lengths.name) return error(`${column.key} is too long`);
      details[column.key] = value;
      return null;
    case 'custom':
      if (value.length > lengths.custom) return error('A custom field is too long');
      if (!fits(column.type, value)) return correctable(`Invalid ${column.type}`);
      details.custom ??= {};
      details.custom[column.field] = value;
      return null;
    case 'birthday_month':
    case 'birthday_day':
      details[column.kind] = /^\d{1,2}$/.test(value) ? Number(value) : 0;
      return null;
    case 'anniversary':
      if (!isDate(value)) return correctable('Invalid anniversary');
      details.anniversary = value;
      return null;
    case 'phone':
      if (value.length > lengths.phone) return error('A phone number is too long');
      putPhone(details, { kind: column.phone, number: value });
      return null;
    case 'address':
      if (value.length > partLengths[column.part]) return error(`${column.part} is too long`);
      putAddress(details, column.address, column.part, value);
      return null;
    case 'sms':
      if (value.length > lengths.sms) return error('sms_number is too long');
      details.sms = value;
      return null;
    case 'email':
      return null;
  }
}

/** Whether a value can be kept by a field of this type. The formats are silent in the documents (7), so this is a guess. */
function fits(type: string, value: string): boolean {
  if (type === 'number' || type === 'currency') return Number.isFinite(Number(value));
  if (type === 'date') return isDate(value);
  return true;
}

function putPhone(details: ContactDetails, phone: Phone): void {
  details.phones ??= [];
  const known = details.phones.find((other) => other.kind === phone.kind);
  if (known === undefined) details.phones.push(phone);
  else known.number = phone.number;
}

function putAddress(details: ContactDetails, kind: string, part: keyof typeof partLengths, value: string): void {
  details.addresses ??= [];
  let address = details.addresses.find((other) => other.kind === kind);
  if (address === undefined) {
    address = { kind };
    details.addresses.push(address);
  }
  if (part !== 'street2') address[part] = value;
  else address.street = address.street === undefined ? value : `${address.street} ${value}`;
}

function check(address: string, details: ContactDetails, addressLimit: number): ReadRow | RowProblem {
  const { birthday_month: month, birthday_day: day } = details;
  if (address === '' && details.sms === undefined) return correctable('No email address');
  if (address !== '' && !isAddress(address)) return correctable('Invalid email address');
  if (address.length > addressLimit) return error('email is too long');
  if ((month !== undefined || day !== undefined) && !isBirthday(month ?? 0, day ?? 0)) {
    return correctable('Invalid birthday');
  }
  if ((details.phones?.length ?? 0) > most.phones) return error('Too many phone numbers');
  if (details.addresses?.some((each) => (each.street?.length ?? 0) > lengths.street))
    return error('street is too long');
  if (details.custom !== undefined && Object.keys(details.custom).length > most.custom) {
    return error('Too many custom fields');
  }
  return { address, details };
}

/** What is known of a person after a row: the row's values over the known ones. Null when that would be too much. */
export function merge(known: ContactDetails, row: ContactDetails): ContactDetails | null {
  const merged: ContactDetails = { ...known, ...row };
  if (known.custom !== undefined && row.custom !== undefined) merged.custom = { ...known.custom, ...row.custom };
  if (known.phones !== undefined && row.phones !== undefined) {
    merged.phones = known.phones.map((phone) => ({ ...phone }));
    for (const phone of row.phones) putPhone(merged, phone);
  }
  if (known.addresses !== undefined && row.addresses !== undefined) {
    merged.addresses = mergeAddresses(known.addresses, row.addresses);
  }
  const tooMany =
    (merged.phones?.length ?? 0) > most.phones ||
    (merged.addresses?.length ?? 0) > most.addresses ||
    (merged.custom !== undefined && Object.keys(merged.custom).length > most.custom);
  return tooMany ? null : merged;
}

function mergeAddresses(known: readonly StreetAddress[], row: readonly StreetAddress[]): StreetAddress[] {
  const merged = known.map((address) => ({ ...address, ...row.find((other) => other.kind === address.kind) }));
  return [...merged, ...row.filter((address) => !known.some((other) => other.kind === address.kind))];
}
