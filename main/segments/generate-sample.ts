import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

/** How many rows of each kind a generated segment holds. `rows` = `invalid` + `duplicates` + `distinctValid`. */
export interface SampleFigures {
  readonly rows: number;
  /** Rows whose address is blank or malformed. */
  readonly invalid: number;
  /** Valid rows whose address (trimmed, lower-cased) also stands in an earlier row. */
  readonly duplicates: number;
  /** Distinct valid addresses: what may be sent. */
  readonly distinctValid: number;
}

const columns = [
  'CustomerId',
  'FirstName',
  'LastName',
  'EMail',
  'Telephone',
  'StreetAddress',
  'City',
  'State',
  'PostCode',
  'Country',
  'DateOfBirth',
  'CompanyName',
  'RewardsPoints',
  'CreatedOn',
];

const firstNames =
  'Ann Marie Zoë Jérôme Luc Noah Emma Olivia Hugo Léa Karl Inés Omar Mei Priya Tom Ivy Paul Nina Søren'.split(' ');
const lastNames =
  'Smith Martin Müller Garcia Dubois Rossi Novak Silva Tanaka Patel Brown Petit Kowalski Berg Costa Ali Weber'.split(
    ' ',
  );
const streets = 'Main St|Oak Ave|Rue Pasteur|High Road|Elm Street|Park Lane|Rue de Lyon|Mill Way'.split('|');
const cities = 'Boston|Lyon|Leeds|Austin|Nantes|Denver|Québec|Dover|Lille|Tampa'.split('|');
const states = 'MA FR UK TX FR CO QC DE FR FL'.split(' ');
const companies = 'Contoso|Fabrikam|Northwind|Litware|"Proseware, Inc."|Tailspin|Adatum|'.split('|');
const domains = 'example.com example.org example.net mail.example.com'.split(' ');
const malformed = ['', 'n/a', '@example.com', 'two@@example.com', 'no-at.example.com', 'dot@example.'];

/** One row in so many has a malformed address, and one in so many repeats the address of an earlier row. */
const malformedEvery = 97;
const repeatedEvery = 61;

/**
 * Writes a segment as Customer Insights would download it: `rows` rows of 14 columns, about 150 bytes each, UTF-8, CRLF. The same rows for the
 * same numbers. Streams: a million rows take a few seconds and little memory.
 * @param firstRow number of the first row, so that two files of one segment need not overlap
 */
export async function generateSampleSegment(file: string, rows: number, firstRow = 0): Promise<SampleFigures> {
  const out = createWriteStream(file, { highWaterMark: 1 << 20 });
  const failed = once(out, 'error').then(([error]) => Promise.reject(error));
  failed.catch(() => {});
  let text = `${columns.join(',')}\r\n`;
  let invalid = 0;
  let duplicates = 0;
  for (let i = 0; i < rows; i++) {
    const number = firstRow + i;
    const mixed = Math.imul(number + 1, 0x9e3779b1) >>> 0;
    let email = addressOf(number);
    if (i % malformedEvery === malformedEvery - 1) {
      email = malformed[((i / malformedEvery) % malformed.length) | 0] ?? '';
      invalid++;
    } else if (i % repeatedEvery === repeatedEvery - 1) {
      const earlier = i - 7 - ((mixed >>> 8) % 40);
      // Only an address that was really written, and by a row that is not a repetition itself.
      if (
        earlier >= 0 &&
        earlier % malformedEvery !== malformedEvery - 1 &&
        earlier % repeatedEvery !== repeatedEvery - 1
      ) {
        email = ` ${addressOf(firstRow + earlier).toUpperCase()}`;
        duplicates++;
      }
    }
    text += rowOf(number, mixed, email);
    if (text.length > 1 << 19) {
      if (!out.write(text)) await Promise.race([once(out, 'drain'), failed]);
      text = '';
    }
  }
  out.end(text);
  await finished(out);
  return { rows, invalid, duplicates, distinctValid: rows - invalid - duplicates };
}

function addressOf(number: number): string {
  const mixed = Math.imul(number + 1, 0x9e3779b1) >>> 0;
  const first = (firstNames[mixed % 20] ?? '')
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
  return `${first}.${number.toString(36)}@${domains[(mixed >>> 5) % 4]}`;
}

function rowOf(number: number, mixed: number, email: string): string {
  const id = (mixed.toString(16).padStart(8, '0') + number.toString(16).padStart(8, '0')).repeat(2);
  const place = (mixed >>> 7) % 10;
  const street = `${1 + (mixed % 990)} ${streets[(mixed >>> 11) % 8]}`;
  const day = 1 + ((mixed >>> 3) % 28);
  const month = 1 + ((mixed >>> 9) % 12);
  const birth = `${1940 + ((mixed >>> 13) % 66)}-${two(month)}-${two(day)}`;
  const phone = `+1 555 ${String((mixed >>> 4) % 10_000_000).padStart(7, '0')}`;
  const zip = String((mixed >>> 6) % 100_000).padStart(5, '0');
  const name = `${firstNames[mixed % 20]},${lastNames[(mixed >>> 10) % 17]}`;
  const company = companies[(mixed >>> 17) % 8];
  return `${id},${name},${email},${phone},${street},${cities[place]},${states[place]},${zip},${place === 6 ? 'CA' : 'US'},${birth},${company},${mixed % 5000},2026-${two(month)}-${two(day)}\r\n`;
}

function two(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}
