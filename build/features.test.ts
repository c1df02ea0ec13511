import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..');

interface Feature {
  readonly number: number;
  readonly has: string;
  readonly file: string;
  readonly note: string;
}

/** The rows of docs/features.md: `| 12 | yes | e2e/some.spec.ts | note |`. */
const features: Feature[] = readFileSync(path.join(root, 'docs', 'features.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\|\s*\d+\s*\|/.test(line))
  .map((line) => {
    const [number = '', has = '', file = '', note = ''] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    return { number: Number(number), has, file, note };
  });

test('every feature of the system being replaced has one row, in order', () => {
  expect(features.map(({ number }) => number)).toEqual(Array.from({ length: 67 }, (_, index) => index + 1));
});

test.each(features)('F$number is said to be there or not, and why', ({ number, has, file, note }) => {
  expect(['yes', 'no']).toContain(has);
  expect(note).not.toBe('');
  if (has === 'no') {
    expect(file).toBe('');
    return;
  }
  const specification = path.join(root, file);
  expect(existsSync(specification), file).toBe(true);
  const titles = new RegExp(`^\\s*(?:test|it)(?:\\.[a-z]+\\([^)]*\\))?\\(\\s*['"\`]F${number}\\s`, 'm');
  expect(readFileSync(specification, 'utf8'), `a test of ${file} whose title begins F${number}`).toMatch(titles);
});
