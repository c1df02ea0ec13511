/** Letters that look like Latin ones, each with the one it looks like: [look-alikes, Latin letters]. In small letters. */
export const letterLookalikes: readonly (readonly [string, string])[] = [
  // Cyrillic
  ['аеорсухіјѕԁԛԝһҽӏ', 'aeopcyxijsdqwhel'],
  // Greek
  ['αορνικτυχ', 'aopviktux'],
  // Latin letters of other alphabets and of mathematics
  ['ıɑɡɩʏ', 'iagiy'],
];

const fullWidth = Array.from({ length: 94 }, (_, index) => String.fromCodePoint(0xff01 + index)).join('');
const plain = Array.from({ length: 94 }, (_, index) => String.fromCodePoint(0x21 + index)).join('');

/** Signs that stand for plain ones: full-width, small and ideographic forms, curly quotation marks, dashes. */
export const signLookalikes: readonly (readonly [string, string])[] = [
  [fullWidth, plain],
  ['。｡．․﹒', '.....'],
  ['﹫', '@'],
  ['‐‑‒–—−﹣', '-------'],
  ['‘’‚‛′´', "''''''"],
  ['“”„‟«»″', '"""""""'],
  ['、﹐', ',,'],
  ['‹›', '<>'],
];
