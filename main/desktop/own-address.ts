import path from 'node:path';

/** The scheme and host of everything the window shows. */
export const ownScheme = 'app';
export const ownHost = 'segue';
export const startAddress = `${ownScheme}://${ownHost}/index.html`;

/**
 * Whether an address is one of the window's own. Compares protocol and host: `origin` of a custom scheme is the string
 * 'null' in Node, so comparing that would accept every custom scheme (electron-facts.md 1.6).
 */
export function isOwnAddress(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === `${ownScheme}:` && url.host === ownHost && url.username === '';
}

/** The file below `root` that an own address names, or null when it names none: another host, or a way out of `root`. */
export function fileOfAddress(root: string, address: string): string | null {
  if (!isOwnAddress(address)) return null;
  let pathname: string;
  try {
    pathname = decodeURIComponent(new URL(address).pathname);
  } catch {
    return null;
  }
  if (pathname.includes('\0') || pathname.includes('\\')) return null;
  const file = path.join(root, pathname === '/' || pathname === '' ? 'index.html' : pathname);
  const relative = path.relative(root, file);
  return relative === '' || relative.startsWith('..') || path.isAbsolute(relative) ? null : file;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
};

/** Content type of one of the window's files, or null for a kind the bundle does not hold. */
export function contentTypeOf(file: string): string | null {
  return contentTypes[path.extname(file).toLowerCase()] ?? null;
}

/** What the window's document may do, with this page load's nonce for the styles that Fluent UI writes (2.2). */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

/** The headers of every answer of the window's own scheme. A page is never kept, since its nonce serves one load. */
export function answerHeaders(contentType: string, nonce: string): Record<string, string> {
  return {
    'content-type': contentType,
    'content-security-policy': contentSecurityPolicy(nonce),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    ...(contentType.startsWith('text/html') ? { 'cache-control': 'no-store' } : {}),
  };
}

/** The start page with this load's nonce in every place kept for it, and the policy repeated as the first of its head. */
export function withNonce(html: string, nonce: string): string {
  // A meta element ignores frame-ancestors and reports that as an error, so it is left to the header.
  const policy = contentSecurityPolicy(nonce).replace("frame-ancestors 'none'; ", '');
  return html
    .replaceAll('__CSP_NONCE__', nonce)
    .replace(/<head([^>]*)>/, `<head$1><meta http-equiv="content-security-policy" content="${policy}">`);
}
