import { describe, expect, it } from 'vitest';
import { corpus, readCorpus } from './testing/corpus.ts';

describe('the corpus is read right without help', () => {
  it.each([...corpus.alone(), ...corpus.real()].map((file) => [file.name, file] as const))('%s', async (_, file) => {
    expect(await readCorpus([file])).toEqual({ read: 1, misread: [] });
  });

  const pairs = Map.groupBy(corpus.pairs(), ({ name }) => name.slice(0, name.indexOf(' + ')));
  it.each([...pairs])('%s, in pairs', async (_, files) => {
    expect(await readCorpus(files)).toEqual({ read: files.length, misread: [] });
  });

  it('holds more than two thousand files', () => {
    const count = Object.values(corpus).reduce((sum, files) => sum + [...files()].length, 0);
    expect(count).toBeGreaterThan(2_000);
  });
});
