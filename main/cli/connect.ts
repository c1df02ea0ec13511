import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { SignInView } from '../../preload/contract/views.ts';
import { fromWireError, SegueError } from '../errors/segue-error.ts';
import { type CommandCalls, type CommandIo, exitCodes } from './command-io.ts';
import { follow } from './follow.ts';
import type { Command } from './parse-command.ts';

const whyNot: Partial<Record<SignInView['state'], ErrorCode>> = {
  denied: 'sign-in.denied',
  'timed-out': 'sign-in.timed-out',
  cancelled: 'sign-in.cancelled',
  failed: 'sign-in.refused',
};

/**
 * Signs in and stores the connection. Standard error gets one line that holds only the address to open; no browser is
 * opened here.
 */
export async function connect(
  application: CommandCalls,
  command: Extract<Command, { name: 'connect' }>,
  io: CommandIo,
): Promise<number> {
  const signIns = follow(application, 'signIn.changed', ({ value }) => [value.signInId, value]);
  try {
    const started = await application.call('signIn.start', {
      kind: command.kind,
      openBrowser: false,
      ...(command.apiKey === null ? {} : { apiKey: command.apiKey }),
    });
    const { signInId } = started;
    signIns.start(signInId, started);
    io.complain(`${started.authorizeUrl}\n`);
    const ended = await signIns.until(() => final(signIns.get(signInId)), {
      signal: io.signal,
      interrupt: async () => {
        await application.call('signIn.cancel', { signInId });
      },
    });
    if (ended.state !== 'succeeded') {
      throw ended.error === null ? new SegueError(whyNot[ended.state] ?? 'unexpected') : fromWireError(ended.error);
    }
    const { connectionId, displayName, details } = await application.call('connections.save', {
      displayName: command.displayName,
      sharedWith: 'administrators',
      agreedToPrivacy: true,
      addYourselfAsExportUser: true,
      signInId,
      ...(command.keepSignIn ? { keepSignIn: true } : {}),
    });
    const organisation = details?.organisation ?? '';
    await io.write(
      command.json
        ? `${JSON.stringify({ connectionId, displayName, organisation })}\n`
        : `${io.words.say('cli.connected', { name: displayName, organisation })}\n`,
    );
    return exitCodes.successful;
  } finally {
    signIns.stop();
  }
}

function final(view: SignInView | undefined): SignInView | undefined {
  return view === undefined || view.state === 'waiting' || view.state === 'finishing' ? undefined : view;
}
