import { Worker } from 'node:worker_threads';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import { SegueError } from '../errors/segue-error.ts';
import { createPortRpc, type Handlers, type PortRpc } from './port-rpc.ts';

export interface ThreadHost<Theirs extends Handlers> {
  /** The thread, started when it is first needed, and again after it died. Throws the thread's `gone` once stopped. */
  rpc(): PortRpc<Theirs>;
  /** The thread if it runs, without starting it. */
  running(): PortRpc<Theirs> | null;
  /** Asks the thread to end; ends it by force after `limitMs`, which Electron does not always survive. */
  stop(limitMs: number): Promise<void>;
}

/** V8's memory cage is shared by main and all threads (electron-facts.md 1.2): rows live in DuckDB and SQLite, not here. */
const heapLimitMb = 512;
/** V8 lets what is new grow to 48 MB before it looks: of little use to threads whose data lies elsewhere. */
const youngHeapMb = 8;

/**
 * Owns one long-lived thread. Should it die, everything that waits on it is rejected with the code `gone`, `died` is told,
 * and the next call starts another.
 */
export function createThreadHost<
  Theirs extends Handlers & { shutDown(input: Record<string, never>): Promise<void> },
>(options: {
  readonly entry: string;
  readonly data: unknown;
  readonly handlers: Handlers;
  readonly onSurprise: (error: unknown) => void;
  readonly died?: () => void;
  readonly gone: ErrorCode;
}): ThreadHost<Theirs> {
  let current: { worker: Worker; rpc: PortRpc<Theirs>; exited: Promise<void> } | null = null;
  let stopping = false;

  function start() {
    const worker = new Worker(options.entry, {
      workerData: options.data,
      resourceLimits: { maxOldGenerationSizeMb: heapLimitMb, maxYoungGenerationSizeMb: youngHeapMb },
    });
    const rpc = createPortRpc<Theirs>(worker, options.handlers, options.onSurprise, options.gone);
    const exited = new Promise<void>((resolve) => {
      worker.on('error', options.onSurprise);
      worker.on('exit', () => {
        rpc.close();
        if (current?.worker === worker) current = null;
        if (!stopping) options.died?.();
        resolve();
      });
    });
    return { worker, rpc, exited };
  }

  return {
    rpc() {
      if (stopping) throw new SegueError(options.gone);
      current ??= start();
      return current.rpc;
    },
    running: () => current?.rpc ?? null,
    async stop(limitMs) {
      stopping = true;
      if (current === null) return;
      const { worker, rpc, exited } = current;
      rpc.call('shutDown', {} as never).catch(() => undefined);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<'late'>((resolve) => {
        timer = setTimeout(() => resolve('late'), limitMs);
      });
      if ((await Promise.race([exited, late])) === 'late') await worker.terminate();
      clearTimeout(timer);
    },
  };
}
