import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

/** Fields of a person that the suite compares; '' where nothing is known. */
export interface Details {
  readonly first_name: string;
  readonly last_name: string;
  readonly company_name: string;
  readonly job_title: string;
}

export const noDetails: Details = { first_name: '', last_name: '', company_name: '', job_title: '' };

/** What a segment file says, read without any of the app's code. */
export interface SegmentReading {
  /** Persons by address, in lower case, each with what the file says of them; '' where it says nothing. */
  readonly people: ReadonlyMap<string, Details>;
  readonly rowsRead: number;
  readonly rejected: number;
  readonly duplicate: number;
}

const address = /^[^@\s,;"]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$/i;

/** Reads a segment by the rules that a person is told: the last row of an address wins, its blanks are filled from the rows before it. */
export async function readSegment(file: string): Promise<SegmentReading> {
  const people = new Map<string, Details>();
  let rowsRead = 0;
  let rejected = 0;
  let duplicate = 0;
  const records = createReadStream(file).pipe(parse({ from_line: 2 }));
  for await (const [email = '', first_name = '', last_name = '', company_name = '', job_title = ''] of records) {
    rowsRead += 1;
    if (!address.test(email.trim())) {
      rejected += 1;
      continue;
    }
    const key = email.trim().toLowerCase();
    const before = people.get(key);
    if (before !== undefined) duplicate += 1;
    people.set(key, over(before ?? noDetails, { first_name, last_name, company_name, job_title }));
  }
  return { people, rowsRead, rejected, duplicate };
}

/** `newer` where it says something, else what was known. */
export function over(known: Details, newer: Details): Details {
  return {
    first_name: newer.first_name || known.first_name,
    last_name: newer.last_name || known.last_name,
    company_name: newer.company_name || known.company_name,
    job_title: newer.job_title || known.job_title,
  };
}
