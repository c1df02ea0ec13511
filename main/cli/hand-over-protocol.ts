import { timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import path from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { z } from 'zod';
import { language } from '../../preload/contract/views.ts';

// How one start of the app hands a command over to the one that holds the profile: one JSON object a line, over a local
// socket whose address and token lie in a file that only this user can read.

/** What lies in the profile for others of the same user to find; `pid` tells people and tests who holds it. */
export const handOverFile = z.object({
  version: z.literal(1),
  pid: z.int(),
  address: z.string(),
  token: z.string(),
});
export type HandOverFile = z.infer<typeof handOverFile>;

/** First line from the one who asks; the only other one is `{ "interrupt": true }`. */
export const handOverRequest = z.object({
  token: z.string().max(200),
  argv: z.array(z.string().max(32_768)).max(1_000),
  clientId: z.string().max(200).nullable(),
  /** Who the command says it is for. */
  credentials: z.object({ name: z.string().max(200).nullable(), password: z.string().max(1_000).nullable() }),
  folder: z.string().max(32_768),
  isTerminal: z.boolean(),
  language,
  formatLocale: z.string().max(100),
});
export type HandOverRequest = z.infer<typeof handOverRequest>;

/** Lines of the answer: taken, what to print where, and at the end the exit code. */
export const handOverAnswer = z.union([
  z.object({ taken: z.literal(true) }),
  z.object({ out: z.string() }),
  z.object({ err: z.string() }),
  z.object({ exit: z.int().min(0).max(255) }),
]);
export type HandOverAnswer = z.infer<typeof handOverAnswer>;

export const handOverPath = (userData: string): string => path.join(userData, 'command-line.json');

/** The file's contents, or null when nobody has written one that can be used. */
export function readHandOverFile(userData: string): HandOverFile | null {
  try {
    return handOverFile.parse(JSON.parse(readFileSync(handOverPath(userData), 'utf8')));
  } catch {
    return null;
  }
}

/** Compares without telling by its duration where two tokens differ. */
export function isSameToken(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Longest line taken from the other side, in characters: arguments, or a piece of a result. */
const maxLine = 64_000_000;

/** Calls `onLine` with each line's parsed JSON. A line that is none, or too long, destroys the socket. */
export function readLines(socket: Socket, onLine: (value: unknown) => void): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  socket.on('data', (chunk) => {
    const lines = `${rest}${decoder.write(Buffer.from(chunk))}`.split('\n');
    rest = lines.pop() ?? '';
    try {
      if (rest.length > maxLine) throw new Error('line too long');
      for (const line of lines) onLine(JSON.parse(line));
    } catch (cause) {
      socket.destroy(cause instanceof Error ? cause : undefined);
    }
  });
}

/** Writes one line; resolves when the socket has room for more. */
export function writeLine(socket: Socket, value: unknown): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed || !socket.writable) resolve();
    else socket.write(`${JSON.stringify(value)}\n`, () => resolve());
  });
}
