import { listMembers, lookUpContact } from '../../constant-contact/contacts.ts';
import { fetchList } from '../../constant-contact/lists.ts';
import { SegueError } from '../../errors/segue-error.ts';
import type { DuckDb } from '../../segments/duckdb.ts';
import { type Inquiry, patiently } from '../account/inquiry.ts';
import { idSource } from './id-source.ts';

/**
 * Finds the contact ids of the people in the table `wanted` (column `email`) who are on the list, and leaves them in the
 * table `found` (`email`, `contact_id`): who is not in it is not on the list. From the cheapest source by requests.
 * Memory stays flat; what was found by a reading that did not end is found again.
 *
 * Throws `list.not-found`, `cancelled` and what a person has to mend.
 */
export async function findContactIds(inquiry: Inquiry, db: DuckDb, wanted: string, listId: string): Promise<void> {
  const options = { purpose: inquiry.purpose, signal: inquiry.signal };
  await db.run('CREATE OR REPLACE TEMP TABLE found (email VARCHAR, contact_id VARCHAR)');
  const [row] = await db.rows(`SELECT count(*) AS people FROM ${wanted}`);
  const people = Number(row?.people);
  if (people === 0) return;
  inquiry.reportWaiting({ for: 'list', until: null });
  try {
    const list = await patiently(inquiry, () => fetchList(inquiry.client, listId, options));
    if (idSource(people, list.membershipCount).kind === 'look-ups') {
      await lookUp(inquiry, db, wanted, listId);
    } else {
      // Pages are a walk: when it breaks off, it begins again.
      await patiently(inquiry, async () => {
        await db.run('DELETE FROM found');
        for await (const page of listMembers(inquiry.client, listId, options)) await keep(db, wanted, page);
      });
    }
  } finally {
    inquiry.reportWaiting(null);
  }
}

async function lookUp(inquiry: Inquiry, db: DuckDb, wanted: string, listId: string): Promise<void> {
  const options = { purpose: inquiry.purpose, signal: inquiry.signal };
  for (let after = ''; ; ) {
    const page = await db.rows(`SELECT email FROM ${wanted} WHERE email > $1 ORDER BY email LIMIT 500`, [after]);
    for (const { email } of page) {
      if (inquiry.signal.aborted) throw new SegueError('cancelled');
      const contact = await patiently(inquiry, () => lookUpContact(inquiry.client, String(email), options));
      if (contact?.listIds.includes(listId)) await keep(db, wanted, [contact]);
    }
    if (page.length === 0) return;
    after = String(page.at(-1)?.email);
  }
}

/** Takes over who of a page is wanted. */
async function keep(
  db: DuckDb,
  wanted: string,
  page: readonly { readonly email: string; readonly contactId: string }[],
): Promise<void> {
  const people = page.map(({ email, contactId }) => ({ email: email.trim().toLowerCase(), contact_id: contactId }));
  await db.run(
    `INSERT INTO found SELECT p.email, p.contact_id FROM (
       SELECT unnest(from_json($1, '[{"email":"VARCHAR","contact_id":"VARCHAR"}]'), recursive := true)
     ) p SEMI JOIN ${wanted} w ON w.email = p.email`,
    [JSON.stringify(people)],
  );
}
