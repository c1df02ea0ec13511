/** Endings that say how a file is written and packed; several may follow one another. */
const endings = /(\.(csv|tsv|tab|txt|psv|xlsx|xlsm|json|ndjson|jsonl|parquet|gz|gzip|zip))+$/i;

/** Numbers with what holds a date, a time or a version together; a browser's "(1)" behind a copy's name. */
const numbers = / ?\(\d+\)|\d+([-_.:T ]?\d+)*Z?/g;

/**
 * The pattern that a file's followers will have: dates and running numbers are left open, `Newsletter_2026-11-23.csv`
 * becomes `Newsletter_*.csv`. Without any, what follows the name is.
 */
export function proposePattern(fileName: string): string {
  const [ending = ''] = endings.exec(fileName) ?? [];
  const stem = fileName.slice(0, fileName.length - ending.length).replace(/[*?]/g, '?');
  const open = stem.replace(numbers, '*').replace(/\*+/g, '*');
  return `${open.includes('*') ? open : `${open}*`}${ending}`;
}

/**
 * Whether a name fits a pattern: `*` stands for any characters, `?` for one. Case and the way accents are composed do not
 * matter, as in the file systems of most computers.
 */
export function matchesPattern(pattern: string, fileName: string): boolean {
  const comparable = (text: string): string => text.normalize('NFC').toLowerCase();
  const [wanted, name] = [comparable(pattern), comparable(fileName)];
  // Greedy, with one place to go back to: never slow, whatever the pattern.
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let here = 0; here < name.length; ) {
    if (wanted[at] === '*') {
      star = at;
      at += 1;
      resume = here;
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === name[here])) {
      at += 1;
      here += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      here = resume;
    } else return false;
  }
  while (wanted[at] === '*') at += 1;
  return at === wanted.length;
}
