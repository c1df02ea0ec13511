import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fetchElectron } from './fetch-electron.mjs';

// Where the real runtime is installed there is nothing to fetch: electron's own three marks say so.
const isInstalled = existsSync(path.join(import.meta.dirname, '..', '..', 'node_modules', 'electron', 'path.txt'));
const nothingToFetch = 'Electron is installed here';

let folder: string;
let server: Server;
let requests: number;
let answer: 'silence' | 'not found';

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'segue-fetch-'));
  requests = 0;
  server = createServer((_request, response) => {
    requests += 1;
    if (answer === 'not found') response.writeHead(404).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const fetchFromHere = (cacheFolder = folder) =>
  fetchElectron(process.execPath, {
    cacheFolder,
    stallLimitMs: 400,
    env: {
      ...process.env,
      ELECTRON_MIRROR: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      electron_config_cache: path.join(folder, 'electron-cache'),
    },
  });

test('a fetch that gets nowhere is given up, and not tried again for a day', async ({ skip }) => {
  skip(isInstalled, nothingToFetch);
  answer = 'silence';
  expect(await fetchFromHere()).toBeNull();
  expect(requests).toBe(1);
  expect(await fetchFromHere()).toBeNull();
  expect(requests).toBe(1);
});

test('a fetch that is refused leaves nothing behind but the memory of it', async ({ skip }) => {
  skip(isInstalled, nothingToFetch);
  answer = 'not found';
  expect(await fetchFromHere()).toBeNull();
  expect(requests).toBe(1);
  expect(readdirSync(folder).filter((name) => name !== 'electron-cache')).toEqual(['electron-not-fetched.json']);
});
