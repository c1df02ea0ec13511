// What a spreadsheet takes for a formula when it opens a CSV file. Cells come from forms that anybody can fill in: one that
// begins so may fetch addresses or show something that is not there. Plain numbers and telephone numbers do no harm.

/** SQL of whether a cell would be taken for a formula. */
export const looksLikeFormula = (cell: string): string =>
  `(regexp_matches(${cell}, '^[=@\\t\\r]') OR (regexp_matches(${cell}, '^[+-]') AND NOT regexp_matches(${cell}, '^[+-][0-9 ().,/-]*$')))`;

/** SQL of a cell that a spreadsheet shows as text: an apostrophe stands before what it would take for a formula. */
export const asText = (cell: string): string =>
  `CASE WHEN ${looksLikeFormula(cell)} THEN '''' || ${cell} ELSE ${cell} END`;
