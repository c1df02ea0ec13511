import type { MessagePort, Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { ErrorCode, WireError } from '../../preload/contract/error-codes.ts';
import { fromWireError, SegueError, toWireError } from '../errors/segue-error.ts';

/** One side's functions, by name. The second argument is aborted when the caller gives up. */
export type Handlers = Record<string, (input: never, signal: AbortSignal) => unknown>;

/** The other side's functions as this side calls them. */
type InputOf<F> = F extends (input: infer I, ...rest: never[]) => unknown ? I : never;
type OutputOf<F> = F extends (...args: never[]) => infer O ? Awaited<O> : never;

export interface PortRpc<Theirs extends Handlers> {
  /** Rejects with the other side's SegueError, with `cancelled` on abort, with the link's own code when it goes away. */
  call<N extends keyof Theirs & string>(
    name: N,
    input: InputOf<Theirs[N]>,
    signal?: AbortSignal,
  ): Promise<OutputOf<Theirs[N]>>;
  /** Sends without waiting for an answer. */
  tell<N extends keyof Theirs & string>(name: N, input: InputOf<Theirs[N]>): void;
  /** Ends the link: everything that waits is rejected with its code. */
  close(): void;
  /** Has every call that runs on this side stop, without answers; resolves when all have. None is taken any more. */
  endCalls(): Promise<void>;
}

const message = z.union([
  z.object({ kind: z.literal('call'), id: z.number(), name: z.string(), input: z.unknown() }),
  z.object({ kind: z.literal('tell'), name: z.string(), input: z.unknown() }),
  z.object({ kind: z.literal('abort'), id: z.number() }),
  z.object({ kind: z.literal('value'), id: z.number(), value: z.unknown() }),
  z.object({ kind: z.literal('error'), id: z.number(), error: z.unknown() }),
]);

/**
 * Calls in both directions over one MessagePort (or Worker). Values cross by structured clone; errors cross as their
 * code and parameters. A handler's surprise is handed to `onSurprise` on the side that has its stack. `gone` is what a
 * call ends with when there is no other side any more.
 */
export function createPortRpc<Theirs extends Handlers>(
  port: MessagePort | Worker,
  handlers: Handlers,
  onSurprise: (error: unknown, name: string) => void,
  gone: ErrorCode = 'run.worker-stopped',
): PortRpc<Theirs> {
  let nextId = 1;
  let closed = false;
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: unknown) => void }>();
  const running = new Map<number, { readonly controller: AbortController; readonly done: Promise<void> }>();
  let takesCalls = true;

  async function handle(name: string, input: unknown, signal: AbortSignal): Promise<unknown> {
    const handler = handlers[name];
    if (handler === undefined) throw new Error(`No handler for ${name}`);
    return handler(input as never, signal);
  }

  function fail(thrown: unknown, name: string): WireError {
    const wire = toWireError(thrown);
    if (wire.code === 'unexpected') onSurprise(thrown, name);
    return wire;
  }

  port.on('message', (raw: unknown) => {
    const received = message.parse(raw);
    switch (received.kind) {
      case 'call': {
        if (!takesCalls) return;
        const controller = new AbortController();
        const done = handle(received.name, received.input, controller.signal)
          .then(
            (value) => ({ kind: 'value', id: received.id, value }),
            (thrown: unknown) => ({ kind: 'error', id: received.id, error: fail(thrown, received.name) }),
          )
          .then((answer) => {
            running.delete(received.id);
            if (closed || !takesCalls) return;
            try {
              port.postMessage(answer);
            } catch (uncloneable) {
              port.postMessage({ kind: 'error', id: received.id, error: fail(uncloneable, received.name) });
            }
          });
        running.set(received.id, { controller, done });
        return;
      }
      case 'tell':
        handle(received.name, received.input, new AbortController().signal).catch((thrown: unknown) =>
          fail(thrown, received.name),
        );
        return;
      case 'abort':
        running.get(received.id)?.controller.abort(new SegueError('cancelled'));
        return;
      case 'value':
        waiting.get(received.id)?.resolve(received.value as never);
        waiting.delete(received.id);
        return;
      case 'error':
        waiting.get(received.id)?.reject(fromWireError(received.error as WireError));
        waiting.delete(received.id);
        return;
    }
  });

  return {
    call(name, input, signal) {
      if (closed) return Promise.reject(new SegueError(gone));
      if (signal?.aborted) return Promise.reject(new SegueError('cancelled'));
      const id = nextId++;
      return new Promise((resolve, reject) => {
        // The other side answers an abort when it has really stopped, so that nothing goes on behind the caller's back.
        const abort = () => port.postMessage({ kind: 'abort', id });
        const done = () => signal?.removeEventListener('abort', abort);
        port.postMessage({ kind: 'call', id, name, input });
        waiting.set(id, {
          resolve: (value) => {
            done();
            resolve(value);
          },
          reject: (error) => {
            done();
            reject(error);
          },
        });
        signal?.addEventListener('abort', abort, { once: true });
      });
    },
    tell(name, input) {
      if (!closed) port.postMessage({ kind: 'tell', name, input });
    },
    close() {
      closed = true;
      for (const { controller } of running.values()) controller.abort(new SegueError('cancelled'));
      for (const { reject } of waiting.values()) reject(new SegueError(gone));
      waiting.clear();
    },
    async endCalls() {
      takesCalls = false;
      const ending = [...running.values()];
      for (const { controller } of ending) controller.abort(new SegueError('cancelled'));
      await Promise.all(ending.map(({ done }) => done));
    },
  };
}
