import { cellsOf } from './json-cells.ts';

/** Where the records lie in a JSON text. */
export interface JsonShape {
  readonly format: 'json' | 'ndjson';
  /** `lines`: a record a line. `array`: between the brackets of an array. `single`: records follow one another, perhaps only one. */
  readonly layout: 'lines' | 'array' | 'single';
  /** First byte of the records: behind the array's bracket. */
  readonly offset: number;
}

const wrapperKeys = [
  'value',
  'data',
  'results',
  'records',
  'rows',
  'items',
  'contacts',
  'members',
  'customers',
  'profiles',
  'entries',
  'list',
];

/** The shape of a JSON text by its beginning (UTF-8, without a byte order mark); null when it does not begin as JSON. */
export function jsonShape(head: Buffer, whole: boolean): JsonShape | null {
  const text = head.toString('latin1');
  const start = text.search(/\S/);
  const open = text[start];
  if (open === '[') {
    const next = text.slice(start + 1).trimStart()[0];
    if (next !== undefined && !'{["]-0123456789tfn'.includes(next)) return null;
    return { format: 'json', layout: 'array', offset: start + 1 };
  }
  if (open !== '{' || !/^\{\s*["}]/.test(text.slice(start))) return null;
  const lines = text
    .slice(start)
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '');
  const complete = lines.slice(0, whole ? lines.length : Math.max(1, lines.length - 1));
  const objects = complete.filter((line) => cellsOf(line)?.keys !== null && cellsOf(line) !== null).length;
  if (objects >= 2 || (objects === 1 && complete.length > 1 && cellsOf(complete[0] ?? '') !== null)) {
    return { format: 'ndjson', layout: 'lines', offset: start };
  }
  const array = wrappedArray(text, start);
  if (array !== null) return { format: 'json', layout: 'array', offset: array };
  return { format: objects === 1 ? 'ndjson' : 'json', layout: 'single', offset: start };
}

/** Behind the bracket of the array of records that an object wraps, as in `{"value":[…]}`; null when there is none. */
function wrappedArray(text: string, start: number): number | null {
  let depth = 0;
  let key = '';
  let first: number | null = null;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      let end = at + 1;
      while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
      if (/^\s*:/.test(text.slice(end + 1, end + 64))) key = text.slice(at + 1, end);
      at = end;
    } else if (character === '{') {
      if (++depth > 3) return first;
    } else if (character === '}') depth--;
    else if (character === '[') {
      const holdsRecords = /^\s*[{[]/.test(text.slice(at + 1, at + 256));
      const known = wrapperKeys.includes(key.toLowerCase());
      if (known && (holdsRecords || /^\s*\]/.test(text.slice(at + 1, at + 256)))) return at + 1;
      if (holdsRecords && first === null) first = at + 1;
      if (holdsRecords) return first;
      while (at < text.length && text[at] !== ']') at++;
    }
  }
  return first;
}
