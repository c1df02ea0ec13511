import type { Traits } from './render-table.ts';

const customers: readonly (readonly string[])[] = [
  ['1001', 'Jérôme', 'Lefèvre', 'jerome@example.fr', '12, rue de l’Été', '75001', '2026-01-31'],
  ['1002', 'Zoë', "O'Brien", 'zoe@example.com', 'Flat 3; High Road', '02134', '2025-12-01'],
  ['1003', 'André "Dédé"', 'Müller', 'andre@example.org', '', '10115', ''],
  ['1004', 'Inés', 'Garçon', 'ines@example.net', 'Main St | Unit 4', '00501', '2026-02-28'],
  ['1005', 'Noël', 'Dupré', 'noel@example.com', 'C:\\temp', '69002', '2024-02-29'],
  ['1006', 'Søren', 'Ångström', 'soren@example.dk', 'Vej 5: th', '2100', '2026-03-04'],
  ['1007', 'Léa', 'Fournier-Bélanger', 'lea@example.ca', '9 Chemin Côté', '01234', '2023-07-14'],
  ['1008', 'Hélène', 'Ça', 'helene@example.fr', '~ 3 km', '33000', '2022-11-11'],
];

/** A quiet file: UTF-8, commas, quotes where needed, a header in the first line. */
export const quiet: Traits = {
  encoding: 'utf-8',
  byteOrderMark: false,
  delimiter: ',',
  quote: '"',
  quoting: 'needed',
  escape: 'doubled',
  blanksBeforeQuotes: false,
  lineEnds: ['\n'],
  endsWithLineEnd: true,
  separatorLine: false,
  preamble: [],
  header: true,
  columns: ['CustomerId', 'First name', 'Last name', 'EMail', 'Street', 'Zip', 'Joined'],
  rows: customers,
  between: {},
  trailingDelimiter: 'none',
  footer: [],
  footerRows: [],
  underline: false,
  wrapped: false,
};

const emptyRow = customers[0]?.map(() => '') ?? [];

const withBreaks = customers.map((row, i) =>
  row.map((cell, c) => (c === 4 && i % 3 === 1 ? `${cell}\nSecond line` : cell)),
);

