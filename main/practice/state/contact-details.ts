/** Stored as the place in this list. What each means is in constant-contact-v3.md 9. */
export const permissions = [
  'implicit',
  'explicit',
  'pending_confirmation',
  'not_set',
  'temp_hold',
  'unsubscribed',
] as const;
export type Permission = (typeof permissions)[number];

export const implicitPermission = 0;
export const unsubscribedPermission = permissions.indexOf('unsubscribed');

/** Whether a text names a permission. */
export function isPermission(text: unknown): text is Permission {
  return permissions.some((permission) => permission === text);
}

export interface Phone {
  kind: string;
  number: string;
}

export interface StreetAddress {
  kind: string;
  street?: string;
  city?: string;
  state?: string;
  postal_code?: string;
  country?: string;
}

export interface Note {
  at: number;
  content: string;
}

export type SourceName = 'Contact' | 'Account';

/** What is known of a contact beside address, permission and dates. Absent means not set. Times are milliseconds. */
export interface ContactDetails {
  first_name?: string;
  last_name?: string;
  job_title?: string;
  company_name?: string;
  birthday_month?: number;
  birthday_day?: number;
  anniversary?: string;
  phones?: Phone[];
  addresses?: StreetAddress[];
  /** Custom field row number -> value. */
  custom?: Record<string, string>;
  notes?: Note[];
  sms?: string;
  /** Absent: the account added the person when the contact was created, as imports do. */
  optIn?: { source: SourceName; at: number };
  optOut?: { source: SourceName; at: number; reason?: string };
  createSource?: SourceName;
  updateSource?: SourceName;
}

/** Longest texts in characters (constant-contact-v3.md 5.2). */
export const lengths = {
  name: 50,
  phone: 25,
  street: 255,
  place: 50,
  custom: 255,
  reason: 255,
  note: 2_000,
  sms: 16,
} as const;

/** Most of a kind on one contact. For custom fields the documents say 25 and 50; the practice account keeps 50 (7). */
export const most = { phones: 3, addresses: 3, custom: 50, lists: 50, taggings: 50, notes: 150 } as const;

export const phoneKinds = ['home', 'work', 'mobile', 'other'] as const;
export const addressKinds = ['home', 'work', 'other'] as const;

/** The documented spellings of an anniversary: year first or last, `/` or `-` between (5.2). */
const yearFirst = /^(\d{4})([/-])(\d{1,2})\2(\d{1,2})$/;
const yearLast = /^(\d{1,2})([/-])(\d{1,2})\2(\d{4})$/;

/** Whether a text is a real day in one of the documented spellings. */
export function isDate(text: string): boolean {
  const first = yearFirst.exec(text);
  if (first !== null) return isDay(Number(first[1]), Number(first[3]), Number(first[4]));
  const last = yearLast.exec(text);
  return last !== null && isDay(Number(last[4]), Number(last[1]), Number(last[3]));
}

/** Whether month and day can be a birthday (a leap day can). */
export function isBirthday(month: number, day: number): boolean {
  return isDay(2024, month, day);
}

function isDay(year: number, month: number, day: number): boolean {
  if (!Number.isInteger(month) || !Number.isInteger(day) || month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/**
 * Whether an address could be mailed. The vendor's rules are unpublished; this is what its staff advise to check for
 * (constant-contact-v3.md 9): blanks, commas, brackets, a missing @ or domain.
 */
export function isAddress(text: string): boolean {
  return /^[^\s@,;:<>()[\]"\\]+@[^\s@,;:<>()[\]"\\.]+(?:\.[^\s@,;:<>()[\]"\\.]+)+$/.test(text);
}
