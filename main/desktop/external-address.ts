/** Constant Contact's own pages that Segue opens in the system browser. */
const knownOrigins: ReadonlySet<string> = new Set([
  'https://authz.constantcontact.com',
  'https://app.constantcontact.com',
  // Where a code is entered (constant-contact-v3.md 2.5).
  'https://identity.constantcontact.com',
]);

const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Origin of an address on this computer (the practice account's), or null for any other address. */
export function loopbackOrigin(address: string | undefined): string | null {
  const url = address === undefined ? null : URL.parse(address);
  if (url === null || !loopbackHosts.has(url.hostname)) return null;
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.origin : null;
}

/**
 * Whether the system browser may be sent to `address`: https on Constant Contact's own hosts, or one of the loopback
 * origins that a practice account serves right now. Nothing with a user name, nothing with another scheme.
 */
export function mayOpenExternally(address: string, practiceOrigins: Iterable<string>): boolean {
  const url = URL.parse(address);
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (knownOrigins.has(url.origin)) return true;
  const local = loopbackOrigin(address);
  return local !== null && [...practiceOrigins].includes(local);
}
