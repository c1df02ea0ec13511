import { createReadStream, createWriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { SegueError } from '../errors/segue-error.ts';
import { guardRatio } from './bomb-guard.ts';
import { cannotOpen } from './cannot-open.ts';
import { groupParts } from './group-parts.ts';
import type { Compression } from './types.ts';
import { isZlibError, readZipDirectory, readZipEntry, type ZipEntry } from './zip.ts';

export interface ChunkOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told the bytes taken from the disk so far. */
  readonly onRead?: ((bytes: number) => void) | undefined;
}

/** A file's unpacked bytes, as often as one asks for them. */
export interface ByteSource {
  /** The file that lies on the disk. */
  readonly path: string;
  /** What people are told: the file's name, behind it the part's where the file packs several. */
  readonly name: string;
  readonly compression: Compression;
  /** Its size there, in bytes. */
  readonly size: number;
  readonly modifiedMs: number;
  /** The zip itself is a workbook: there are no bytes worth streaming. */
  readonly isWorkbook: boolean;
  chunks(options?: ChunkOptions): AsyncGenerator<Buffer>;
}

const chunkBytes = 1 << 20;

/** The first part of what {@link openByteSources} opens, which shows what all are like. Throws as that. */
export async function openByteSource(file: string): Promise<ByteSource> {
  const [first] = await openByteSources(file);
  return first;
}

/**
 * Opens `file` by content: plain, gzip (several members too), or a zip with one table or the parts of one inside, in part order.
 * @throws SegueError `segment.missing`, `segment.not-readable`, `segment.not-a-file`, `segment.empty`, `segment.not-understood`
 * (damaged archive, no table in it, a workbook of before 2007 or with a password), `segment.archive-unsafe` (several tables in it
 * that are no parts of one, a password, a bomb).
 */
export async function openByteSources(file: string): Promise<[ByteSource, ...ByteSource[]]> {
  const facts = await stat(file).catch((cause: unknown) => {
    throw cannotOpen(file, cause);
  });
  const fileName = path.basename(file);
  if (!facts.isFile()) throw new SegueError('segment.not-a-file', { file: fileName });
  if (facts.size === 0) throw new SegueError('segment.empty', { file: fileName });
  const base = { path: file, name: fileName, size: facts.size, modifiedMs: facts.mtimeMs, isWorkbook: false };
  const head = await readHead(plainChunks(file, {}), 4);
  // A compound file: an .xls, or a workbook with a password.
  if (head.toString('latin1') === '\xd0\xcf\x11\xe0')
    throw new SegueError('segment.not-understood', { file: fileName });
  if (head[0] === 0x1f && head[1] === 0x8b) {
    return [{ ...base, compression: 'gzip', chunks: (options = {}) => gunzippedChunks(file, options) }];
  }
  if (head.toString('latin1') === 'PK\x03\x04' || head.toString('latin1') === 'PK\x05\x06') {
    const entries = await readZipDirectory(file);
    if (entries.some((entry) => entry.name === 'xl/workbook.xml')) {
      return [{ ...base, compression: 'none', isWorkbook: true, chunks: (options = {}) => plainChunks(file, options) }];
    }
    const [first, ...others] = theTablesIn(entries, fileName);
    const unpacked = (entry: ZipEntry): ByteSource => ({
      ...base,
      name: others.length === 0 ? fileName : `${fileName}/${path.posix.basename(entry.name)}`,
      compression: 'zip',
      chunks: (options = {}) => readZipEntry(file, entry, definedOnly(options)),
    });
    return [unpacked(first), ...others.map(unpacked)];
  }
  return [{ ...base, compression: 'none', chunks: (options = {}) => plainChunks(file, options) }];
}

/** Up to `length` first bytes of a stream, which is closed afterwards. */
export async function readHead(chunks: AsyncGenerator<Buffer>, length: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let have = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    have += chunk.length;
    if (have >= length) break;
  }
  return Buffer.concat(parts).subarray(0, length);
}

