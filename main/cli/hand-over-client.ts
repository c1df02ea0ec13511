import { connect } from 'node:net';
import { SegueError } from '../errors/segue-error.ts';
import type { CommandIo } from './command-io.ts';
import { type HandOverRequest, handOverAnswer, readHandOverFile, readLines, writeLine } from './hand-over-protocol.ts';

/**
 * Hands a command over to the app that holds the profile, and passes its output on. Resolves with the exit code, or
 * null when nobody took it (the app is just starting or ending): then asking again makes sense. Rejects with
 * `unexpected` when the app went away in the middle.
 */
export function handOver(
  userData: string,
  request: Omit<HandOverRequest, 'token'>,
  io: Pick<CommandIo, 'write' | 'complain' | 'signal'>,
): Promise<number | null> {
  const file = readHandOverFile(userData);
  if (file === null) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const socket = connect(file.address);
    let taken = false;
    let exit: number | null = null;
    let printed: Promise<void> = Promise.resolve();
    const interrupt = () => void writeLine(socket, { interrupt: true });
    io.signal.addEventListener('abort', interrupt, { once: true });
    socket.on('connect', () => {
      void writeLine(socket, { ...request, token: file.token });
      if (io.signal.aborted) interrupt();
    });
    readLines(socket, (line) => {
      const answer = handOverAnswer.parse(line);
      if ('taken' in answer) taken = true;
      else if ('out' in answer) printed = printed.then(() => io.write(answer.out));
      else if ('err' in answer) io.complain(answer.err);
      else exit = answer.exit;
    });
    // What is wrong with the socket shows in what was not said over it.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      io.signal.removeEventListener('abort', interrupt);
      printed.then(() => {
        if (exit !== null || !taken) resolve(exit);
        else reject(new SegueError('unexpected'));
      }, reject);
    });
  });
}
