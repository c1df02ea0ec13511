import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandDesk } from './command-desk.ts';
import { handOver } from './hand-over-client.ts';
import { handOverPath, readHandOverFile } from './hand-over-protocol.ts';
import { type HandOver, listenForHandOver } from './hand-over-server.ts';

const log = { note: () => undefined, error: () => undefined };
const desk = (run: CommandDesk['run']): CommandDesk => ({
  run,
  isBusy: () => false,
  cancelAll: async () => undefined,
  onIdle: () => undefined,
});
const request = {
  argv: ['history', '--json'],
  clientId: null,
  credentials: { name: null, password: null },
  folder: '/somewhere',
  isTerminal: false,
  language: 'fr',
  formatLocale: 'fr',
} as const;

let userData: string;
let server: HandOver | null;
let output: { out: string; err: string };

beforeEach(() => {
  userData = mkdtempSync(path.join(os.tmpdir(), 'segue-hand-over-'));
  server = null;
  output = { out: '', err: '' };
});
afterEach(async () => {
  await server?.close();
  rmSync(userData, { recursive: true, force: true });
});

const ask = (signal = new AbortController().signal, argv: readonly string[] = request.argv) =>
  handOver(
    userData,
    { ...request, argv: [...argv] },
    {
      signal,
      write: async (text) => {
        output.out += text;
      },
      complain: (text) => {
        output.err += text;
      },
    },
  );

describe('handing a command over', () => {
  it('carries it out there and brings output and exit code back', async () => {
    server = await listenForHandOver({
      userData,
      log,
      desk: desk(async (command, io) => {
        await io.write(`${JSON.stringify(command)} ${io.folder} ${io.words.language}\n`);
        io.complain('progress é\n');
        await io.write('x'.repeat(3_000_000));
        return 2;
      }),
    });
    expect(await ask()).toBe(2);
    expect(output.out).toContain('{"name":"history","json":true} /somewhere fr\n');
    expect(output.out).toHaveLength('{"name":"history","json":true} /somewhere fr\n'.length + 3_000_000);
    expect(output.err).toBe('progress é\n');
  });

  it('passes an interruption on and still brings the result', async () => {
    const started = Promise.withResolvers<void>();
    server = await listenForHandOver({
      userData,
      log,
      desk: desk(async (_command, io) => {
        started.resolve();
        await new Promise((resolve) => io.signal.addEventListener('abort', resolve));
        await io.write('cancelled\n');
        return 3;
      }),
    });
    const interrupt = new AbortController();
    const exit = ask(interrupt.signal);
    await started.promise;
    interrupt.abort();
    expect(await exit).toBe(3);
    expect(output.out).toBe('cancelled\n');
  });

  it('interrupts the command when the one who asked goes away', async () => {
    const aborted = Promise.withResolvers<void>();
    server = await listenForHandOver({
      userData,
      log,
      desk: desk(async (_command, io) => {
        io.signal.addEventListener('abort', () => aborted.resolve());
        await aborted.promise;
        return 3;
      }),
    });
    const file = readHandOverFile(userData);
    const socket = connect(file?.address ?? '');
    socket.on('data', () => socket.destroy());
    socket.write(`${JSON.stringify({ ...request, token: file?.token })}\n`);
    await aborted.promise;
  });

  it('explains a wrong command line', async () => {
    server = await listenForHandOver({ userData, log, desk: desk(async () => 0) });
    expect(await ask(undefined, ['history', '--nonsense'])).toBe(64);
    expect(output.err).toContain('--nonsense');
  });

  it('lets nobody in who does not know the token', async () => {
    let ran = false;
    server = await listenForHandOver({
      userData,
      log,
      desk: desk(async () => {
        ran = true;
        return 0;
      }),
    });
    const address = readHandOverFile(userData)?.address ?? '';
    for (const line of [{ ...request, token: 'guess' }, { token: 1 }, 'text', { ...request }]) {
      await new Promise<void>((resolve) => {
        const socket = connect(address);
        socket.on('error', () => undefined);
        socket.on('close', () => resolve());
        socket.resume();
        socket.write(`${JSON.stringify(line)}\n`);
      });
    }
    expect(ran).toBe(false);
  });

  it('says null when nobody is there, or only a stale file', async () => {
    expect(await ask()).toBeNull();
    writeFileSync(
      handOverPath(userData),
      JSON.stringify({ version: 1, pid: 1, address: path.join(userData, 'gone'), token: 't' }),
    );
    expect(await ask()).toBeNull();
    writeFileSync(handOverPath(userData), 'nonsense');
    expect(await ask()).toBeNull();
  });

  it.skipIf(process.platform === 'win32')('keeps file and socket to this user, and takes them away', async () => {
    server = await listenForHandOver({ userData, log, desk: desk(async () => 0) });
    const { address } = readHandOverFile(userData) ?? { address: '' };
    expect(statSync(handOverPath(userData)).mode & 0o077).toBe(0);
    expect(statSync(address).mode & 0o077).toBe(0);
    await server.close();
    expect(readHandOverFile(userData)).toBeNull();
    expect(statSync(address, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('works in a profile whose path is too long for a socket', async () => {
    userData = path.join(userData, 'x'.repeat(120));
    mkdirSync(userData, { recursive: true });
    server = await listenForHandOver({ userData, log, desk: desk(async () => 7) });
    expect(readHandOverFile(userData)?.address.startsWith(userData)).toBe(false);
    expect(await ask()).toBe(7);
  });
});
