import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { createInflateRaw } from 'node:zlib';
import { SegueError } from '../errors/segue-error.ts';
import { guardRatio } from './bomb-guard.ts';

/** A file inside a zip, as the central directory tells it. Sizes are the archive's claims and are measured again while unpacking. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly packedSize: number;
  readonly size: number;
  readonly headerOffset: number;
}

const maxEntries = 10_000;
const maxDirectoryBytes = 16 * 1024 * 1024;

/**
 * The central directory of the zip at `file` (zip64 too).
 * @throws SegueError `segment.not-understood` when it is damaged, `segment.archive-unsafe` when it is absurdly large.
 */
export async function readZipDirectory(file: string): Promise<ZipEntry[]> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const where = await findDirectory(handle, size);
    if (!where || where.offset + where.length > size) throw damaged(file);
    if (where.entries > maxEntries || where.length > maxDirectoryBytes) {
      throw new SegueError('segment.archive-unsafe', { file: path.basename(file) });
    }
    return parseDirectory(await readAt(handle, where.offset, where.length), file);
  } finally {
    await handle.close();
  }
}

/** Unpacks one entry chunk by chunk. `onRead` is told the packed bytes taken so far. */
export async function* readZipEntry(
  file: string,
  entry: ZipEntry,
  options: { readonly signal?: AbortSignal; readonly onRead?: (packedBytes: number) => void } = {},
): AsyncGenerator<Buffer> {
  if (entry.encrypted || (entry.method !== 0 && entry.method !== 8)) throw damaged(file);
  const start = await dataOffset(file, entry);
  if (entry.packedSize === 0) return;
  const packed = createReadStream(file, { start, end: start + entry.packedSize - 1, highWaterMark: 1 << 18 });
  const guard = guardRatio(path.basename(file));
  const unpacked = entry.method === 0 ? packed : packed.pipe(createInflateRaw({ chunkSize: 1 << 18 }));
  packed.on('error', (error) => unpacked.destroy(error));
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      options.signal?.throwIfAborted();
      guard(packed.bytesRead, chunk.length);
      options.onRead?.(packed.bytesRead);
      yield chunk;
    }
  } catch (error) {
    throw isZlibError(error) ? damaged(file, error) : error;
  } finally {
    packed.destroy();
    unpacked.destroy();
  }
}

/** All of a small entry. @throws SegueError `segment.archive-unsafe` beyond `limit` bytes. */
export async function readZipEntryWhole(file: string, entry: ZipEntry, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of readZipEntry(file, entry)) {
    length += chunk.length;
    if (length > limit) throw new SegueError('segment.archive-unsafe', { file: path.basename(file) });
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

/** True for what zlib throws on damaged or cut data. */
export function isZlibError(error: unknown): boolean {
  return String((error as { code?: unknown } | null)?.code ?? '').startsWith('Z_');
}

function damaged(file: string, cause?: unknown): SegueError {
  return new SegueError('segment.not-understood', { file: path.basename(file) }, { cause });
}

async function readAt(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(buffer, done, length - done, offset + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return buffer.subarray(0, done);
}

async function findDirectory(
  handle: FileHandle,
  size: number,
): Promise<{ offset: number; length: number; entries: number } | null> {
  const tailStart = Math.max(0, size - 65_557);
  const tail = await readAt(handle, tailStart, size - tailStart);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 22 > tail.length) return null;
  let entries = tail.readUInt16LE(end + 10);
  let length = tail.readUInt32LE(end + 12);
  let offset = tail.readUInt32LE(end + 16);
  const locator = end - 20;
  if (locator >= 0 && tail.readUInt32LE(locator) === 0x07064b50) {
    const record = await readAt(handle, Number(tail.readBigUInt64LE(locator + 8)), 56);
    if (record.length === 56 && record.readUInt32LE(0) === 0x06064b50) {
      entries = Number(record.readBigUInt64LE(32));
      length = Number(record.readBigUInt64LE(40));
      offset = Number(record.readBigUInt64LE(48));
    }
  }
  return { offset, length, entries };
}

function parseDirectory(directory: Buffer, file: string): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at + 46 <= directory.length && directory.readUInt32LE(at) === 0x02014b50) {
    const flags = directory.readUInt16LE(at + 8);
    const nameLength = directory.readUInt16LE(at + 28);
    const extraLength = directory.readUInt16LE(at + 30);
    const commentLength = directory.readUInt16LE(at + 32);
    const nameEnd = at + 46 + nameLength;
    if (nameEnd + extraLength + commentLength > directory.length) throw damaged(file);
    const sizes = zip64Sizes(directory, at, directory.subarray(nameEnd, nameEnd + extraLength));
    entries.push({
      name: directory.toString((flags & 0x800) !== 0 ? 'utf8' : 'latin1', at + 46, nameEnd),
      method: directory.readUInt16LE(at + 10),
      encrypted: (flags & 1) !== 0,
      ...sizes,
    });
    at = nameEnd + extraLength + commentLength;
  }
  return entries;
}

function zip64Sizes(
  directory: Buffer,
  at: number,
  extra: Buffer,
): { size: number; packedSize: number; headerOffset: number } {
  let packedSize = directory.readUInt32LE(at + 20);
  let size = directory.readUInt32LE(at + 24);
  let headerOffset = directory.readUInt32LE(at + 42);
  for (let i = 0; i + 4 <= extra.length; ) {
    const id = extra.readUInt16LE(i);
    const end = Math.min(i + 4 + extra.readUInt16LE(i + 2), extra.length);
    let field = i + 4;
    const next = (narrow: number): number => {
      if (narrow !== 0xffffffff || field + 8 > end) return narrow;
      field += 8;
      return Number(extra.readBigUInt64LE(field - 8));
    };
    if (id === 1) {
      size = next(size);
      packedSize = next(packedSize);
      headerOffset = next(headerOffset);
    }
    i = end;
  }
  return { size, packedSize, headerOffset };
}

async function dataOffset(file: string, entry: ZipEntry): Promise<number> {
  const handle = await open(file, 'r');
  try {
    const header = await readAt(handle, entry.headerOffset, 30);
    if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) throw damaged(file);
    return entry.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  } finally {
    await handle.close();
  }
}
