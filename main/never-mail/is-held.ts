import { hasNeverMail } from '../store/never-mail.ts';
import type { Store } from '../store/open-store.ts';
import { keyedHash } from './keyed-hash.ts';

/**
 * Whether one address (trimmed, in small letters), its domain, or one above that is on the never-mail list. Of many people
 * at once `main/runs/planning/held-people.ts` asks the same in SQL.
 */
export function isHeld(store: Store, key: Buffer, email: string): boolean {
  const labels = email.slice(email.indexOf('@') + 1).split('.');
  const domains = labels.map((_, index) => labels.slice(index).join('.'));
  return (
    hasNeverMail(store, 'address', keyedHash(key, email)) ||
    domains.some((domain) => hasNeverMail(store, 'domain', keyedHash(key, domain)))
  );
}
