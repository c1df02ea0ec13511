import type { CallName } from '../../preload/contract/channels.ts';
import type { CallInput, CallOutput } from '../../preload/contract/contract.ts';
import type { Application, Caller, Credentials, Listener } from '../application.ts';
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
  /** Who the command says it is for; absent: nobody was named. */
  readonly credentials?: Credentials;
  /** Aborted when the person interrupts the command. */
  readonly signal: AbortSignal;
}

/** The application's calls and events as they are for whom a command acts. */
export interface CommandCalls {
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  subscribe(listener: Listener): () => void;
}

export function callsAs(application: Pick<Application, 'call' | 'subscribeAs'>, caller: Caller): CommandCalls {
  return {
    call: (name, input) => application.call(name, input, caller),
    subscribe: (listener) => application.subscribeAs(caller, listener),
  };
}

/** What the command line's exit codes mean. */
export const exitCodes = {
  successful: 0,
  other: 1,
  completedWithWarnings: 2,
  canBeContinued: 3,
  usage: 64,
} as const;
