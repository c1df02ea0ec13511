import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { inspectFile } from '../inspect.ts';
import { nasties, together } from './nasty-files.ts';
import type { RealFile } from './real-files/real-file.ts';
import { realFiles } from './real-files.ts';
import { renderTable } from './render-table.ts';

/** A file of the corpus with what reading it without help must give. */
export interface CorpusFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly expected: RealFile['expected'];
}

/** Every n-th of the triples: all of them would take minutes. */
const everyTriple = 11;

const names = Object.keys(nasties);
const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b) => [a, b]));

/** Files with these nasties together; none for those that cannot be had in one file. */
function* rendered(combinations: Iterable<readonly string[]>): Generator<CorpusFile> {
  for (const combination of combinations) {
    const traits = together(combination);
    if (traits === null) continue;
    const { bytes, expected } = renderTable(traits);
    yield { name: combination.join(' + '), bytes, expected: { ...expected, unreadable: [] } };
  }
}

function* triples(): Generator<readonly string[]> {
  let number = 0;
  for (const [i, a] of names.entries()) {
    for (const [j, b] of names.slice(i + 1).entries()) {
      for (const c of names.slice(i + j + 2)) if (number++ % everyTriple === 0) yield [a, b, c];
    }
  }
}

function* reals(): Generator<CorpusFile> {
  for (const [name, { bytes, expected }] of Object.entries(realFiles)) {
    yield { name, bytes, expected };
    if (bytes[0] !== 0x1f) yield { name: `${name}, packed`, bytes: gzipSync(bytes), expected };
  }
}

/** The corpus by its parts. */
export const corpus: Readonly<Record<'alone' | 'pairs' | 'triples' | 'real', () => Generator<CorpusFile>>> = {
  alone: () => rendered(names.map((name) => [name])),
  pairs: () => rendered(pairs),
  triples: () => rendered(triples()),
  real: reals,
};

/** Reads files as `inspect` does; answers how many there were and which were read wrong. */
export async function readCorpus(files: Iterable<CorpusFile>): Promise<{ read: number; misread: string[] }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'segue-corpus-'));
  const misread: string[] = [];
  let read = 0;
  try {
    for (const { name, bytes, expected } of files) {
      const file = path.join(folder, 'file');
      await writeFile(file, bytes);
      const found = await inspectFile(file, { rows: 'all' }).catch(() => null);
      read += 1;
      const told: Record<string, unknown> = {
        ...found,
        unreadable: found?.unreadable.map(({ line }) => line),
      };
      const wanted = Object.entries({ unreadable: [], ...expected });
      if (wanted.some(([key, value]) => JSON.stringify(told[key]) !== JSON.stringify(value))) misread.push(name);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return { read, misread };
}
