import { isUtf8 } from 'node:buffer';
import type { Dialect, TextEncoding, UnreadableReason } from '../types.ts';
import { countFooters, type FooterSuspect, maxFooterLines, maySuspect } from './footers.ts';
import type { Layout } from './layout.ts';
import { endOfFile, RecordScanner } from './record-scanner.ts';

const hash = 35;
const at = 64;

/** What the walker tells. Cells are those of the scanner and valid during the call only. */
export interface Visitor {
  /** A row. Cells beyond the layout's width are empty ones and do not count. */
  row?(scanner: RecordScanner): void;
  unreadable?(line: number, reason: UnreadableReason, scanner: RecordScanner): void;
}

export interface WalkSettings {
  readonly dialect: Dialect;
  readonly layout: Layout;
  /** Line end that most lines have ({@link RecordScanner.lineEnd}); 0 when not known. */
  readonly usualEnd: number;
  /** Some bytes are not of the encoding: look at each record. */
  readonly checkUtf8: boolean;
  /** Encoding of the bytes, for the words by which a footer is known. */
  readonly encoding: TextEncoding;
  /** First line below the table, when known; undefined: find it. */
  readonly footerLine: number | null | undefined;
}

/**
 * Walks over the records of delimited text and says what each is: row, blank, comment, footer or unreadable. The one place where that is
 * decided, so that counting, previewing and staging cannot disagree.
 */
export class RecordWalker {
  readonly scanner: RecordScanner;
  rows = 0;
  shortRows = 0;
  surplusRows = 0;
  /** Rows that have more cells than the layout, all surplus ones empty. */
  paddedRows = 0;
  blankLines = 0;
  commentLines = 0;
  unreadable = 0;
  footerLines = 0;
  /** First line of the footers found; null when there are none. */
  footerLine: number | null = null;
  /** Highest column in which some row has text. */
  lastFilledColumn = -1;

  readonly #settings: WalkSettings;
  readonly #visitor: Visitor;
  readonly #width: number;
  /** Unnamed columns at the right edge, which exist only if some row fills them. */
  readonly #doubtfulFrom: number;
  #suspects: FooterSuspect[] = [];
  #afterBlank = false;

  constructor(settings: WalkSettings, visitor: Visitor = {}) {
    this.#settings = settings;
    this.#visitor = visitor;
    this.#width = settings.layout.width;
    this.scanner = new RecordScanner(settings.dialect);
    if (settings.dialect.delimiter !== null) this.scanner.expect(this.#width, settings.usualEnd);
    this.footerLine = settings.footerLine ?? null;
    this.#doubtfulFrom = settings.layout.columns.findLastIndex((heading) => heading !== '') + 1;
  }

  push(chunk: Buffer): void {
    this.scanner.push(chunk);
    this.#drain();
  }

  finish(): void {
    this.scanner.finish();
    this.#drain();
    const footers = countFooters(this.#suspects, this.#settings.layout);
    const rows = this.#suspects.length - footers;
    this.footerLines = footers;
    if (footers > 0) this.footerLine = this.#suspects[rows]?.line ?? null;
    for (const suspect of this.#suspects.slice(0, rows)) this.#settle(suspect);
    this.#suspects = [];
  }

  #drain(): void {
    const { scanner } = this;
    const { layout, footerLine } = this.#settings;
    while (scanner.next()) {
      if (scanner.line < layout.dataFromLine) continue;
      if (footerLine !== undefined && footerLine !== null && scanner.line >= footerLine) continue;
      this.#classify();
    }
  }

  #classify(): void {
    const { scanner } = this;
    if (scanner.malformed === null && scanner.isBlank()) {
      // The nothing behind the last line end is not a line.
      if (scanner.recordStart === scanner.recordEnd && scanner.lineEnd === endOfFile) return;
      this.blankLines++;
      this.#afterBlank = true;
      return;
    }
    const afterBlank = this.#afterBlank;
    this.#afterBlank = false;
    if (scanner.bytes[scanner.recordStart] === hash && this.#isComment()) {
      this.commentLines++;
      return;
    }
    const damage = scanner.malformed ?? this.#damage();
    if (damage !== null) {
      this.#flush();
      this.unreadable++;
      if (damage === 'surplus-cells') this.surplusRows++;
      this.#visitor.unreadable?.(scanner.line, damage, scanner);
      return;
    }
    const kind = scanner.width < this.#width ? 'short' : 'row';
    if (this.#settings.footerLine === undefined && maySuspect(scanner, this.#settings.layout)) {
      if (this.#suspects.length === maxFooterLines) {
        const [oldest] = this.#suspects.splice(0, 1);
        if (oldest) this.#settle(oldest);
      }
      this.#suspects.push({ line: scanner.line, kind, cells: scanner.texts(this.#settings.encoding), afterBlank });
      return;
    }
    this.#flush();
    if (kind === 'short') this.shortRows++;
    else if (scanner.width > this.#width) this.paddedRows++;
    this.rows++;
    if (this.#doubtfulFrom < this.#width) this.#noteFilled();
    this.#visitor.row?.(scanner);
  }

  #isComment(): boolean {
    const { scanner } = this;
    const { emailColumn } = this.#settings.layout;
    if (scanner.malformed !== null) return scanner.bytes[scanner.recordStart + 1] === 32;
    if (this.#width === 1) {
      const next = scanner.bytes[scanner.recordStart + 1];
      return next === 32 || next === hash || scanner.recordEnd === scanner.recordStart + 1;
    }
    if (scanner.width !== this.#width) return true;
    if (emailColumn === null) return false;
    const start = scanner.starts[emailColumn] ?? 0;
    const found = scanner.bytes.indexOf(at, start);
    const hasAddress = found >= 0 && found < (scanner.ends[emailColumn] ?? 0);
    return !hasAddress && scanner.bytes[scanner.recordStart + 1] === 32;
  }

  #damage(): UnreadableReason | null {
    const { scanner } = this;
    if (this.#settings.checkUtf8 && !isUtf8(scanner.bytes.subarray(scanner.recordStart, scanner.recordEnd))) {
      return 'invalid-encoding';
    }
    for (let i = this.#width; i < scanner.width; i++) {
      if ((scanner.starts[i] ?? 0) < (scanner.ends[i] ?? 0)) return 'surplus-cells';
    }
    return null;
  }

  #noteFilled(): void {
    const { scanner } = this;
    for (let i = Math.min(scanner.width, this.#width) - 1; i > this.lastFilledColumn && i >= this.#doubtfulFrom; i--) {
      if ((scanner.starts[i] ?? 0) < (scanner.ends[i] ?? 0)) this.lastFilledColumn = i;
    }
  }

  /** The file went on: what was suspected were rows. */
  #flush(): void {
    if (this.#suspects.length === 0) return;
    for (const suspect of this.#suspects) this.#settle(suspect);
    this.#suspects = [];
  }

  #settle(suspect: FooterSuspect): void {
    this.rows++;
    if (suspect.kind === 'short') this.shortRows++;
    else if (suspect.cells.length > this.#width) this.paddedRows++;
    const last = suspect.cells.findLastIndex((cell) => cell !== '');
    if (last >= this.#doubtfulFrom && last > this.lastFilledColumn) this.lastFilledColumn = last;
  }
}
