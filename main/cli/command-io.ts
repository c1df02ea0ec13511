import type { Caller } from '../application.ts';
import type { Words } from '../words.ts';

/** Where a command reads from and writes to: this process's streams, or another's over the hand-over socket. */
export interface CommandIo {
  /** Standard output: the result only. Resolves when the text is on its way, so that a slow reader slows the writer. */
  write(text: string): Promise<void>;
  /** Standard error. */
  complain(text: string): void;
  /** Whether standard error is a terminal, on which progress may be drawn over itself. */
  readonly isTerminal: boolean;
  /** Absolute folder where the person stands. */
  readonly folder: string;
  readonly words: Words;
  /** Aborted when the person interrupts the command. */
  readonly signal: AbortSignal;
}

/** Whom the guard of rights sees in front of it. */
export const caller: Caller = { via: 'command-line' };

/** What the command line's exit codes mean. */
export const exitCodes = {
  successful: 0,
  other: 1,
  completedWithWarnings: 2,
  canBeContinued: 3,
  usage: 64,
} as const;
