import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type UtilityProcess, utilityProcess } from 'electron';
import { z } from 'zod';
import { SegueError } from '../errors/segue-error.ts';
import type { PracticeProcess } from '../ports.ts';

const ready = z.object({ type: z.literal('ready'), apiUrl: z.url(), authUrl: z.url(), pagesUrl: z.url() });
/** It could not start, and is of no use then. */
const failed = z.object({ type: z.literal('failed') });
type Addresses = Omit<z.infer<typeof ready>, 'type'>;

const startLimitMs = 20_000;
const stopLimitMs = 3_000;

/**
 * The practice account in a process of its own, started when it is first asked for. It keeps its state in
 * `practice/practice.sqlite` of the profile. When it dies, the next caller starts it again, at other addresses.
 */
export function createPracticeProcess(options: {
  entry: string;
  userData: string;
  pace: string;
  language: () => string;
}): PracticeProcess & { origins(): string[] } {
  let child: UtilityProcess | null = null;
  let starting: Promise<Addresses> | null = null;
  let origins: string[] = [];

  const forget = () => {
    child = null;
    starting = null;
    origins = [];
  };

  const start = (): Promise<Addresses> =>
    new Promise((resolve, reject) => {
      mkdirSync(path.join(options.userData, 'practice'), { recursive: true });
      const started = utilityProcess.fork(options.entry, [], {
        serviceName: 'Segue practice account',
        stdio: 'ignore',
      });
      child = started;
      const timer = setTimeout(() => started.kill(), startLimitMs);
      started.on('message', (message: unknown) => {
        const answer = ready.safeParse(message);
        if (failed.safeParse(message).success) started.kill();
        if (!answer.success) return;
        clearTimeout(timer);
        const { apiUrl, authUrl, pagesUrl } = answer.data;
        origins = [authUrl, pagesUrl].map((address) => new URL(address).origin);
        resolve({ apiUrl, authUrl, pagesUrl });
      });
      started.on('exit', () => {
        clearTimeout(timer);
        if (child === started) forget();
        reject(new SegueError('practice.not-started'));
      });
      started.postMessage({
        type: 'start',
        stateFile: path.join(options.userData, 'practice', 'practice.sqlite'),
        pace: options.pace,
        lang: options.language(),
      });
    });

  return {
    origins: () => origins,
    addresses() {
      starting ??= start();
      return starting;
    },
    async stop() {
      const stopping = child;
      if (stopping === null) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => stopping.kill(), stopLimitMs);
        stopping.once('exit', () => {
          clearTimeout(timer);
          resolve();
        });
        stopping.postMessage({ type: 'stop' });
      });
    },
  };
}
