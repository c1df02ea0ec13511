import type { PracticeContext } from './practice-context.ts';
import { type ContactDetails, type Permission, permissions } from './state/contact-details.ts';

const firstNames = [
  'Ada',
  'Noah',
  'Zoé',
  'Liam',
  'Chloé',
  'Mateo',
  'Inès',
  'Oliver',
  'Amélie',
  'Lucas',
  'Maya',
  'Hugo',
];
const lastNames = [
  'Martin',
  'Nguyen',
  'Garcia',
  'Okafor',
  'Tremblay',
  'Smith',
  'Dubois',
  'Rossi',
  'Kowalski',
  'Haddad',
];

const people = 360;

/**
 * Fills a new practice account: two lists and some hundred made-up people, a few of them opted out, so that there is
 * something to see and somebody who must not be resubscribed.
 */
export function seedAccount(context: PracticeContext): void {
  const { clock, contacts, database, fields, lists } = context;
  const now = clock.now();
  database.transaction(() => {
    const newsletter = lists.create({ name: 'Newsletter', description: 'Monthly news', favorite: true }, now);
    const customers = lists.create({ name: 'Customers', description: '', favorite: false }, now);
    const level = fields.create(
      { label: 'Membership level', type: 'string', version: 1, metadata: undefined, choices: null },
      now,
    );
    const onNewsletter: number[] = [];
    const onCustomers: number[] = [];
    for (let index = 0; index < people; index += 1) {
      const first = firstNames[index % firstNames.length] ?? '';
      const last = lastNames[index % lastNames.length] ?? '';
      const details: ContactDetails = { first_name: first, last_name: last };
      if (index % 5 === 0) details.custom = { [String(level.seq)]: index % 10 === 0 ? 'gold' : 'silver' };
      const permission = permissionOf(index);
      if (permission === 'unsubscribed') details.optOut = { source: 'Contact', at: now, reason: 'Too many messages' };
      if (permission === 'explicit') details.optIn = { source: 'Contact', at: now };
      const address = `${plain(first)}.${plain(last)}.${index + 1}@example.com`;
      const seq = contacts.insert(address, permissions.indexOf(permission), JSON.stringify(details), now);
      if (index % 3 !== 0) onNewsletter.push(seq);
      if (index % 2 === 0) onCustomers.push(seq);
    }
    lists.addMembers(newsletter.seq, onNewsletter);
    lists.addMembers(customers.seq, onCustomers);
  })();
}

function permissionOf(index: number): Permission {
  if (index % 24 === 7) return 'unsubscribed';
  if (index % 90 === 11) return 'pending_confirmation';
  return index % 4 === 0 ? 'explicit' : 'implicit';
}

function plain(name: string): string {
  return name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
