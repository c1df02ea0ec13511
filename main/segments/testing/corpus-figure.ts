// npm run corpus: how many files of the corpus `inspect` reads right without help, each nasty thing alone, in pairs and
// in threes, and as real programs write them. Ends with 1 when it is not more than 99 of 100.
import { corpus, readCorpus } from './corpus.ts';

let read = 0;
let wrong = 0;
for (const [part, files] of Object.entries(corpus)) {
  const result = await readCorpus(files());
  read += result.read;
  wrong += result.misread.length;
  console.log(`${part.padEnd(8)} ${String(result.read).padStart(6)} files, ${result.misread.length} read wrong`);
  for (const name of result.misread) console.log(`         ${name}`);
}
const share = (100 * (read - wrong)) / read;
console.log(`${read - wrong} of ${read} read right without help: ${share.toFixed(2)} %`);
process.exit(share > 99 ? 0 : 1);
