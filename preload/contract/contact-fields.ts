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

/**
 * What a column can be matched to that is no property itself but fills two: a day in one column, a name in one column.
 */
export const splitFields = {
  full_name: ['first_name', 'last_name'],
  birthday: ['birthday_month', 'birthday_day'],
} as const satisfies Record<string, readonly StandardField[]>;

export type SplitField = keyof typeof splitFields;
export const splitFieldNames = Object.keys(splitFields) as SplitField[];

/** How a name is made of a label is the other side's: all that a heading of an import can carry is taken. */
const customFieldPattern = /^cf:[^\s"',;:\p{C}]{1,60}$/u;

export const isCustomField = (field: string): boolean => customFieldPattern.test(field);

export const isSplitField = (field: string): field is SplitField => Object.hasOwn(splitFields, field);

/** Whether a column can be matched to `field`: a property, one of {@link splitFields} or `cf:<name>`. */
export function isContactField(field: string): boolean {
  return contactFields.some((known) => known.field === field) || isSplitField(field) || isCustomField(field);
}

/** The properties that a match with `field` fills. */
export const filledBy = (field: string): readonly string[] => (isSplitField(field) ? splitFields[field] : [field]);

/** The first of these fields that fills what another before it fills already. */
export const filledTwice = (fields: readonly string[]): string | undefined =>
  fields.find((field, index) =>
    filledBy(field).some((property) => fields.slice(0, index).flatMap(filledBy).includes(property)),
  );

/** The matches that may fill a property. */
export const fillersOf = (property: string): string[] => [
  property,
  ...splitFieldNames.filter((field) => splitFields[field].some((filled) => filled === property)),
];

/** Longest value of `field`, in characters. */
export function maxLengthOf(field: string): number {
  return contactFields.find((known) => known.field === field)?.maxLength ?? customFieldMaxLength;
}
