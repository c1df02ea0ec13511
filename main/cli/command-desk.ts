import type { Application } from '../application.ts';
import { carryOut } from './carry-out.ts';
import type { CommandIo } from './command-io.ts';
import type { Command } from './parse-command.ts';

/** Where commands are carried out in the process that holds the profile, its own and those handed over to it. */
export interface CommandDesk {
  /** Carries a command out to its end; resolves with its exit code and never rejects. */
  run(command: Command, io: CommandIo): Promise<number>;
  isBusy(): boolean;
  /** Interrupts every command and waits until they have ended, at most `limitMs`. */
  cancelAll(limitMs: number): Promise<void>;
  /** Calls `listener` each time the last command has ended. */
  onIdle(listener: () => void): void;
}

/** A desk over the application's calls. `unexpected` is told of what no words of the catalogues explain. */
export function createCommandDesk(
  application: Application,
  unexpected: (command: string, thrown: unknown) => void,
): CommandDesk {
  const active = new Map<Promise<number>, AbortController>();
  const listeners: (() => void)[] = [];
  return {
    run(command, io) {
      const interrupt = new AbortController();
      const signal = AbortSignal.any([io.signal, interrupt.signal]);
      const ended = carryOut(application, command, { ...io, signal }, (thrown) =>
        unexpected(command.name, thrown),
      ).finally(() => {
        active.delete(ended);
        if (active.size === 0) for (const listener of listeners) listener();
      });
      active.set(ended, interrupt);
      return ended;
    },
    isBusy: () => active.size > 0,
    async cancelAll(limitMs) {
      if (active.size === 0) return;
      for (const interrupt of active.values()) interrupt.abort();
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, limitMs);
      });
      await Promise.race([Promise.allSettled(active.keys()), limit]);
      clearTimeout(timer);
    },
    onIdle(listener) {
      listeners.push(listener);
    },
  };
}
