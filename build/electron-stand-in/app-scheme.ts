/**
 * Chromium cannot be taught new schemes from outside, so each address of an app's own scheme is mapped to an https one
 * on a host that can never exist (`.invalid`), and back. Everything the app sees speaks its own scheme.
 */
const suffix = '.electron-stand-in.invalid';

/** Privileges of the schemes registered with `protocol.registerSchemesAsPrivileged`. */
export const registeredSchemes = new Map<string, Electron.Privileges>();

/** The address to give Chromium for `url`; anything that is not of a registered scheme comes back as it is. */
export function toChromium(url: string): string {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([\s\S]*)$/i.exec(url);
  const scheme = parts?.[1]?.toLowerCase();
  if (parts === null || scheme === undefined || !registeredSchemes.has(scheme)) return url;
  const host = parts[2]?.toLowerCase() ?? '';
  const rest = parts[3] ?? '';
  return `https://${host === '' ? 'localhost' : host}.${scheme}${suffix}${rest.startsWith('/') ? '' : '/'}${rest}`;
}

/** The app's own address for what Chromium calls `url`; any other address comes back as it is. */
export function fromChromium(url: string): string {
  const parts = /^https:\/\/([^/?#:]+)([\s\S]*)$/.exec(url);
  const host = parts?.[1];
  if (parts === null || host === undefined || !host.endsWith(suffix)) return url;
  const inner = host.slice(0, -suffix.length);
  const dot = inner.lastIndexOf('.');
  const scheme = inner.slice(dot + 1);
  return registeredSchemes.has(scheme) ? `${scheme}://${inner.slice(0, dot)}${parts[2] ?? ''}` : url;
}

/** Scheme of an address that belongs to the app (mapped or not), else null. */
export function ownScheme(url: string): string | null {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(fromChromium(url))?.[1]?.toLowerCase();
  return scheme !== undefined && registeredSchemes.has(scheme) ? scheme : null;
}

/** What Chromium calls the origin of an address: `app://segue`, `https://example.com`, or `null` for the opaque ones. */
export function originOf(url: string): string {
  const scheme = ownScheme(url);
  if (scheme !== null) return `${scheme}://${new URL(fromChromium(url)).host}`;
  return URL.canParse(url) ? new URL(url).origin : 'null';
}