/** Unpacks a source to `target`, for readers that must jump about in the file. */
export async function unpackTo(source: ByteSource, target: string, options: ChunkOptions): Promise<void> {
  await pipeline(source.chunks(options), createWriteStream(target, { flags: 'wx' }));
}

function definedOnly(options: ChunkOptions): { signal?: AbortSignal; onRead?: (bytes: number) => void } {
  return {
    ...(options.signal ? { signal: options.signal } : {}),
    ...(options.onRead ? { onRead: options.onRead } : {}),
  };
}

/** The one table of an archive, or all parts of one. */
function theTablesIn(entries: readonly ZipEntry[], fileName: string): [ZipEntry, ...ZipEntry[]] {
  const files = entries.filter((entry) => !/\/$|^__MACOSX\/|(^|\/)(\._|\.DS_Store$|Thumbs\.db$)/.test(entry.name));
  const tables = files.filter((entry) =>
    /\.(csv|tsv|tab|txt|psv|json|jsonl|ndjson|parquet|xlsx|xlsm)$/i.test(entry.name),
  );
  const data = tables.filter((entry) => !/(^|\/)(readme|model|manifest|licen[cs]e)[^/]*$/i.test(entry.name));
  const chosen = [files, tables, data].find((candidates) => candidates.length === 1)?.[0];
  if (chosen && !chosen.encrypted) return [chosen];
  const parts = [tables, data].map(partsOfOne).find((found) => found !== null) ?? null;
  if (parts !== null && !parts.some(({ encrypted }) => encrypted)) return parts;
  if (files.length === 0) throw new SegueError('segment.empty', { file: fileName });
  const packed = chosen !== undefined || tables.length > 0;
  throw new SegueError(packed ? 'segment.archive-unsafe' : 'segment.not-understood', { file: fileName });
}

/** The entries in part order when they are the parts of one segment and nothing else. */
function partsOfOne(entries: readonly ZipEntry[]): [ZipEntry, ...ZipEntry[]] | null {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const [group, ...others] = groupParts([...byName.keys()]);
  if (group === undefined || others.length > 0 || group.files.length < 2) return null;
  const [first, ...rest] = group.files.flatMap((name) => byName.get(name) ?? []);
  return first === undefined ? null : [first, ...rest];
}

async function* plainChunks(file: string, { signal, onRead }: ChunkOptions): AsyncGenerator<Buffer> {
  const handle = await open(file, 'r').catch((cause: unknown) => {
    throw cannotOpen(file, cause);
  });
  try {
    // The next read is under way while the caller works on this chunk.
    let next = handle.read(Buffer.allocUnsafeSlow(chunkBytes), 0, chunkBytes, null);
    let total = 0;
    for (;;) {
      const { bytesRead, buffer } = await next;
      if (bytesRead === 0) return;
      signal?.throwIfAborted();
      total += bytesRead;
      onRead?.(total);
      next = handle.read(Buffer.allocUnsafeSlow(chunkBytes), 0, chunkBytes, null);
      next.catch(() => {});
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

async function* gunzippedChunks(file: string, { signal, onRead }: ChunkOptions): AsyncGenerator<Buffer> {
  const packed = createReadStream(file, { highWaterMark: 1 << 18 });
  const unpacked = packed.pipe(createGunzip({ chunkSize: 1 << 18 }));
  packed.on('error', (error) => unpacked.destroy(error));
  const guard = guardRatio(path.basename(file));
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      signal?.throwIfAborted();
      guard(packed.bytesRead, chunk.length);
      onRead?.(packed.bytesRead);
      yield chunk;
    }
  } catch (error) {
    if (!isZlibError(error)) throw error;
    throw new SegueError('segment.not-understood', { file: path.basename(file) }, { cause: error });
  } finally {
    packed.destroy();
    unpacked.destroy();
  }
}
