const lf = 10;
const cr = 13;
const quote = 34;
const at = 64;

/** An outer quote that is not closed within this is none. */
const maxRecordBytes = 1 << 20;

/** How a whole record stands in the first cell of another table, as bytes. */
export interface Wrapping {
  /** Separates the cells of the outer table. */
  readonly wrapper: number;
  /** Separates the cells of the record. */
  readonly delimiter: number;
}

/** A line that holds a whole record in one more pair of quotes. */
export interface WrappedLine {
  /** The record with its own quotes. */
  readonly content: Buffer;
  /** Where the line's end begins. */
  readonly end: number;
}

/**
 * The record that a line holds in one more pair of quotes, its own quotes doubled; null when it holds none, `cut` when more
 * bytes are needed to tell. Where the record holds the wrapper's character it was cut there, and is put together again.
 * Empty outer cells at the end belong to nothing.
 *
 * @param final no more bytes will come
 */
export function wrappedLine(
  bytes: Buffer,
  start: number,
  { wrapper, delimiter }: Wrapping,
  final: boolean,
): WrappedLine | null | 'cut' {
  if (bytes[start] !== quote) return null;
  const content = Buffer.allocUnsafe(Math.min(maxRecordBytes, bytes.length - start));
  let length = 0;
  /** The text's length without the empty cells behind it. */
  let filled = 0;
  let cells = 0;
  let position = start;
  for (;;) {
    const cellStart = length;
    const end = bytes[position] === quote ? copyQuoted() : copyBare();
    if (end === 'cut') return final || position - start > maxRecordBytes ? null : 'cut';
    if (end === null) return null;
    cells++;
    if (length > cellStart) filled = length;
    if (cells === 1 && content.subarray(0, length).indexOf(delimiter) < 0) return null;
    // The record's own delimiter, with cells behind it: a row whose first cell is quoted, as any may be.
    if (cells > 1 && length > cellStart && wrapper === delimiter) return null;
    const byte = bytes[position];
    if (position >= bytes.length || byte === lf || byte === cr) break;
    if (byte !== wrapper) return null;
    content[length++] = wrapper;
    position++;
  }
  const record = content.subarray(0, filled);
  if (wrapper === delimiter && cells > 1 && !isRecord(record, delimiter, cells)) return null;
  return { content: record, end: position };

  function copyQuoted(): 'cut' | 'ended' | null {
    for (position++; ; position++) {
      if (position - start > maxRecordBytes) return null;
      if (position >= bytes.length || (position + 1 >= bytes.length && !final)) return 'cut';
      const byte = bytes[position] ?? 0;
      if (byte === quote && bytes[++position] !== quote) break;
      content[length++] = byte;
    }
    return position >= bytes.length && !final ? 'cut' : 'ended';
  }

  function copyBare(): 'cut' | 'ended' | null {
    for (; position < bytes.length; position++) {
      const byte = bytes[position] ?? 0;
      if (byte === wrapper || byte === lf || byte === cr) return 'ended';
      if (length >= content.length) return null;
      content[length++] = byte;
    }
    return final ? 'ended' : 'cut';
  }
}

/** Whether a cell before empty ones is a record rather than a cell which holds its table's delimiter. */
function isRecord(content: Buffer, delimiter: number, outerCells: number): boolean {
  if (content.includes(quote) || content.includes(at)) return true;
  let width = 1;
  for (const byte of content) if (byte === delimiter) width++;
  return width >= outerCells;
}
