/**
 * Everything the checks can find in a segment, as a closed list. A kind is also the name of its repair, where it has
 * one, and has words in both catalogues: `finding.<kind>.title` (what it is), `finding.<kind>.advice` (what it means,
 * what to do) and, with a repair, `finding.<kind>.repair` (the button).
 *
 * Kinds in `refusals` keep their row back; every other one lets the row be sent.
 */
export const refusals = [
  'email-blank',
  'email-malformed',
  'email-too-long',
  'email-several',
  'email-without-at',
  'email-without-dot',
  'email-comma',
  'email-blanks',
  'email-local-dots',
  'email-dots',
  'email-named',
  'email-mailto',
  'email-ends',
  'email-lookalikes',
] as const;

export const findingKinds = [
  ...refusals,
  // addresses that are sent
  'email-long',
  'email-unknown-domain-end',
  'email-typo-domain',
  'email-mixed-letters',
  'email-role',
  // values
  'too-long',
  'date-unreadable',
  'date-order-unknown',
  'birthday-incomplete',
  'number-unreadable',
  // what spreadsheets and converters leave behind
  'garbled',
  'letters-lost',
  'formula-error',
  'placeholder',
  'number-shortened',
  'zip-zeros',
  'phone-prefix',
  'control-characters',
  'double-spaces',
  'name-case',
  // files as a whole
  'file-cut',
  'rows-hidden',
  'duplicates',
] as const;

export type FindingKind = (typeof findingKinds)[number];
