import type { Application } from '../application.ts';
import { toWireError } from '../errors/segue-error.ts';
import { type CommandIo, callsAs, exitCodes } from './command-io.ts';
import { connect } from './connect.ts';
import { history, lists } from './look-up.ts';
import { type Command, UsageError } from './parse-command.ts';
import { showPlan } from './plan.ts';
import { continueRun, runExport } from './run-again.ts';
import { send } from './send.ts';

/**
 * Carries out one command for whom it says it is for; resolves with its exit code. What went wrong is said on `io`, and
 * `unexpected` is told of what has no words of its own.
 */
export async function carryOut(
  application: Application,
  command: Command,
  io: CommandIo,
  unexpected: (thrown: unknown) => void,
): Promise<number> {
  try {
    const calls = callsAs(application, await application.admit(io.credentials ?? null));
    switch (command.name) {
      case 'connect':
        return await connect(calls, command, io);
      case 'lists':
        return await lists(calls, command, io);
      case 'send':
        return await send(calls, command, io);
      case 'plan':
        return await showPlan(calls, command, io);
      case 'run':
        return await runExport(calls, command, io);
      case 'continue':
        return await continueRun(calls, command, io);
      case 'history':
        return await history(calls, command, io);
      case 'help':
      case 'inspect':
        // These need no profile and are answered before one is opened.
        throw new Error(`${command.name} does not come here`);
    }
  } catch (thrown) {
    if (toWireError(thrown).code === 'unexpected') unexpected(thrown);
    return complainOf(thrown, io);
  }
}

/** Says what went wrong in two plain lines at most: what happened, what to do. Returns the exit code. */
export function complainOf(thrown: unknown, io: Pick<CommandIo, 'complain' | 'words'>): number {
  if (thrown instanceof UsageError) {
    io.complain(`${io.words.say(thrown.key, thrown.values)}\n\n${io.words.say('cli.help')}\n`);
    return exitCodes.usage;
  }
  const error = toWireError(thrown);
  const { title, advice } = io.words.explain(error);
  io.complain(advice === '' ? `${title}\n` : `${title}\n${advice}\n`);
  return exitCodes.other;
}
