import {
  cities,
  companyWords,
  countries,
  firstNames,
  jobWords,
  states,
  streetWords,
  yesNoWords,
} from './content-words.ts';

/** What a cell can look like; one cell may look like several. */
export type CellLabel =
  | 'email'
  | 'url'
  | 'id'
  | 'phone'
  | 'number'
  | 'date'
  | 'yes-no'
  | 'zip'
  | 'country'
  | 'state'
  | 'city'
  | 'street'
  | 'company'
  | 'job-title'
  | 'first-name'
  | 'full-name'
  | 'words';

/** Shapes that DuckDB and JavaScript read alike, so that what the sample shows can be counted over the whole file. */
export const labelPatterns = {
  email: '[^\\s@,;|<>()"]+@[^\\s@,;|<>()"]+\\.[^\\s@,;|<>()".]{2,}',
  url: 'https?://\\S+|www\\.\\S+',
  id: '\\{?[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}\\}?',
  phone:
    "'?\\+[0-9][0-9 ().\\x{a0}/-]{5,20}[0-9]|'?\\(?[0-9]{2,4}\\)?[ .\\x{a0}/-]\\(?[0-9]{2,4}\\)?([ .\\x{a0}/-]?[0-9]{2,4}){1,4}|0[0-9]{8,10}|[2-9][0-9]{9}",
  number: "[-+]?([0-9]+|[0-9]{1,3}([ ,.'\\x{a0}\\x{202f}][0-9]{3})+)([.,][0-9]+)?([eE][-+]?[0-9]+)?( ?[%€$£])?",
  date:
    '[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}([ T].*)?|[0-9]{1,2}[-/.][0-9]{1,2}[-/.]([0-9]{4}|[0-9]{2})( .*)?|' +
    '([A-Za-z]{3,9}[,.]? )?[0-9]{1,2}(er|st|nd|rd|th)?[-. ]+\\p{L}{3,10}\\.?,?[-. ]+[0-9]{2,4}|[A-Za-z]{3,9}\\.? [0-9]{1,2}(st|nd|rd|th)?,? [0-9]{4}',
  zip: '[0-9]{5}(-[0-9]{4})?|[A-Za-z][0-9][A-Za-z][ -]?[0-9][A-Za-z][0-9]|[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}|[A-Z]-[0-9]{4,5}|[0-9]{4} ?[A-Z]{2}|[0-9]{4}',
} as const satisfies Partial<Record<CellLabel, string>>;

export type PatternLabel = keyof typeof labelPatterns;

const patterns = Object.entries(labelPatterns).map(
  ([label, pattern]) =>
    [label as PatternLabel, new RegExp(`^(?:${pattern.replaceAll('\\x{', '\\u{')})$`, 'u')] as const,
);

const longestLooked = 200;

/** Lower case without accents, apostrophes and doubled blanks; hyphens are blanks. */
export function plainWords(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[-_\s]+/g, ' ')
    .trim();
}

/** Everything a cell looks like; nothing for a blank one. */
export function labelsOf(cell: string): CellLabel[] {
  const text = cell.trim();
  if (text === '') return [];
  if (text.length > longestLooked) return [];
  const labels: CellLabel[] = patterns.filter(([, pattern]) => pattern.test(text)).map(([label]) => label);
  // A day written in digits has the shape of a phone number too.
  if (labels.includes('date') && labels.includes('phone')) labels.splice(labels.indexOf('phone'), 1);
  const plain = plainWords(text);
  if (yesNoWords.has(plain)) labels.push('yes-no');
  if (countries.has(plain)) labels.push('country');
  if (states.has(plain)) labels.push('state');
  if (labels.includes('email') || labels.includes('url') || labels.includes('id')) return labels;
  const parts = plain.split(/[\s,]+/);
  const hasDigit = /\d/.test(text);
  if (cities.has(plain) || cities.has(plain.replace(/ (cedex|\d).*$/, ''))) labels.push('city');
  if (
    hasDigit &&
    /\p{L}{2}/u.test(text) &&
    parts.some((part) => streetWords.has(part) || /(strasse|straße|str\.)$/.test(part))
  ) {
    labels.push('street');
  }
  if (parts.length > 1 && parts.some((part) => companyWords.has(part))) labels.push('company');
  if (!hasDigit && parts.some((part) => jobWords.has(part))) labels.push('job-title');
  if (!hasDigit && /^[\p{L}\p{M}' ’.,-]+$/u.test(text)) {
    labels.push('words');
    const names = parts.filter((part) => firstNames.has(part));
    if (names.length === parts.length || (names.length > 0 && /^\p{L}+-\p{L}+$/u.test(text))) labels.push('first-name');
    else if (names.length > 0 && parts.length <= 5) labels.push('full-name');
  }
  return labels;
}
