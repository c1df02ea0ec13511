import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue, type JS } from '@duckdb/node-api';
import { SegueError } from '../errors/segue-error.ts';

export interface DuckDbSettings {
  /** A database file to open or make; without one everything is kept in memory and spills. */
  readonly file?: string;
  /** Where DuckDB spills what does not fit in memory, into a folder of this instance's own. Must exist. */
  readonly tempFolder: string;
  readonly memoryLimitMb: number;
  readonly threads: number;
  /** Files and folders that statements may read. */
  readonly readable: readonly string[];
  /** Folders (or files) that statements may write as well. */
  readonly writable: readonly string[];
}

/** A value that may stand for a `$1`, `$2`, … in a statement. */
export type DuckDbParameter = string | number | bigint | boolean | null;

/** A column's value as plain JavaScript: BIGINT comes as bigint, DOUBLE and INTEGER as number, VARCHAR as string. */
export type DuckDbValue = JS;

/**
 * One fenced DuckDB with one connection. It can read and write the named paths and nothing else, loads no extension, fetches
 * nothing, spills into its own folder (electron-facts.md 4.2). The fence is locked: open another instance for other files.
 */
export class DuckDb {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #tempFolder: string;
  #closed = false;

  constructor(instance: DuckDBInstance, connection: DuckDBConnection, tempFolder: string) {
    this.#instance = instance;
    this.#connection = connection;
    this.#tempFolder = tempFolder;
  }

  /** Runs a statement for its effect. @throws SegueError `disk.full`, `cancelled` (after {@link interrupt}); else DuckDB's own error. */
  async run(sql: string, parameters: readonly DuckDbParameter[] = []): Promise<void> {
    await translated(this.#connection.run(sql, [...parameters] as DuckDBValue[]));
  }

  /** All rows of a statement as objects. For small results only: a result is whole in memory. */
  async rows(sql: string, parameters: readonly DuckDbParameter[] = []): Promise<Record<string, DuckDbValue>[]> {
    const reader = await translated(this.#connection.runAndReadAll(sql, [...parameters] as DuckDBValue[]));
    return reader.getRowObjectsJS();
  }

  /** All rows of a statement as arrays, in the order of its columns. */
  async table(sql: string, parameters: readonly DuckDbParameter[] = []): Promise<DuckDbValue[][]> {
    const reader = await translated(this.#connection.runAndReadAll(sql, [...parameters] as DuckDBValue[]));
    return reader.getRowsJS();
  }

  /** Rows of a statement in blocks of about 2,048, for results of any size. */
  async *blocks(sql: string, parameters: readonly DuckDbParameter[] = []): AsyncGenerator<DuckDbValue[][]> {
    const result = await translated(this.#connection.stream(sql, [...parameters] as DuckDBValue[]));
    try {
      for await (const block of result.yieldRowsJs()) yield block;
    } catch (error) {
      throw asSegueError(error);
    }
  }

  /**
   * The one BLOB that a statement answers, for megabytes of them again and again. It comes by way of a file in the temp
   * folder: a result would keep its memory, which V8 knows nothing of, until the garbage collector happens to look.
   */
  async bytes(sql: string): Promise<Buffer> {
    const file = path.join(this.#tempFolder, `${randomUUID()}.blob`);
    try {
      await this.run(`COPY (${sql}) TO ${quoteText(file)} (FORMAT blob)`);
      return await readFile(file);
    } finally {
      await rm(file, { force: true });
    }
  }

  /** Makes the running statement fail with `cancelled`, within milliseconds. */
  interrupt(): void {
    if (!this.#closed) this.#connection.interrupt();
  }

  /** Frees everything. A second call does nothing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}

/** Opens a fenced DuckDB. See {@link DuckDb}. */
export async function openDuckDb(settings: DuckDbSettings): Promise<DuckDb> {
  const instance = await DuckDBInstance.create(settings.file ?? ':memory:', {
    memory_limit: `${settings.memoryLimitMb}MB`,
    threads: String(settings.threads),
    // Instances that share one write into each other's files: they are named alike (a test shows it). Made when it is
    // needed, and gone when the instance is closed.
    temp_directory: path.join(settings.tempFolder, `duckdb-${randomUUID()}`),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    // What it has read of files stays in the system's own cache.
    enable_external_file_cache: 'false',
  });
  const connection = await instance.connect();
  const paths = [...settings.readable, ...settings.writable];
  const folders = `[${[settings.tempFolder, ...paths].map((name) => quoteText(withSlash(name))).join(', ')}]`;
  const files = `[${paths.map(quoteText).join(', ')}]`;
  await connection.run(`SET allowed_directories = ${folders}`);
  await connection.run(`SET allowed_paths = ${files}`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
  return new DuckDb(instance, connection, settings.tempFolder);
}

/** Between two interrupts, in milliseconds: one that falls between two statements stops neither. */
const interruptEveryMs = 20;

/** Runs `work` while an abort interrupts whatever statement is under way, and each that follows. */
export async function interruptible<T>(
  db: DuckDb,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  let again: NodeJS.Timeout | undefined;
  const stop = (): void => {
    db.interrupt();
    again = setInterval(() => db.interrupt(), interruptEveryMs);
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await work();
  } finally {
    signal?.removeEventListener('abort', stop);
    clearInterval(again);
  }
}

/** A text as an SQL literal. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as an SQL identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function withSlash(folder: string): string {
  return /[\\/]$/.test(folder) ? folder : `${folder}/`;
}

async function translated<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw asSegueError(error);
  }
}

function asSegueError(error: unknown): unknown {
  // DuckDB's binding gives neither codes nor classes: its message is all there is.
  const message = error instanceof Error ? error.message : '';
  if (message.startsWith('INTERRUPT')) return new SegueError('cancelled', {}, { cause: error });
  if (/No space left|Could not write|disk full|max_temp_directory_size/i.test(message)) {
    return new SegueError('disk.full', {}, { cause: error });
  }
  return error;
}

/** True for a statement that needed more memory than the instance may take, spilling included. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Out of Memory');
}
