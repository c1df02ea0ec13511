// Brings docs/electron-calls.md up to what the sources use, with the notes that are there: node build/electron-calls/write.ts
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readDeclarations } from './declarations.ts';
import { formatTable, notesIn, tableOf } from './table.ts';
import { readUses } from './uses.ts';

const projectRoot = path.resolve(import.meta.dirname, '..', '..');
const file = path.join(projectRoot, 'docs', 'electron-calls.md');
const document = readFileSync(file, 'utf8');
const table = formatTable(readUses(projectRoot, readDeclarations(projectRoot)), notesIn(document));
writeFileSync(
  file,
  document.replace(tableOf(document), () => table),
);
