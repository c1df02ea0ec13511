import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

// The table of invariants in ARCHITECTURE.md names the test that holds each: it has to be there, and not to be skipped.

const root = path.resolve(import.meta.dirname, '..');
const paper = readFileSync(path.join(root, 'ARCHITECTURE.md'), 'utf8');
const table = /<!-- invariants -->([\s\S]*?)<!-- end of invariants -->/.exec(paper)?.[1] ?? '';
const rows = [...table.matchAll(/^\| (?<what>[^|]+) \| `(?<file>[^`]+)` \| (?<title>[^|]+) \|$/gm)].map(
  ({ groups }) => ({
    what: groups?.what ?? '',
    file: groups?.file ?? '',
    title: groups?.title ?? '',
  }),
);

test('every row of the table of invariants is read', () => {
  expect(rows.length).toBe(table.trim().split('\n').length - 2);
  expect(rows.length).toBeGreaterThan(30);
});

test.each(rows)('$what', ({ file, title }) => {
  expect(existsSync(path.join(root, file)), file).toBe(true);
  const source = readFileSync(path.join(root, file), 'utf8');
  const quoted = title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  // A test of a list of cases may have its list between the word and the title.
  expect(source).toMatch(new RegExp(`(\\b(test|it)\\(|\\)\\(|\\bfault\\()\\s*['"\`]${quoted}`));
  expect(source).not.toMatch(new RegExp(`\\b(test|it)\\.skip\\(\\s*['"\`]${quoted}`));
});
