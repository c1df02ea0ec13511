import { highCharacters } from '../../../segments/encodings.ts';
import { sqlLet, sqlText } from '../../sql-text.ts';
import type { CellCheck } from '../cell-check.ts';
import { glanceAtUnplain, isPlainValue } from './plain-value.ts';

/*
 * UTF-8 that somebody read as another encoding: every letter beyond ASCII has become two to four characters, `é` for
 * instance `Ã©` (Windows-1252) or `√©` (Mac Roman). A run of such characters that gives exactly one letter back is as good
 * as proof: hardly any language writes these side by side. Where some could (Greek and Cyrillic letters, East Asian ones),
 * two in a row are asked for.
 */

type Misreading = 'windows-1252' | 'macintosh';

/** Readings in which a text may have gone wrong several times over, `Ã©` → `ÃƒÂ©` → …: as many times as are undone. */
const mostMisreadings = 4;

/** The character that stands for a byte of 0x80 or more in a misreading. */
const characterOf = (reading: Misreading, byte: number): string => [...highCharacters(reading)][byte - 0x80] ?? '';

/** Characters for `[…]` in a pattern; what a converter to ISO 8859-1 leaves of 0x80 to 0x9F stands beside Windows-1252's. */
function classOf(reading: Misreading, from: number, to: number): string {
  let characters = '';
  for (let byte = from; byte <= to; byte += 1) {
    characters += characterOf(reading, byte);
    if (reading === 'windows-1252' && byte < 0xa0) characters += `\\x{${byte.toString(16)}}`;
  }
  return `[${characters}]`;
}

/** Pattern of the runs that each were one character (or several, where one alone would prove nothing). */
function runsOf(reading: Misreading): string {
  const any = classOf(reading, 0x80, 0xbf);
  const one = (byte: number) => classOf(reading, byte, byte);
  const pair = (lead: number, second: string) => `${one(lead)}${second}`;
  return [
    // Signs of Latin-1 and what a second misreading makes of controls, letters of Latin-1 and Latin Extended-A.
    pair(0xc2, classOf(reading, 0xa0, 0xbf)),
    pair(0xc2, '[\\x{80}-\\x{9F}]'),
    `${classOf(reading, 0xc3, 0xc5)}${any}`,
    // Single letters that are used or come up when a text was misread twice: ƒ ș ț ˆ ˜
    pair(0xc6, one(0x92)),
    pair(0xc8, classOf(reading, 0x98, 0x9b)),
    pair(0xcb, `(?:${one(0x86)}|${one(0x9c)})`),
    // Letters of Vietnamese, punctuation, currencies, letterlike and mathematical signs, the byte order mark.
    pair(0xe1, classOf(reading, 0xba, 0xbb) + any),
    pair(0xe2, `(?:${[0x80, 0x84, 0x86, 0x88, 0x89, 0x97].map(one).join('|')})${any}`),
    pair(0xe2, one(0x82) + classOf(reading, 0xa0, 0xbf)),
    pair(0xef, one(0xbb) + one(0xbf)),
    // Emoji.
    pair(0xf0, one(0x9f) + any + any),
    // Greek and Cyrillic, kana, ideographs and Hangul.
    `(?:${classOf(reading, 0xce, 0xcf)}${any}){2,}`,
    `(?:${classOf(reading, 0xd0, 0xd1)}${any}){2,}`,
    // In Mac Roman those are runs of accented letters, which are words of people's languages.
    ...(reading === 'macintosh' ? [] : [`(?:${classOf(reading, 0xe3, 0xed)}${any}${any}){2,}`]),
  ].join('|');
}

const misreadings: readonly Misreading[] = ['windows-1252', 'macintosh'];
const anyRun = `(?:${misreadings.map(runsOf).join('|')})`;

/** SQL of the bytes that a run of characters stood for. Windows-1252's table goes on with 0x80 to 0x9F as themselves. */
function bytesOf(reading: Misreading, run: string): string {
  const controls = Array.from({ length: 32 }, (_, index) => String.fromCharCode(0x80 + index)).join('');
  const table = highCharacters(reading) + (reading === 'windows-1252' ? controls : '');
  return `list_transform(string_split(${run}, ''), lambda one : 128 + (instr(${sqlText(table)}, one) - 1) % 128)`;
}

/** SQL of the text that a run of characters was: its bytes are put together to code points, one letter after another. */
function decoded(reading: Misreading, run: string): string {
  const low = (place: number): string => `(bytes[n + ${place}] & 63)`;
  const width = 'CASE WHEN bytes[1] < 224 THEN 2 WHEN bytes[1] < 240 THEN 3 ELSE 4 END';
  const letter = `chr((CASE
    WHEN bytes[n] < 224 THEN ((bytes[n] & 31) << 6) | ${low(1)}
    WHEN bytes[n] < 240 THEN ((bytes[n] & 15) << 12) | (${low(1)} << 6) | ${low(2)}
    ELSE ((bytes[n] & 7) << 18) | (${low(1)} << 12) | (${low(2)} << 6) | ${low(3)} END)::INT)`;
  const letters = `list_transform(range(1, length(bytes) + 1, ${width}), lambda n : ${letter})`;
  return sqlLet('bytes', bytesOf(reading, run), `array_to_string(${letters}, '')`);
}

/** SQL of a text in which one misreading is undone once. */
function undone(reading: Misreading, text: string): string {
  return `list_reduce(regexp_extract_all(${text}, ${sqlText(runsOf(reading))}),
    lambda done, run : replace(done, run, ${decoded(reading, 'run')}), ${text})`;
}

/** SQL of a text in which the misreading is undone once that explains more of it: a few letters may look like the other. */
function undoneOnce(text: string): string {
  const explained = (reading: Misreading): string =>
    `length(array_to_string(regexp_extract_all(${text}, ${sqlText(runsOf(reading))}), ''))`;
  return `CASE WHEN ${explained('macintosh')} > ${explained('windows-1252')} THEN ${undone('macintosh', text)}
    ELSE ${undone('windows-1252', text)} END`;
}

const hasRun = (text: string) => `regexp_matches(${text}, ${sqlText(anyRun)})`;

/** SQL that is true for a text in which a letter has become several. */
export function isGarbled(cell: string): string {
  // More bytes than characters: something is not ASCII.
  return `CASE WHEN strlen(${cell}) > length(${cell}) THEN ${hasRun(cell)} ELSE false END`;
}

/** Accents that became two letters each. The repair gives back what was there, letter by letter, and touches nothing else. */
export const garbledText: CellCheck = {
  kind: 'garbled',
  effect: 'warning',
  repair: 'safe',
  concerns: isPlainValue,
  glance: glanceAtUnplain,
  recognise: ({ cell }) => isGarbled(cell),
  mend({ cell }) {
    const once = undoneOnce(cell);
    // Patterns inside a lambda are compiled for every block of rows: only cells that went wrong more than once come there.
    return `CASE WHEN ${hasRun(once)} THEN list_reduce(list_transform(range(${mostMisreadings}), lambda _ : ''),
      lambda text, _ : ${undoneOnce('text')}, ${cell}) ELSE ${once} END`;
  },
};

/** U+FFFD and its own garbled form: a converter did not know what stood there, and nobody can say any more. */
export const lostLetters: CellCheck = {
  kind: 'letters-lost',
  effect: 'warning',
  repair: 'none',
  concerns: isPlainValue,
  glance: glanceAtUnplain,
  recognise: ({ cell }) => `(contains(${cell}, ${sqlText('\ufffd')}) OR contains(${cell}, ${sqlText('ï¿½')}))`,
};
