import { expect, it } from 'vitest';
import { looksLikeReference } from './list-reference.ts';

it('tells an ID or an address from a name', () => {
  expect(looksLikeReference(' 0fb6a1ca-1111-2222-3333-444455556666 ')).toBe(true);
  expect(looksLikeReference('https://app.constantcontact.com/pages/contacts/ui#contacts/0fb6a1ca')).toBe(true);
  expect(looksLikeReference('https is a fine name')).toBe(false);
  expect(looksLikeReference('Newsletter')).toBe(false);
});
