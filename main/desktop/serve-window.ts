import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol } from 'electron';
import { answerHeaders, contentTypeOf, fileOfAddress, ownScheme, withNonce } from './own-address.ts';

/** Makes the window's scheme known. Only before `ready`, once (electron-facts.md 1.4, 2.1). */
export function registerOwnScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: ownScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Answers the window's scheme with the files below `root` and nothing else. */
export function serveWindow(root: string): void {
  protocol.handle(ownScheme, (request) => answer(root, request));
}

async function answer(root: string, request: Request): Promise<Response> {
  const nonce = randomBytes(18).toString('base64');
  const refuse = (status: number) =>
    new Response(null, { status, headers: answerHeaders('text/plain; charset=utf-8', nonce) });
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
  const file = fileOfAddress(root, request.url);
  const contentType = file === null ? null : contentTypeOf(file);
  if (file === null || contentType === null) return refuse(404);
  try {
    const bytes = await readFile(file);
    const body = path.extname(file) === '.html' ? withNonce(bytes.toString('utf8'), nonce) : new Uint8Array(bytes);
    return new Response(request.method === 'HEAD' ? null : body, { headers: answerHeaders(contentType, nonce) });
  } catch {
    return refuse(404);
  }
}
