import { trimPattern } from '../../email-rule.ts';
import { sqlText } from '../../sql-text.ts';
import type { CellCheck } from '../cell-check.ts';
import { glanceAtUnplain, isPlainValue } from './plain-value.ts';

/*
 * Blanks at a cell's ends are not looked for: they are cut off everywhere, always. Joiners (U+200C, U+200D) hold emoji and
 * Persian words together and are left alone.
 */
const lineBreaks = String.raw`\n\x{0B}\f\r\x{2028}\x{2029}`;
const tabs = String.raw`\t`;
const controls = String.raw`\x{00}-\x{08}\x{0E}-\x{1F}\x{7F}`;
const shapeless = String.raw`\x{AD}\x{200B}\x{200E}\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2064}\x{FEFF}`;

const inside = (cell: string) => `regexp_replace(${cell}, ${sqlText(trimPattern)}, '', 'g')`;
const replaced = (text: string, pattern: string, by: string) =>
  `regexp_replace(${text}, ${sqlText(pattern)}, ${sqlText(by)}, 'g')`;

/**
 * Line breaks, tabs and characters without a shape inside a cell. The repair makes a line break a blank (in a street: a
 * comma and a blank), a tab a blank, and takes the rest away.
 */
export const controlCharacters: CellCheck = {
  kind: 'control-characters',
  effect: 'warning',
  repair: 'safe',
  concerns: isPlainValue,
  glance: glanceAtUnplain,
  recognise: ({ cell }) => `CASE
    WHEN regexp_matches(${cell}, '[\\x00-\\x1F\\x7F]') OR (
      CASE WHEN strlen(${cell}) > length(${cell})
        THEN regexp_matches(${cell}, '[${shapeless}\\x{2028}\\x{2029}]') ELSE false END)
    THEN regexp_matches(${inside(cell)}, '[${lineBreaks}${tabs}${controls}${shapeless}]') ELSE false END`,
  mend({ cell, field }) {
    const joined = replaced(
      inside(cell),
      field === 'street' ? `[\\s,${lineBreaks}]*[${lineBreaks}]\\s*` : `[\\s${lineBreaks}]*[${lineBreaks}]\\s*`,
      field === 'street' ? ', ' : ' ',
    );
    return replaced(replaced(joined, `[${tabs}]`, ' '), `[${controls}${shapeless}]`, '');
  },
};

/** Several blanks between two words. The repair leaves one. */
export const doubleSpaces: CellCheck = {
  kind: 'double-spaces',
  effect: 'warning',
  repair: 'safe',
  concerns: isPlainValue,
  glance: glanceAtUnplain,
  recognise: ({ cell }) => `CASE WHEN contains(${cell}, '  ') THEN contains(trim(${cell}), '  ') ELSE false END`,
  mend: ({ cell }) => replaced(`trim(${cell})`, ' {2,}', ' '),
};
