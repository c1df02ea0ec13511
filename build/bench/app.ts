import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { signInAs } from '../../e2e/fixtures/sign-in-browser.ts';
import type { Application } from '../../main/application.ts';
import { createApplication } from '../../main/compose.ts';
import type { PracticeProcess } from '../../main/ports.ts';
import { plainPorts, temporaryProfile } from '../../main/test-support/plain-ports.ts';
import type { EventName } from '../../preload/contract/channels.ts';
import type { EventPayload } from '../../preload/contract/contract.ts';
import type { RunView } from '../../preload/contract/views.ts';

export type Pace = 'real' | 'full-speed';

/** Who calls: somebody in front of the window. */
export const caller = { via: 'window' } as const;

/** Segue without a window, connected to a practice account in a process of its own, with an empty list. */
export interface App {
  readonly application: Application;
  readonly userData: string;
  readonly connectionId: string;
  readonly list: { readonly listId: string; readonly name: string };
  practicePid(): number | undefined;
  /** Ends the app and the practice account; the profile goes with this process. */
  stop(): Promise<void>;
}

export async function startApp(pace: Pace): Promise<App> {
  const userData = temporaryProfile();
  process.on('exit', () => rmSync(userData, { recursive: true, force: true, maxRetries: 5 }));
  const practice = practiceApart(userData, pace);
  const ports = { ...plainPorts({ userData, pace }), practice };
  const application = await createApplication(ports, (error) => {
    throw error;
  });
  const connectionId = await connect(application);
  const list = await application.call('lists.create', { connectionId, name: 'Bench' }, caller);
  return {
    application,
    userData,
    connectionId,
    list: { listId: list.listId, name: list.name },
    practicePid: () => practice.process()?.pid,
    stop: () => application.stop(10_000),
  };
}

async function connect(application: Application): Promise<string> {
  const signedIn = eventually(application, 'signIn.changed', (view) => (view.state === 'succeeded' ? view : undefined));
  const { signInId, authorizeUrl } = await application.call('signIn.start', { kind: 'practice' }, caller);
  await signInAs(authorizeUrl, 'allow');
  await signedIn;
  const connection = {
    displayName: 'Practice',
    sharedWith: 'administrators',
    agreedToPrivacy: true,
    addYourselfAsExportUser: true,
    signInId,
  } as const;
  return (await application.call('connections.save', connection, caller)).connectionId;
}

/** The practice account as the app has it: a process of its own, stopped with this one. */
function practiceApart(userData: string, pace: Pace): PracticeProcess & { process(): ChildProcess | null } {
  let child: ChildProcess | null = null;
  let started: ReturnType<PracticeProcess['addresses']> | null = null;
  const start = async () => {
    const folder = path.join(userData, 'practice');
    mkdirSync(folder, { recursive: true });
    const entry = path.join(import.meta.dirname, '..', '..', 'main', 'practice', 'practice-process.ts');
    const args = [entry, '--state', practiceState(userData), '--parent-stdin'];
    if (pace === 'full-speed') args.push('--full-speed');
    const begun = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child = begun;
    return new Promise<Awaited<ReturnType<PracticeProcess['addresses']>>>((resolve, reject) => {
      begun.on('error', reject);
      begun.on('exit', () => reject(new Error('The practice account ended')));
      begun.stdout.once('data', (line: Buffer) => {
        const { apiUrl, authUrl, pagesUrl } = JSON.parse(line.toString());
        resolve({ apiUrl, authUrl, pagesUrl });
      });
    });
  };
  return {
    process: () => child,
    addresses() {
      started ??= start();
      return started;
    },
    async stop() {
      const ending = child;
      if (ending === null || ending.exitCode !== null) return;
      await new Promise((resolve) => {
        ending.once('exit', resolve);
        ending.stdin?.end();
      });
    },
  };
}

/** Where the practice account of a profile keeps its state. */
export const practiceState = (userData: string): string => path.join(userData, 'practice', 'practice.sqlite');

/** Waits for an event of which `pick` makes something. */
export function eventually<N extends EventName, T>(
  application: Application,
  name: N,
  pick: (value: EventPayload<N>['value']) => T | undefined,
): Promise<T> {
  return new Promise((resolve) => {
    const unsubscribe = application.subscribe((told, payload) => {
      if (told !== (name as EventName)) return;
      const found = pick((payload as unknown as EventPayload<N>).value);
      if (found === undefined) return;
      unsubscribe();
      resolve(found);
    });
  });
}

const underWay = new Set<RunView['state']>(['queued', 'running', 'cancelling']);
/** Whether a run has neither ended nor stopped. */
export const isUnderWay = (run: RunView): boolean => underWay.has(run.state);

/** Starts a run of an export and waits for its very end. Answers it with the milliseconds until its plan was made. */
export async function runToEnd(
  application: Application,
  exportId: string,
  agreed: { agreedToMail?: true } = {},
): Promise<{ readonly run: RunView; readonly preparedMs: number; readonly runMs: number }> {
  const began = performance.now();
  let preparedMs = 0;
  let runId = '';
  const ended = eventually(application, 'run.changed', (run) => {
    if (runId !== '' && run.runId !== runId) return undefined;
    if (preparedMs === 0 && run.progress.phase !== 'preparing') preparedMs = performance.now() - began;
    return run.runId === runId && !isUnderWay(run) && run.progress.phase === 'ended' ? run : undefined;
  });
  ({ runId } = await application.call('exports.run', { exportId, ...agreed }, caller));
  const run = await ended;
  return { run, preparedMs, runMs: performance.now() - began };
}
