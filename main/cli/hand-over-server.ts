import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Log } from '../desktop/log.ts';
import { createWords } from '../words.ts';
import { complainOf } from './carry-out.ts';
import type { CommandDesk } from './command-desk.ts';
import type { CommandIo } from './command-io.ts';
import {
  type HandOverAnswer,
  type HandOverRequest,
  handOverPath,
  handOverRequest,
  isSameToken,
  readLines,
  writeLine,
} from './hand-over-protocol.ts';
import { parseCommand } from './parse-command.ts';

export interface HandOver {
  /** Takes no more commands. Those under way are left to the desk. */
  close(): Promise<void>;
}

/** Longest path of a Unix socket that every system takes (macOS: 103 bytes). */
const longestSocketPath = 100;

/** Time within which somebody who connects must say what they want. */
const requestLimitMs = 5_000;

/**
 * Takes commands from other starts of the same profile by the same user, and carries them out at the desk. A
 * computer that has no room for a socket only loses this way in: the log says so.
 */
export async function listenForHandOver(options: { userData: string; desk: CommandDesk; log: Log }): Promise<HandOver> {
  const { userData, desk, log } = options;
  const token = randomBytes(32).toString('base64url');
  const { address, folder } = chooseAddress(userData);
  const server = createServer((socket) => receive(socket, token, desk));
  const remove = () => {
    rmSync(handOverPath(userData), { force: true });
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  };
  try {
    rmSync(handOverPath(userData), { force: true });
    if (process.platform !== 'win32') rmSync(address, { force: true });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(address, resolve);
    });
    if (process.platform !== 'win32') chmodSync(address, 0o600);
    const file = handOverPath(userData);
    writeFileSync(`${file}.new`, JSON.stringify({ version: 1, pid: process.pid, address, token }), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch (cause) {
    log.error('command line unreachable', cause);
    remove();
  }
  return {
    async close() {
      remove();
      if (!server.listening) return;
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        // Sockets that have said nothing yet would keep it open.
        server.unref();
        resolve();
      });
    },
  };
}

function chooseAddress(userData: string): { address: string; folder: string | null } {
  if (process.platform === 'win32') {
    return { address: `\\\\.\\pipe\\segue-${randomBytes(16).toString('hex')}`, folder: null };
  }
  const beside = path.join(userData, 'command-line.sock');
  if (Buffer.byteLength(beside) <= longestSocketPath) return { address: beside, folder: null };
  // A folder of our own, which no other user can enter.
  const folder = mkdtempSync(path.join(os.tmpdir(), 'segue-'));
  return { address: path.join(folder, 's'), folder };
}

function receive(socket: Socket, token: string, desk: CommandDesk): void {
  const interrupt = new AbortController();
  let taken = false;
  const timer = setTimeout(() => socket.destroy(), requestLimitMs);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    clearTimeout(timer);
    interrupt.abort();
  });
  readLines(socket, (line) => {
    if (taken) {
      // The only other thing that can be said.
      interrupt.abort();
      return;
    }
    const request = handOverRequest.safeParse(line);
    if (!request.success || !isSameToken(request.data.token, token)) {
      socket.destroy();
      return;
    }
    taken = true;
    clearTimeout(timer);
    void carryOver(socket, request.data, desk, interrupt.signal);
  });
}

async function carryOver(socket: Socket, request: HandOverRequest, desk: CommandDesk, signal: AbortSignal) {
  const answer = (line: HandOverAnswer) => writeLine(socket, line);
  const io: CommandIo = {
    write: (text) => answer({ out: text }),
    complain: (text) => void answer({ err: text }),
    isTerminal: request.isTerminal,
    folder: request.folder,
    credentials: request.credentials,
    words: createWords(request.language, request.formatLocale),
    signal,
  };
  await answer({ taken: true });
  let exit: number;
  try {
    exit = await desk.run(parseCommand(request.argv, request.clientId ?? undefined), io);
  } catch (thrown) {
    exit = complainOf(thrown, io);
  }
  await answer({ exit });
  socket.end();
}
