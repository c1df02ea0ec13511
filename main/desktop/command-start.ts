import { app } from 'electron';
import { complainOf } from '../cli/carry-out.ts';
import { type CommandIo, exitCodes } from '../cli/command-io.ts';
import { credentialsOf } from '../cli/credentials.ts';
import { handOver } from '../cli/hand-over-client.ts';
import { inspect } from '../cli/inspect.ts';
import { type Command, parseCommand } from '../cli/parse-command.ts';
import { languageTags, processIo } from '../cli/process-io.ts';
import { SegueError } from '../errors/segue-error.ts';
import { createWords, languageOf } from '../words.ts';
import { openShell, type Shell } from './shell.ts';
import type { StartOptions } from './start-options.ts';

/** How long a command waits for the app that holds the profile to take it, while that is starting or ending. */
const takeLimitMs = 20_000;
const askAgainAfterMs = 200;

/**
 * Starts the app for one command, without a window. Ends the process with the command's exit code. `opened` is told the
 * running app, so that a start without a command can open its window.
 */
export async function startCommand(
  start: StartOptions,
  argv: readonly string[],
  outMain: string,
  opened: (shell: Shell) => void,
): Promise<void> {
  const interrupt = new AbortController();
  const stopListening = onInterruption(() => interrupt.abort());
  const words = createWords(languageOf([start.language ?? undefined, ...languageTags(process.env)]) ?? 'en');
  const credentials = await credentialsOf(start, process.env, process.stdin);
  // Processes that are started from here on get none of it.
  delete process.env.SEGUE_PASSWORD;
  const io = processIo({ folder: start.folder, words, signal: interrupt.signal, credentials });
  if (process.platform === 'darwin') app.dock?.hide();
  try {
    const clientId = process.env.SEGUE_CLIENT_ID;
    const command = parseCommand(argv, clientId);
    if (command.name === 'help') {
      await io.write(`${words.say('cli.help')}\n`);
      app.exit(exitCodes.successful);
    } else if (command.name === 'inspect') {
      app.exit(await inspect(command, io));
    } else {
      const handedOver = await lockOrHandOver(argv, clientId ?? null, start, io);
      if (handedOver !== 'locked') {
        app.exit(handedOver);
        return;
      }
      await app.whenReady();
      const shell = await openShell({
        outMain,
        language: start.language,
        forCommand: true,
        tell: (error) => complainOf(error, io),
      });
      stopListening();
      opened(shell);
      await runHere(shell, command, io);
    }
  } catch (thrown) {
    app.exit(complainOf(thrown, io));
  }
}

/** Hears signals as Node and as Electron pass them on; the app does not quit over them. Returns the end of it. */
function onInterruption(interrupt: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  // Electron's own handlers, which replace Node's when it becomes ready, turn a signal into quitting.
  const onQuit = (event: Electron.Event) => {
    event.preventDefault();
    interrupt();
  };
  for (const signal of signals) process.on(signal, interrupt);
  app.on('before-quit', onQuit);
  return () => {
    for (const signal of signals) process.off(signal, interrupt);
    app.off('before-quit', onQuit);
  };
}

/** Takes the profile's lock, or has the app that holds it carry the command out and returns the exit code. */
async function lockOrHandOver(
  argv: readonly string[],
  clientId: string | null,
  start: StartOptions,
  io: CommandIo,
): Promise<number | 'locked'> {
  const giveUpAt = Date.now() + takeLimitMs;
  while (Date.now() < giveUpAt && !io.signal.aborted) {
    if (app.requestSingleInstanceLock({ kind: 'command' })) return 'locked';
    const exit = await handOver(
      app.getPath('userData'),
      {
        argv: [...argv],
        clientId,
        credentials: io.credentials ?? { name: null, password: null },
        folder: start.folder,
        isTerminal: io.isTerminal,
        language: io.words.language,
        formatLocale: io.words.language,
      },
      io,
    );
    if (exit !== null) return exit;
    await new Promise((resolve) => setTimeout(resolve, askAgainAfterMs));
  }
  throw new SegueError(io.signal.aborted ? 'cancelled' : 'unexpected');
}

/** Carries the command out here, then whatever others have handed over meanwhile, then ends. */
async function runHere(shell: Shell, command: Command, io: CommandIo): Promise<void> {
  const code = await shell.desk.run(command, io);
  const leaveWhenDone = () => {
    // Somebody may have opened the window meanwhile: then the app stays until it is closed.
    if (!shell.desk.isBusy() && shell.window.get() === null) shell.leaving.leave({ ask: false, code });
  };
  app.on('window-all-closed', leaveWhenDone);
  shell.desk.onIdle(leaveWhenDone);
  leaveWhenDone();
}
