import { SegueError } from '../errors/segue-error.ts';

/** Where the API and the sign-in live. Neither ends in a slash. */
export interface RemoteAddresses {
  /** Base of every API path, with its version: `https://api.cc.email/v3`. */
  readonly apiUrl: string;
  /** Base in front of `/authorize`, `/token`, `/device/authorize`. */
  readonly authUrl: string;
}

/** Constant Contact's own addresses (`constant-contact-v3.md` 1 and 2.1). */
export const constantContactAddresses: RemoteAddresses = {
  apiUrl: 'https://api.cc.email/v3',
  authUrl: 'https://authz.constantcontact.com/oauth2/default/v1',
};

/**
 * Chooses the two addresses: the environment (`SEGUE_API_URL`, `SEGUE_AUTH_URL`) beats what a connection has stored (the
 * practice account's address), which beats Constant Contact's own. Throws `network.insecure-address` for plain http
 * anywhere but on this computer, and for what is no web address at all.
 */
export function resolveAddresses(
  env: Readonly<Record<string, string | undefined>>,
  stored: Partial<RemoteAddresses> = {},
): RemoteAddresses {
  return {
    apiUrl: checkedAddress(env.SEGUE_API_URL || stored.apiUrl || constantContactAddresses.apiUrl),
    authUrl: checkedAddress(env.SEGUE_AUTH_URL || stored.authUrl || constantContactAddresses.authUrl),
  };
}

/** Whether a host name, as `URL.hostname` writes it, means this computer and nothing else. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** Whether an address is plain http to this computer: the only place where plain http is accepted. */
export function isPlainLoopback(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === 'http:' && isLoopbackHost(url.hostname);
}

function checkedAddress(address: string): string {
  const url = URL.parse(address);
  const plain = url !== null && !url.username && !url.password && !url.search && !url.hash;
  if (!plain || !(url.protocol === 'https:' || isPlainLoopback(address))) {
    throw new SegueError('network.insecure-address', { host: url?.host ?? '' });
  }
  return url.href.replace(/\/+$/, '');
}
