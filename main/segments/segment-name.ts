/** Endings that say how a file is written or packed, not what it is about. */
const endings = /\.(csv|tsv|tab|txt|xlsx|xlsm|json|ndjson|jsonl|parquet|gz|gzip|zip)$/i;

/** A segment's name from its file's name: endings off, `_` and `-` read as blanks where there are no blanks. */
export function segmentNameOf(fileName: string): string {
  let name = fileName;
  while (endings.test(name)) name = name.replace(endings, '');
  if (!name.includes(' ')) name = name.replace(/[_-]+/g, ' ');
  name = name.trim();
  // A character of two halves is not cut between them.
  return (name === '' ? fileName : name).slice(0, 255).replace(/[\uD800-\uDBFF]$/, '');
}

/** The name with the first number behind it that makes it nobody else's. */
export function freeName(name: string, taken: readonly string[]): string {
  for (let number = 2; ; number += 1) {
    const free = `${name.slice(0, 245)} (${number})`;
    if (!taken.includes(free)) return free;
  }
}
