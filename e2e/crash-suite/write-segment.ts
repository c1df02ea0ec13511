import { readFileSync, writeFileSync } from 'node:fs';
import type { Random } from './random.ts';

/** The address of the person with this number. */
export const addressOf = (person: number): string => `person-${person}@example.com`;

/** Column headings of a written segment, and the fields they are sent as. */
export const columns = {
  email: 'Email',
  map: ['first_name=First name', 'last_name=Last name', 'company_name=Company', 'job_title=Job'],
} as const;

/**
 * Writes a segment of `rows` rows about the persons from number `first` on. Among them: addresses that come twice, in
 * another case and with blank cells; rows that nobody can be mailed with; cells that need quotes. `mark` stands in a cell
 * of every row, so that a row of this file is told from the same person's row in another.
 */
export function writeSegment(
  file: string,
  options: { readonly rows: number; readonly first: number; readonly mark: string; readonly random: Random },
): void {
  const { rows, first, mark, random } = options;
  const lines = ['Email,First name,Last name,Company,Job\r\n'];
  let person = first;
  for (let row = 0; row < rows; row += 1) {
    const chance = random.below(1_000);
    const again = chance < 10 && person > first;
    const address = again ? addressOf(first + random.below(person - first)).toUpperCase() : addressOf(person);
    if (!again) person += 1;
    const email = chance >= 990 ? random.pick(['', 'nobody', 'a@b', 'two@example.com three@example.com']) : address;
    const firstName = chance % 20 === 3 ? '' : `First ${row % 97}`;
    const lastName = chance % 50 === 7 ? `"O'Brien, ""${row}"""` : `Last é ${row}`;
    const job = chance % 3 === 0 ? '' : `Job ${chance}`;
    lines.push(`${email},${firstName},${lastName},${mark},${job}\r\n`);
  }
  writeFileSync(file, lines.join(''));
}

/** Makes the last cell blank in every row of these people, by address in small letters. */
export function blankJobs(file: string, people: ReadonlySet<string>): void {
  const [headings = '', ...rows] = readFileSync(file, 'utf8').split('\r\n');
  const blanked = rows.map((row) => {
    const email = row.slice(0, row.indexOf(',')).trim().toLowerCase();
    return people.has(email) ? row.slice(0, row.lastIndexOf(',') + 1) : row;
  });
  writeFileSync(file, [headings, ...blanked].join('\r\n'));
}
