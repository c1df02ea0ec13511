// Merges words into the catalogues: node build/messages-add.mjs words.json, where words.json is {"en": {key: message}, "fr": {…}}.
// Keys stay sorted, so that two people's additions merge.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'preload', 'messages');
const added = JSON.parse(readFileSync(process.argv[2], 'utf8'));
for (const language of ['en', 'fr']) {
  const file = path.join(folder, `${language}.json`);
  const merged = { ...JSON.parse(readFileSync(file, 'utf8')), ...added[language] };
  const sorted = Object.fromEntries(Object.entries(merged).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
}
