import path from 'node:path';
import { expect, it } from 'vitest';
import { groupParts } from './group-parts.ts';

const at = (...names: string[]) => names.map((name) => path.join('/downloads', name));
const grouped = (...names: string[]) =>
  groupParts(at(...names)).map(({ files, fileName }) => [fileName, files.map((file) => path.basename(file))]);

it('puts the parts of one segment in their order, packed or not', () => {
  expect(grouped('other.csv', 'Loyal_2.csv.gz', 'Loyal_10.csv', 'Loyal_1.csv', 'last.csv')).toEqual([
    ['other.csv', ['other.csv']],
    ['Loyal_2.csv.gz', ['Loyal_2.csv.gz']],
    ['Loyal_10.csv', ['Loyal_10.csv']],
    ['Loyal_1.csv', ['Loyal_1.csv']],
    ['last.csv', ['last.csv']],
  ]);
  expect(grouped('other.csv', 'Loyal_3.csv', 'loyal_2.csv.gz', 'Loyal_1.csv', 'last.csv')).toEqual([
    ['other.csv', ['other.csv']],
    ['Loyal.csv', ['Loyal_1.csv', 'loyal_2.csv.gz', 'Loyal_3.csv']],
    ['last.csv', ['last.csv']],
  ]);
  expect(grouped('Loyal_2026_1.csv', 'Loyal_2026_2.csv')).toEqual([
    ['Loyal_2026.csv', ['Loyal_2026_1.csv', 'Loyal_2026_2.csv']],
  ]);
  expect(grouped('part-00001.parquet', 'part-00000.parquet')).toEqual([
    ['part.parquet', ['part-00000.parquet', 'part-00001.parquet']],
  ]);
});

it('leaves alone what only looks like parts', () => {
  for (const names of [
    ['sales_2024.csv', 'sales_2025.csv'],
    ['one_1.csv', 'two_2.csv'],
    ['one_1.csv', 'one_2.xlsx'],
    ['one_1.csv', 'one_1.csv.gz'],
    ['1.csv', '2.csv'],
    ['only_1.csv'],
    ['Buyers 2026-01-01.csv', 'Buyers 2026-01-02.csv'],
    ['Buyers_2026_01.csv', 'Buyers_2026_02.csv'],
  ]) {
    expect(grouped(...names)).toEqual(names.map((name) => [name, [name]]));
  }
  const folders = [path.join('/a', 'x_1.csv'), path.join('/b', 'x_2.csv')];
  expect(groupParts(folders)).toHaveLength(2);
});
