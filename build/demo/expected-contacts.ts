import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

/** What should have landed, worked out from the file without any code of the app's. */
export interface ExpectedContacts {
  readonly rows: number;
  /** Distinct addresses that look like one, trimmed and in lower case. */
  readonly addresses: ReadonlySet<string>;
}

const looksLikeAddress = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;

/** Reads a segment of the generated shape (its address stands in the column EMail). */
export async function expectedContacts(file: string): Promise<ExpectedContacts> {
  const addresses = new Set<string>();
  let rows = 0;
  const records = createReadStream(file).pipe(parse({ columns: true, bom: true }));
  for await (const record of records as AsyncIterable<{ EMail: string }>) {
    rows += 1;
    const address = record.EMail.trim().toLowerCase();
    if (looksLikeAddress.test(address)) addresses.add(address);
  }
  return { rows, addresses };
}
