const byteOrderMark = '\u00EF\u00BB\u00BF';
const notAscii = /[\u0080-\u00FF]/;

/** The bytes of a text as characters of their own: what a CSV is cut at is ASCII, and such strings are the quickest to cut. */
function bytesOf(body: Buffer): string {
  const text = body.toString('latin1');
  return text.startsWith(byteOrderMark) ? text.slice(byteOrderMark.length) : text;
}

/** What the bytes mean in UTF-8. */
const meant = (bytes: string): string => (notAscii.test(bytes) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes);

/**
 * Reads the records of a CSV in UTF-8 one by one: comma, double quotes, any kind of line end, blank lines skipped. A line
 * without quotes, by far the most frequent, is cut in two calls.
 */
export class CsvRows {
  readonly #text: string;
  #at = 0;

  constructor(body: Buffer) {
    const start = bytesOf(body);
    // A file of bare carriage returns: told only where neither a line feed nor a quoted cell could be meant.
    this.#text = start.includes('\n') || start.includes('"') ? start : start.replaceAll('\r', '\n');
  }

  /** The cells of the next record, or null at the end. */
  next(): string[] | null {
    const text = this.#text;
    while (this.#at < text.length) {
      const found = text.indexOf('\n', this.#at);
      const end = found === -1 ? text.length : found;
      const last = end > this.#at && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
      const line = text.slice(this.#at, last);
      if (line.includes('"')) return this.#quoted();
      this.#at = end + 1;
      if (line !== '') return meant(line).split(',');
    }
    return null;
  }

  /** A record with at least one quoted cell; it may go over several lines. */
  #quoted(): string[] {
    const text = this.#text;
    const cells: string[] = [];
    let at = this.#at;
    for (;;) {
      let cell = '';
      if (text.charCodeAt(at) === 34) {
        for (at += 1; ; ) {
          const quote = text.indexOf('"', at);
          if (quote === -1) {
            cell += text.slice(at);
            at = text.length;
            break;
          }
          cell += text.slice(at, quote);
          at = quote + 1;
          if (text.charCodeAt(at) !== 34) break;
          cell += '"';
          at += 1;
        }
      }
      let end = at;
      while (end < text.length && text.charCodeAt(end) !== 44 && text.charCodeAt(end) !== 10) end += 1;
      const lineEnds = end >= text.length || text.charCodeAt(end) === 10;
      const last = lineEnds && end > at && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
      cells.push(meant(cell + text.slice(at, last)));
      at = end + 1;
      if (!lineEnds) continue;
      this.#at = at;
      return cells;
    }
  }
}

/** How many records a CSV holds, the heading counted. */
export function countRecords(body: Buffer): number {
  let count = 0;
  const text = bytesOf(body);
  if (text.includes('"') || !text.includes('\n')) {
    const rows = new CsvRows(body);
    while (rows.next() !== null) count += 1;
    return count;
  }
  // Without quotes every line that is not blank is a record.
  for (let at = 0; at < text.length; ) {
    const found = text.indexOf('\n', at);
    const end = found === -1 ? text.length : found;
    const isBlank = end === at || (end === at + 1 && text.charCodeAt(at) === 13);
    if (!isBlank) count += 1;
    at = end + 1;
  }
  return count;
}
