import { type FileHandle, open } from 'node:fs/promises';
import { translated } from './canonical-writer.ts';
import { ProgressReporter } from './progress.ts';
import type { UnreadableLine } from './types.ts';
import type { UnderstoodFile } from './understood-file.ts';

/** An unreadable line as it stands in its file. Text beyond 2,000 characters is cut. */
export interface UnreadableText extends UnreadableLine {
  readonly file: string;
  readonly text: string;
}

const keptInManifest = 1000;
const longestText = 2000;

/** `unreadable.ndjson`: every line that could not be read, with number, reason and text. */
export class UnreadableLog {
  count = 0;
  readonly first: UnreadableText[] = [];
  readonly #handle: FileHandle;
  #pending = '';

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  static async create(file: string): Promise<UnreadableLog> {
    return new UnreadableLog(await translated(open(file, 'wx')));
  }

  /** Reads the lines of a file that has some. */
  async addAll(file: UnderstoodFile, signal: AbortSignal | undefined): Promise<void> {
    if (file.inspection.unreadable.length === 0) return;
    const { name } = file.source;
    const quiet = new ProgressReporter(signal ? { signal } : {}, file.source.size);
    const unreadable = (line: number, reason: UnreadableLine['reason'], text: string): void => {
      const entry: UnreadableText = { line, reason, file: name, text: text.slice(0, longestText) };
      this.count++;
      if (this.first.length < keptInManifest) this.first.push(entry);
      this.#pending += `${JSON.stringify(entry)}\n`;
    };
    await file.readRows({ unreadable }, quiet, async () => {
      await this.#flush();
      return false;
    });
    await this.#flush();
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async #flush(): Promise<void> {
    const text = this.#pending;
    this.#pending = '';
    if (text !== '') await translated(this.#handle.appendFile(text));
  }
}
