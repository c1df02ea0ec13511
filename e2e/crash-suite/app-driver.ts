import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { type Aim, aimVariable } from './points/crash-points.ts';

const root = path.resolve(import.meta.dirname, '..', '..');

/** The app as it was started for one command. */
export interface Started {
  /** SIGKILL for the whole process group; whether there was still something to end. */
  kill(): boolean;
  readonly ended: Promise<Ended>;
  /** Calls back with each piece of standard error. */
  onSaid(listen: (text: string) => void): void;
}

export interface Ended {
  readonly code: number | null;
  readonly killed: boolean;
  readonly out: string;
  readonly err: string;
}

/** A way to start the app with one profile. */
export interface AppDriver {
  readonly name: 'points' | 'command line';
  start(argv: readonly string[], aim: Aim | null): Started;
  /** What the app did not expect, as it noted it. */
  surprises(): string[];
}

/** The engine from its sources, in a process that can be ended at a named point. */
export function engineDriver(profile: string, env: Readonly<Record<string, string>>): AppDriver {
  const key = randomBytes(32).toString('hex');
  const entry = path.join(import.meta.dirname, 'engine-process.ts');
  const surprises: string[] = [];
  return {
    name: 'points',
    start(argv, aim) {
      const aimed = aim === null ? {} : { [aimVariable]: JSON.stringify(aim) };
      const args = ['--disable-warning=ExperimentalWarning', entry, profile, key, ...argv];
      const started = startGroup(process.execPath, args, { ...env, ...aimed });
      started.onSaid((text) => {
        if (text.includes('surprise: ')) surprises.push(text);
      });
      return started;
    },
    surprises: () => surprises,
  };
}

/**
 * The built app's command line, under the stand-in for Electron. It runs from a copy of the build in `folder`, so that a
 * build made meanwhile is not mixed with it.
 */
export function commandLineDriver(profile: string, env: Readonly<Record<string, string>>, app: string): AppDriver {
  const executable = path.join(root, 'build', 'electron-stand-in', 'electron');
  return {
    name: 'command line',
    start: (argv) => startGroup(executable, [app, '--cli', ...argv], { ...env, SEGUE_PROFILE: profile }),
    surprises() {
      const log = path.join(profile, 'logs', 'segue.log');
      const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n') : [];
      return lines.filter((line) => /^\S+ (engine|command|fatal|unhandled)/.test(line));
    },
  };
}

/** A copy of the built app below `folder`; answers its folder. */
export function copyBuiltApp(folder: string): string {
  const app = mkdtempSync(path.join(folder, 'app-'));
  cpSync(path.join(root, 'out'), path.join(app, 'out'), { recursive: true });
  cpSync(path.join(root, 'package.json'), path.join(app, 'package.json'));
  symlinkSync(path.join(root, 'node_modules'), path.join(app, 'node_modules'));
  return app;
}

function startGroup(executable: string, args: readonly string[], env: Readonly<Record<string, string>>): Started {
  const child: ChildProcess = spawn(executable, args, {
    cwd: root,
    // A process group of its own, so that all of it can be ended at once.
    detached: true,
    env: { ...process.env, LC_ALL: 'en_US.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  const listeners = new Set<(text: string) => void>();
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    for (const listen of listeners) listen(text);
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, killed: signal === 'SIGKILL', out, err }));
  });
  return {
    ended,
    onSaid: (listen) => void listeners.add(listen),
    kill() {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return false;
      try {
        return process.kill(-child.pid, 'SIGKILL');
      } catch {
        return false;
      }
    },
  };
}
