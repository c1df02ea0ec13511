/**
 * The contact properties an export can fill, in the order they are offered: the columns that
 * `contacts_file_import` takes (constant-contact-v3.md 6.3), with the longest value each may hold (5.2).
 * Custom fields are written `cf:<name>` and hold 255 characters.
 */
export const contactFields = [
  { field: 'email', maxLength: 80 },
  { field: 'first_name', maxLength: 50 },
  { field: 'last_name', maxLength: 50 },
  { field: 'company_name', maxLength: 50 },
  { field: 'job_title', maxLength: 50 },
  { field: 'phone', maxLength: 25 },
  { field: 'street', maxLength: 255 },
  { field: 'city', maxLength: 50 },
  { field: 'state', maxLength: 50 },
  { field: 'zip', maxLength: 50 },
  { field: 'country', maxLength: 50 },
  { field: 'birthday_month', maxLength: 2 },
  { field: 'birthday_day', maxLength: 2 },
  { field: 'anniversary', maxLength: 10 },
] as const;

export type StandardField = (typeof contactFields)[number]['field'];

/** Longest value, in characters, of a custom field (constant-contact-v3.md 7). */
export const customFieldMaxLength = 255;

const customFieldPattern = /^cf:[a-z0-9_]{1,50}$/i;

/** Whether `field` is a property an import can fill: a standard one or `cf:<name>`. */
export function isContactField(field: string): boolean {
  return contactFields.some((known) => known.field === field) || customFieldPattern.test(field);
}

/** Longest value of `field`, in characters. */
export function maxLengthOf(field: string): number {
  return contactFields.find((known) => known.field === field)?.maxLength ?? customFieldMaxLength;
}
