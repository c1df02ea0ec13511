/** What a cell's text is by its shape. */
export type CellKind = 'empty' | 'email' | 'number' | 'date' | 'key' | 'phone' | 'url' | 'text';

const shapes: readonly (readonly [CellKind, RegExp])[] = [
  ['email', /^[^\s@,;|<>()"]+@[^\s@,;|<>()"]+\.[^\s@,;|<>()".]{2,}$/u],
  ['number', /^[-+]?(\d+|\d{1,3}([ ,.'\u00a0\u202f]\d{3})+)([.,]\d+)?([eE][-+]?\d+)?\s?%?$/],
  ['date', /^\d{1,4}([-/.])\d{1,2}\1\d{1,4}([ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm])?(Z|[-+]\d{2}:?\d{2})?)?$/],
  ['key', /^\{?[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\}?$/i],
  ['phone', /^\+?\(?\d[\d\s().-]{5,}\d$/],
  ['url', /^https?:\/\/\S+$/i],
];

/** The kind of a cell, blanks around it aside. */
export function kindOf(cell: string): CellKind {
  const text = cell.trim();
  if (text === '') return 'empty';
  if (text.length > 320) return 'text';
  for (const [kind, shape] of shapes) if (shape.test(text)) return kind;
  return 'text';
}

/** A plausible address: enough to recognise a column by, not the rule by which one is sent (main/exports/email-rule.ts). */
export function isPlausibleEmail(cell: string): boolean {
  return kindOf(cell) === 'email';
}
