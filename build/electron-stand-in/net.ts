import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { registeredSchemes } from './app-scheme.ts';
import { needReady } from './lifecycle.ts';
import { callHandler } from './protocol.ts';
import { strict } from './strict.ts';

const types: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

async function fetchFile(url: URL): Promise<Response> {
  const file = fileURLToPath(url);
  try {
    const type = types[path.extname(file).toLowerCase()] ?? 'application/octet-stream';
    return new Response(new Uint8Array(await readFile(file)), { headers: { 'content-type': type } });
  } catch {
    throw new Error('net::ERR_FILE_NOT_FOUND');
  }
}

/** `net`: fetch over the app's own schemes, files and the network; requests of the older kind are absent. */
export const net = strict('net', {
  async fetch(
    input: string | Request,
    init?: RequestInit & { bypassCustomProtocolHandlers?: boolean },
  ): Promise<Response> {
    needReady('net.fetch can only be used after app is ready');
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (url.protocol === 'file:') return fetchFile(url);
    if (registeredSchemes.has(url.protocol.slice(0, -1)) && init?.bypassCustomProtocolHandlers !== true) {
      const response = await callHandler(request);
      if (response === null) throw new Error('net::ERR_UNKNOWN_URL_SCHEME');
      return response;
    }
    return fetch(request);
  },
  /** As Electron means it: a network is there, not that it leads anywhere. */
  isOnline: (): boolean =>
    Object.values(os.networkInterfaces())
      .flat()
      .some((address) => address !== undefined && !address.internal),
});