/** What can be the matter with a file, one thing at a time. Each changes a quiet file. */
export const nasties: Readonly<Record<string, (quietFile: Traits) => Partial<Traits>>> = {
  semicolons: () => ({ delimiter: ';' }),
  tabs: () => ({ delimiter: '\t' }),
  pipes: () => ({ delimiter: '|' }),
  tildes: () => ({ delimiter: '~' }),
  carets: () => ({ delimiter: '^' }),
  colons: () => ({ delimiter: ':' }),
  'control-a': () => ({ delimiter: '\u0001' }),
  'byte order mark': () => ({ byteOrderMark: true }),
  'utf-16le': () => ({ encoding: 'utf-16le', byteOrderMark: true }),
  'utf-16be': () => ({ encoding: 'utf-16be', byteOrderMark: true }),
  'utf-16le without mark': () => ({ encoding: 'utf-16le' }),
  'utf-16be without mark': () => ({ encoding: 'utf-16be' }),
  'windows-1252': () => ({ encoding: 'windows-1252' }),
  'mac roman': () => ({ encoding: 'macintosh' }),
  crlf: () => ({ lineEnds: ['\r\n'] }),
  cr: () => ({ lineEnds: ['\r'] }),
  'mixed line ends': () => ({ lineEnds: ['\r\n', '\n', '\r'] }),
  'no last line end': () => ({ endsWithLineEnd: false }),
  'all quoted': () => ({ quoting: 'all' }),
  'single quotes': () => ({ quote: "'", quoting: 'all' }),
  'backslash escapes': () => ({ escape: 'backslash' }),
  'blanks before quotes': () => ({ blanksBeforeQuotes: true, quoting: 'all' }),
  'separator line': () => ({ separatorLine: true }),
  preamble: () => ({ preamble: ['Segment: spring buyers', 'Exported on 3 March 2026', ''] }),
  'comments above': () => ({ preamble: ['# made by the shop', '# do not edit'] }),
  'comments between': () => ({ between: { 2: ['# checked up to here'], 5: ['# new this week', '#'] } }),
  'blank lines': () => ({ between: { 1: [''], 4: ['', '   '] } }),
  'line breaks in cells': () => ({ rows: withBreaks }),
  'no header': () => ({ header: false }),
  'duplicated headings': () => ({ columns: ['CustomerId', 'Name', 'Name', 'EMail', 'Street', 'Zip', 'Date'] }),
  'empty headings': () => ({ columns: ['CustomerId', '', 'Last name', 'EMail', '', 'Zip', 'Joined'] }),
  'french headings': () => ({
    columns: ['Identifiant', 'Prénom', 'Nom', 'Adresse e-mail', 'Rue', 'Code postal', 'Créé le'],
  }),
  'unknown headings': () => ({ columns: ['aaa', 'bbb', 'ccc', 'ddd', 'eee', 'fff', 'ggg'] }),
  'trailing delimiters': () => ({ trailingDelimiter: 'everywhere' }),
  'trailing delimiters in rows': () => ({ trailingDelimiter: 'rows' }),
  'footer with a count': () => ({ footer: ['', '(8 rows affected)'] }),
  'footer in French': () => ({ footer: ['Nombre de lignes : 8'] }),
  'closing line': () => ({ footer: ['-- end of export --'] }),
  'footer with remarks': () => ({
    footer: ['', 'Spring buyers', 'Copyright (c) 2026 Example, inc.', 'Generated 3 March'],
  }),
  'row of totals': () => ({ footerRows: [['Total', '', '', '', '', '', '8']] }),
  'rows of nothing at the end': () => ({ footerRows: [emptyRow, emptyRow, emptyRow] }),
  'dashes below the headings': () => ({ underline: true }),
  // A delimiter at its end would make such a row longer by a cell.
  'short rows': () => ({
    rows: customers.map((row, i) => (i % 3 === 1 ? row.slice(0, 4) : row)),
    trailingDelimiter: 'none',
  }),
  'words for nothing': () => ({
    rows: customers.map((row, i) =>
      row.map((cell, c) => (c === 4 ? (['NULL', 'null', 'N/A', '\\N'][i % 4] ?? '') : cell)),
    ),
  }),
  'numbers as formulas': () => ({
    rows: customers.map((row) => row.map((cell, c) => (c === 5 ? `="${cell}"` : cell))),
  }),
  'numbers with decimal commas': () => ({
    rows: customers.map((row, i) => row.map((cell, c) => (c === 5 ? `${i} 234,5${i}` : cell))),
  }),
  'a very long cell': () => ({
    rows: customers.map((row, i) => row.map((cell, c) => (c === 4 && i === 3 ? 'lorem ipsum '.repeat(9_000) : cell))),
  }),
  'every cell with blanks around': () => ({
    rows: customers.map((row) => row.map((cell, c) => (cell === '' || c === 0 ? cell : `${cell} `))),
  }),
  'sparse columns': () => ({
    rows: customers.map((row) => row.map((cell, c) => (c % 3 === 0 || c === 1 ? cell : ''))),
  }),
  // Whoever wraps lines so writes double quotes, doubled.
  'whole lines in quotes': () => ({ wrapped: true, quote: '"', escape: 'doubled', blanksBeforeQuotes: false }),
  'one row': ({ rows }) => ({ rows: rows.slice(0, 1) }),
  'two rows': ({ rows }) => ({ rows: rows.slice(0, 2) }),
};

/** Traits that speak about the same thing cannot be had together. */
export function together(names: readonly string[]): Traits | null {
  const changed = new Set<string>();
  let traits = quiet;
  for (const name of names) {
    const changes = nasties[name]?.(traits) ?? {};
    for (const key of Object.keys(changes)) {
      if (changed.has(key)) return null;
      changed.add(key);
    }
    traits = { ...traits, ...changes };
  }
  return traits;
}
