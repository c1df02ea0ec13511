import fc from 'fast-check';

/**
 * Characters that make trouble: quotes, line ends, blanks of every kind, marks without a shape, emoji of several code
 * points, letters whose case changes their length. Only letters that every Unicode table of the last years knows.
 */
const oddities = [
  ...' \t\n\r\v\f\u0085\u00A0\u1680\u2003\u2028\u2029\u202F\u3000\u180E',
  ...'\u200B\u200C\u200D\u200E\u202E\u2060\uFEFF\u00AD',
  ...'",;\'\\|=+-@.()[]<>%&#$_~^`{}/?!*:',
  ...'aAzZ09éÉßẞıſKΣσςÅÅçñŁя中אع',
  '\u0000',
  '\u0001',
  '\u001F',
  '\u007F',
  'e\u0301',
  '🦆',
  '👩‍👩‍👧',
  '🇫🇷',
  '𝒳',
  '""',
  '\r\n',
  'null',
  'NULL',
];

export const oddText = fc.string({ unit: fc.constantFrom(...oddities), maxLength: 12 });

/** Addresses that often meet each other again, written differently, among some that are none. */
export const addressCell = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.constantFrom('', ' ', '\t', '\u00A0', '\uFEFF', '\u200B', '\r\n', '\u0000', '"'),
        fc.constantFrom('ada@example.com', 'Ada@Example.COM', 'b.o+b@mail.example', 'é@x.fr', 'jo@münchen.de', 'a@b.c'),
        fc.constantFrom('', ' ', '\u3000', '\u2060', '.', ',', '\u0000'),
      )
      .map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.nat({ max: 90 }).map((length) => `${'x'.repeat(length)}@example.com`) },
  { weight: 1, arbitrary: fc.emailAddress() },
  { weight: 2, arbitrary: oddText },
  { weight: 1, arbitrary: fc.constantFrom('', '   ', '\u200B') },
);
