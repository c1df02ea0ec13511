import type { CommandIo } from './command-io.ts';

/** This process's own streams. A reader that goes away (a closed pipe) ends nothing but the writing. */
export function processIo(options: Pick<CommandIo, 'folder' | 'words' | 'signal' | 'credentials'>): CommandIo {
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  return {
    write: (text) => new Promise((resolve) => process.stdout.write(text, () => resolve())),
    complain: (text) => void process.stderr.write(text),
    isTerminal: process.stderr.isTTY === true,
    ...options,
  };
}

/** The tags by which a terminal says its language, most important first (POSIX). "C" and "POSIX" say nothing. */
export function languageTags(env: Readonly<Record<string, string | undefined>>): (string | undefined)[] {
  return [env.LC_ALL, env.LC_MESSAGES, env.LANG];
}
