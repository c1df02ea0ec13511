import { createHash } from 'node:crypto';
import { copyFileSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type ArchivedFile, openArchive } from '../asar-archive.ts';
import { filesBelow } from '../check/built-package.ts';

/** A copy of a built folder that may be altered; `remove` takes it away. */
export interface AlteredPackage {
  readonly folder: string;
  /** Puts a file into the folder, in the place of one that is there. */
  put(name: string, bytes: string | Buffer): void;
  read(name: string): Buffer;
  take(name: string): void;
  /** Packs the archive anew, whole and with right hashes, after `change` has changed its packed files. */
  repack(change: (files: Map<string, Buffer>) => void): void;
  remove(): void;
}

const archiveName = 'resources/app.asar';

/** Copies a built Linux folder; big files are linked, and replaced when they are put. */
export function alteredCopy(source: string): AlteredPackage {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'segue-altered-'));
  for (const name of filesBelow(source)) {
    const target = path.join(folder, name);
    mkdirSync(path.dirname(target), { recursive: true });
    try {
      linkSync(path.join(source, name), target);
    } catch {
      copyFileSync(path.join(source, name), target);
    }
  }
  const at = (name: string) => path.join(folder, ...name.split('/'));
  const take = (name: string) => rmSync(at(name));
  const put = (name: string, bytes: string | Buffer) => {
    rmSync(at(name), { force: true });
    mkdirSync(path.dirname(at(name)), { recursive: true });
    writeFileSync(at(name), bytes);
  };
  return {
    folder,
    put,
    take,
    read: (name) => readFileSync(at(name)),
    repack(change) {
      const archive = openArchive(at(archiveName));
      const packed = new Map<string, Buffer>();
      const unpacked: ArchivedFile[] = [];
      for (const file of archive.files.values()) {
        if (file.unpacked) unpacked.push(file);
        else packed.set(file.name, archive.read(file.name));
      }
      change(packed);
      put(archiveName, archiveOf(packed, unpacked));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

interface Folder {
  readonly files: Record<string, unknown>;
}

function archiveOf(packed: ReadonlyMap<string, Buffer>, unpacked: readonly ArchivedFile[]): Buffer {
  const root: Folder = { files: {} };
  const put = (name: string, entry: unknown) => {
    const parts = name.split('/');
    let folder = root;
    for (const part of parts.slice(0, -1)) {
      folder.files[part] ??= { files: {} };
      folder = folder.files[part] as Folder;
    }
    folder.files[parts.at(-1) ?? ''] = entry;
  };
  for (const { name, size, integrity } of unpacked) put(name, { size, unpacked: true, integrity });
  const bodies: Buffer[] = [];
  let offset = 0;
  for (const [name, bytes] of packed) {
    put(name, { size: bytes.length, offset: String(offset), integrity: integrityOf(bytes) });
    bodies.push(bytes);
    offset += bytes.length;
  }
  const text = Buffer.from(JSON.stringify(root));
  const padded = Math.ceil(text.length / 4) * 4;
  const head = Buffer.alloc(16 + padded);
  head.writeUInt32LE(4, 0);
  head.writeUInt32LE(8 + padded, 4);
  head.writeUInt32LE(4 + padded, 8);
  head.writeUInt32LE(text.length, 12);
  text.copy(head, 16);
  return Buffer.concat([head, ...bodies]);
}

function integrityOf(bytes: Buffer): unknown {
  const blockSize = 4 * 1024 * 1024;
  const sha256 = (part: Buffer) => createHash('sha256').update(part).digest('hex');
  const blocks: string[] = [];
  for (let at = 0; at < Math.max(bytes.length, 1); at += blockSize)
    blocks.push(sha256(bytes.subarray(at, at + blockSize)));
  return { algorithm: 'SHA256', hash: sha256(bytes), blockSize, blocks };
}
