import { describe, expect, it } from 'vitest';
import { corpus, readCorpus } from './testing/corpus.ts';

describe('the corpus is read right without help', () => {
  it.each([...corpus.alone(), ...corpus.real()].map((file) => [file.name, file] as const))('%s', async (_, file) => {
    expect(await readCorpus([file])).toEqual({ read: 1, misread: [] });
  });

  it('in pairs, all of them', async () => {
    const { read, misread } = await readCorpus(corpus.pairs());
    expect(read).toBeGreaterThan(1_000);
    expect(misread).toEqual([]);
  });
});
