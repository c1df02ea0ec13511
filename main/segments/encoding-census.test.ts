import { expect, test } from 'vitest';
import { EncodingCensus } from './encoding-census.ts';
import { encodeSingleByte } from './testing/render-table.ts';

function judged(text: string, encoding: 'windows-1252' | 'macintosh'): string {
  const census = new EncodingCensus();
  census.push(encodeSingleByte(text, encoding));
  return census.end().encoding;
}

const rows = (cells: readonly string[]) => cells.map((cell, i) => `${i},${cell},p${i}@example.com\n`).join('');

test.each([
  ['ë', ['Zoë', 'Bob', 'Gaëlle']],
  ['ë, far more often than there are names', Array.from({ length: 300 }, (_, i) => (i % 3 ? `Zoë${i}` : 'Noël'))],
  ['í', ['García', 'María Bell']],
  ['ö', ['Jörg', 'Ann Köhler']],
  ['ú', ['Jesús', 'Raúl']],
  ['û and î', ['Benoît', 'Dû']],
  ['ñ', ['Muñoz', 'Peña']],
  ['é', ['René', 'José']],
  ['ü', ['Müller', 'Jürgen']],
  ['ç', ['François', 'Gonçalves']],
])('a single kind of accent is enough, in either encoding: %s', (_kind, cells) => {
  for (const encoding of ['macintosh', 'windows-1252'] as const) {
    expect(judged(`id,name,email\n${rows(cells)}`, encoding)).toBe(encoding);
  }
});

test('words of Windows are not taken for those of a Mac', () => {
  expect(judged(rows(['O’Brien', 'it’s', 'l’avenue – nord', '“quoted”', 'd’Angelo']), 'windows-1252')).toBe(
    'windows-1252',
  );
  expect(judged(rows(['Dušan', 'Božidar', 'cœur', '5 €']), 'windows-1252')).toBe('windows-1252');
});

test('a single word that no list of names holds is still judged by its neighbours', () => {
  expect(judged(rows(['Xavëlla', 'Quëntar']), 'macintosh')).toBe('macintosh');
});
