import { encodeSingleByte } from '../render-table.ts';

/** A file as some program writes it, and what reading it must give. */
export interface RealFile {
  readonly bytes: Buffer;
  readonly expected: {
    readonly format?: string;
    readonly encoding?: string;
    readonly delimiter?: string | null;
    readonly headerLine?: number | null;
    readonly columns: readonly string[];
    /** All rows; for long files see `rowCount`. */
    readonly rows?: readonly (readonly (string | null)[])[];
    readonly rowCount?: number;
    /** Physical lines that cannot be read. */
    readonly unreadable?: readonly number[];
  };
}

// Ways to write text down: line ends, marks, encodings.
export const lines = (...all: string[]): Buffer => Buffer.from(`${all.join('\r\n')}\r\n`, 'utf8');
export const lf = (...all: string[]): Buffer => Buffer.from(`${all.join('\n')}\n`, 'utf8');
export const bom = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]);
export const ansi = (bytes: Buffer): Buffer => encodeSingleByte(bytes.toString('utf8'), 'windows-1252');
export const mac = (bytes: Buffer): Buffer =>
  encodeSingleByte(bytes.toString('utf8').replaceAll('\r\n', '\r'), 'macintosh');
export const utf16 = (bytes: Buffer): Buffer => Buffer.from(`\ufeff${bytes.toString('utf8')}`, 'utf16le');

export const longTable = (changes: Readonly<Record<number, string>>): Buffer =>
  lf('id,email,name', ...Array.from({ length: 12_000 }, (_, n) => changes[n] ?? `${n},p${n}@example.com,Name ${n}`));
