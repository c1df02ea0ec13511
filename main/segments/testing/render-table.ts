import { highCharacters } from '../encodings.ts';
import type { Inspection, TextEncoding } from '../types.ts';

/** How a table is written to a text file: each member is one of the things that real files do. */
export interface Traits {
  readonly encoding: TextEncoding;
  readonly byteOrderMark: boolean;
  readonly delimiter: string;
  readonly quote: '"' | "'";
  readonly quoting: 'needed' | 'all';
  readonly escape: 'doubled' | 'backslash';
  readonly blanksBeforeQuotes: boolean;
  readonly lineEnds: readonly string[];
  readonly endsWithLineEnd: boolean;
  readonly separatorLine: boolean;
  readonly preamble: readonly string[];
  readonly header: boolean;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Lines put in front of the row of this number. */
  readonly between: Readonly<Record<number, readonly string[]>>;
  readonly trailingDelimiter: 'none' | 'rows' | 'everywhere';
  readonly footer: readonly string[];
  /** Rows below the table that sum it up, or hold nothing: they are no rows of it. */
  readonly footerRows: readonly (readonly string[])[];
  /** A row of dashes below the headings. */
  readonly underline: boolean;
  /** Each record stands in one more pair of quotes. */
  readonly wrapped: boolean;
}

export interface RenderedTable {
  readonly bytes: Buffer;
  readonly expected: Inspection;
}

/** The file and what reading it must give. */
export function renderTable(traits: Traits): RenderedTable {
  const { delimiter, quote } = traits;
  let text = '';
  let line = 1;
  let quoted = false;
  const put = (content: string): void => {
    const end = traits.lineEnds[(line - 1) % traits.lineEnds.length] ?? '\n';
    text += content + end;
    line += 1 + (content.match(/\r\n|\r|\n/g)?.length ?? 0);
  };
  const cell = (value: string, first: boolean): string => {
    const special = [delimiter, quote, '\r', '\n', '"'].some((part) => value.includes(part));
    const blankEdge = traits.blanksBeforeQuotes && value.startsWith(' ');
    const hash = first && value.startsWith('#');
    const backslash = traits.escape === 'backslash' && value.includes('\\');
    if (traits.quoting === 'needed' && !special && !blankEdge && !hash && !backslash) return value;
    quoted = true;
    const escaped =
      traits.escape === 'doubled'
        ? value.replaceAll(quote, quote + quote)
        : value.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
    return `${traits.blanksBeforeQuotes && !first ? ' ' : ''}${quote}${escaped}${quote}`;
  };
  const record = (cells: readonly string[], isHeader: boolean): string => {
    const tail = traits.trailingDelimiter === 'everywhere' || (traits.trailingDelimiter === 'rows' && !isHeader);
    const text = cells.map((value, i) => cell(value, i === 0)).join(delimiter) + (tail ? delimiter : '');
    return traits.wrapped ? `"${text.replaceAll('"', '""')}"` : text;
  };
  if (traits.separatorLine) put(`sep=${delimiter}`);
  for (const content of traits.preamble) put(content);
  const headerLine = traits.header ? line : null;
  if (traits.header) put(record(traits.columns, true));
  if (traits.header && traits.underline)
    put(
      record(
        traits.columns.map(() => '-----'),
        true,
      ),
    );
  for (const [i, row] of traits.rows.entries()) {
    for (const content of traits.between[i] ?? []) put(content);
    put(record(row, false));
  }
  for (const row of traits.footerRows) put(record(row, false));
  for (const content of traits.footer) put(content);
  if (!traits.endsWithLineEnd) text = text.replace(/(\r\n|\r|\n)$/, '');
  return {
    bytes: encode(text, traits),
    expected: {
      format: 'csv',
      compression: 'none',
      encoding: traits.encoding,
      delimiter,
      quote: quoted ? quote : null,
      ...(traits.wrapped ? { wrapped: true } : {}),
      headerLine,
      columns: traits.header ? [...traits.columns] : traits.columns.map((_, i) => `Column ${i + 1}`),
      rowCount: traits.rows.length,
      unreadable: [],
      // What a short row lacks is told apart from what is empty.
      rows: traits.rows.map((row) => traits.columns.map((_, i) => row[i] ?? null)),
    },
  };
}

function encode(text: string, { encoding, byteOrderMark }: Traits): Buffer {
  if (encoding === 'utf-8') return Buffer.from(byteOrderMark ? `\ufeff${text}` : text, 'utf8');
  if (encoding === 'utf-16le') return Buffer.from(byteOrderMark ? `\ufeff${text}` : text, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(byteOrderMark ? `\ufeff${text}` : text, 'utf16le').swap16();
  return encodeSingleByte(text, encoding);
}

/** Text in an encoding of one byte a character. Throws for what it cannot write. */
export function encodeSingleByte(text: string, encoding: 'windows-1252' | 'macintosh'): Buffer {
  const high = highCharacters(encoding);
  return Buffer.from(
    Array.from(text, (character) => {
      const code = character.charCodeAt(0);
      if (character.length === 1 && code < 0x80) return code;
      const at = high.indexOf(character);
      if (at < 0 || character.length > 1) throw new RangeError(`Not in ${encoding}: ${JSON.stringify(character)}`);
      return 0x80 + at;
    }),
  );
}
