import { createHash } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  existsSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

interface Integrity {
  readonly algorithm: string;
  readonly hash: string;
  readonly blockSize: number;
  readonly blocks: readonly string[];
}

interface HeaderEntry {
  readonly files?: Readonly<Record<string, HeaderEntry>>;
  readonly size?: number;
  readonly offset?: string;
  readonly unpacked?: boolean;
  readonly link?: string;
  readonly integrity?: Integrity;
}

/** One file of an archive. */
export interface ArchivedFile {
  /** Path in the archive, with slashes and none at the beginning. */
  readonly name: string;
  readonly size: number;
  /** Whether its bytes lie in `app.asar.unpacked` beside the archive. */
  readonly unpacked: boolean;
  /** Where its bytes begin in the archive; meaningless for an unpacked one. */
  readonly offset: number;
  readonly integrity: Integrity | null;
}

/** An archive as Electron reads it: a length-prefixed JSON header, then the files' bytes. */
export interface AsarArchive {
  readonly file: string;
  /** SHA-256 of the header's text, in hexadecimal: what Electron compares with the hash in the executable. */
  readonly headerHash: string;
  readonly files: ReadonlyMap<string, ArchivedFile>;
  read(name: string): Buffer;
}

/** Reads an archive's header; the files are read when they are asked for. Throws when it is none. */
export function openArchive(file: string): AsarArchive {
  const { text, dataStart } = readHeader(file);
  const files = new Map<string, ArchivedFile>();
  const visit = (entry: HeaderEntry, folder: string) => {
    for (const [name, inner] of Object.entries(entry.files ?? {})) {
      const full = folder === '' ? name : `${folder}/${name}`;
      // A name with a way out of the folder could write anywhere when it is extracted.
      if (name === '..' || name === '.' || name === '' || /[\\/]/.test(name))
        throw new Error(`${file}: bad name ${full}`);
      if (inner.link !== undefined) throw new Error(`${file}: ${full} is a link`);
      if (inner.files !== undefined) visit(inner, full);
      else
        files.set(full, {
          name: full,
          size: inner.size ?? 0,
          unpacked: inner.unpacked === true,
          offset: dataStart + Number(inner.offset ?? 0),
          integrity: inner.integrity ?? null,
        });
    }
  };
  visit(JSON.parse(text) as HeaderEntry, '');
  return {
    file,
    headerHash: createHash('sha256').update(text).digest('hex'),
    files,
    read(name) {
      const found = files.get(name);
      if (found === undefined) throw new Error(`${file} has no ${name}`);
      return found.unpacked ? readFileSync(unpackedPath(file, name)) : readRange(file, found.offset, found.size);
    },
  };
}

/** Where the bytes of an unpacked file lie. */
export function unpackedPath(archive: string, name: string): string {
  return path.join(`${archive}.unpacked`, ...name.split('/'));
}

function readHeader(file: string): { text: string; dataStart: number } {
  // Two pickles of Chromium: the size of the second (4, size), then the second (payload, string length, string).
  const head = readRange(file, 0, 16);
  const pickleSize = head.readUInt32LE(4);
  const length = head.readUInt32LE(12);
  if (head.readUInt32LE(0) !== 4 || length > pickleSize) throw new Error(`${file} is not an asar archive`);
  return { text: readRange(file, 16, length).toString('utf8'), dataStart: 8 + pickleSize };
}

function readRange(file: string, position: number, length: number): Buffer {
  const handle = openSync(file, 'r');
  try {
    if (position + length > fstatSync(handle).size) throw new Error(`${file} ends too early`);
    const bytes = Buffer.alloc(length);
    let done = 0;
    while (done < length) done += readSync(handle, bytes, done, length - done, position + done);
    return bytes;
  } finally {
    closeSync(handle);
  }
}

/** Whether the bytes are those that the archive's header vouches for, as a whole and block by block. */
export function isIntact(bytes: Buffer, integrity: Integrity): boolean {
  const sha256 = (part: Buffer) => createHash('sha256').update(part).digest('hex');
  if (integrity.algorithm !== 'SHA256' || sha256(bytes) !== integrity.hash) return false;
  const blocks: string[] = [];
  for (let at = 0; at < bytes.length; at += integrity.blockSize) {
    blocks.push(sha256(bytes.subarray(at, at + integrity.blockSize)));
  }
  // An empty file may be told as no block or as one empty block.
  if (bytes.length === 0) return integrity.blocks.every((block) => block === sha256(bytes));
  return blocks.length === integrity.blocks.length && blocks.every((block, index) => block === integrity.blocks[index]);
}

/**
 * Writes the archive's files below `folder`, unpacked ones at their places among them, as Electron's file system shows
 * them. Refuses what is not what the header vouches for. Unpacked files are linked where the disk allows it.
 */
export function extractArchive(archive: AsarArchive, folder: string): void {
  for (const { name, unpacked, integrity } of archive.files.values()) {
    const target = path.join(folder, ...name.split('/'));
    mkdirSync(path.dirname(target), { recursive: true });
    if (unpacked) {
      const source = unpackedPath(archive.file, name);
      if (!existsSync(source)) throw new Error(`${name} is missing beside ${path.basename(archive.file)}`);
      try {
        linkSync(source, target);
      } catch {
        copyFileSync(source, target);
      }
      continue;
    }
    const bytes = archive.read(name);
    if (integrity === null || !isIntact(bytes, integrity))
      throw new Error(`${name} is not what the archive vouches for`);
    writeFileSync(target, bytes);
  }
}
