import type { Credentials } from '../application.ts';

/** Longest first line of standard input that is taken for a password, in bytes. */
const longestLine = 4_096;

/**
 * For whom a command is: the name from its arguments or `SEGUE_PERSON`, the password from `SEGUE_PASSWORD` or from the
 * first line of standard input, never from the arguments, which every program on the computer may read.
 */
export async function credentialsOf(
  start: { readonly person: string | null; readonly passwordOnInput: boolean },
  env: Readonly<Record<string, string | undefined>>,
  input: AsyncIterable<Uint8Array | string>,
): Promise<Credentials> {
  const password = start.passwordOnInput ? await firstLine(input) : env.SEGUE_PASSWORD || null;
  return { name: start.person, password };
}

async function firstLine(input: AsyncIterable<Uint8Array | string>): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of input) {
    const buffer = Buffer.from(piece as Uint8Array);
    pieces.push(buffer);
    bytes += buffer.length;
    if (buffer.includes(10) || bytes > longestLine) break;
  }
  return (Buffer.concat(pieces).toString('utf8').split('\n')[0] ?? '').replace(/\r$/, '');
}
