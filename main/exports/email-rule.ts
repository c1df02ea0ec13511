const localPart = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*";

/**
 * What counts as an email address's shape, applied to the trimmed, lower-cased cell. Written so that DuckDB (RE2) and
 * JavaScript (flag `u`) read it alike, which a property test holds: no look-ahead, no escapes that only one of them
 * knows. Constant Contact's own rules are unpublished (constant-contact-v3.md 9); these are what its staff
 * advise to check: one @, a domain with a dot, no blanks, commas or brackets, no dot at an end or doubled.
 */
export const asciiEmailPattern = `^${localPart}@([a-z0-9]+(-+[a-z0-9]+)*\\.)+([a-z][a-z]+|xn--[a-z0-9-]+)$`;

/**
 * The same with letters of any script in the domain. RE2 needs a hundred times longer for these classes, so DuckDB
 * only tries it on cells that are not plain ASCII.
 */
export const internationalEmailPattern = `^${localPart}@([\\p{L}\\p{N}]+(-+[\\p{L}\\p{N}]+)*\\.)+(\\p{L}\\p{L}+|xn--[a-z0-9-]+)$`;

/**
 * What is cut off both ends of a cell before it is looked at: white space of every kind and characters without a
 * shape of their own (zero-width, direction and byte order marks), which spreadsheets and web pages leave behind.
 */
export const trimPattern = '^[\\s\\v\\p{Z}\\p{Cf}]+|[\\s\\v\\p{Z}\\p{Cf}]+$';

/** Longest address that Constant Contact stores, in characters (constant-contact-v3.md 5.2). */
export const emailMaxLength = 80;

/** Addresses above this are sent, with a warning: one page of the papers says 50 (constant-contact-v3.md 5.2). */
export const emailSureLength = 50;
