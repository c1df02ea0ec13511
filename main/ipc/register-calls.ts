import { ipcMain, type WebContents } from 'electron';
import { type CallName, callChannel, callNames } from '../../preload/contract/channels.ts';
import type { CallInput } from '../../preload/contract/contract.ts';
import type { Envelope } from '../../preload/contract/envelope.ts';
import type { Application } from '../application.ts';
import type { Log } from '../desktop/log.ts';
import { SegueError, toWireError } from '../errors/segue-error.ts';
import { isTrustedSender } from './sender.ts';

/**
 * Answers every call of the contract for our own window. `answered` is told of each call that succeeded.
 * A handler never throws and never returns what structured clone refuses: that would silence the page's IPC for good
 * (electron-facts.md 6.1).
 */
export function registerCalls(options: {
  application: Application;
  log: Log;
  isOwnWindow: (contents: WebContents) => boolean;
  answered: (name: CallName, contents: WebContents) => void;
}): void {
  const { application, log, isOwnWindow, answered } = options;
  const answer = async <N extends CallName>(name: N, input: unknown, trusted: boolean): Promise<Envelope<unknown>> => {
    try {
      if (!trusted) throw new SegueError('ipc.untrusted-sender');
      // The application parses the input itself, whatever its shape.
      const value = await application.call(name, input as CallInput<N>, { via: 'window' });
      return { ok: true, value: structuredClone(value) };
    } catch (thrown) {
      const error = toWireError(thrown);
      if (error.code === 'unexpected' || error.code.startsWith('ipc.')) log.error(`call ${name}`, thrown);
      return { ok: false, error };
    }
  };
  for (const name of callNames) {
    ipcMain.handle(callChannel(name), async (event, input: unknown) => {
      const trusted = isTrustedSender(event.senderFrame, isOwnWindow(event.sender));
      const envelope = await answer(name, input, trusted);
      if (envelope.ok) answered(name, event.sender);
      return envelope;
    });
  }
}
