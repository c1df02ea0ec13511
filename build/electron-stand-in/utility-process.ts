import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { needReady } from './lifecycle.ts';
import { missing, strict } from './strict.ts';
import { packClone, unpackClone } from './structured-clone.ts';

/** A process of its own for one of the app's scripts, with messages both ways. */
class UtilityProcess extends EventEmitter {
  stdout: Readable | null;
  stderr: Readable | null;
  pid: number | undefined;
  private readonly child: ChildProcess;

  constructor(child: ChildProcess) {
    super();
    this.child = child;
    this.stdout = child.stdout;
    this.stderr = child.stderr;
    child.on('spawn', () => {
      this.pid = child.pid;
      this.emit('spawn');
    });
    child.on('message', (text) => this.emit('message', unpackClone(String(text))));
    child.on('exit', (code, signal) => {
      this.pid = undefined;
      this.emit('exit', code ?? (signal === 'SIGTERM' ? 15 : 9));
    });
    child.on('error', (error) => this.emit('error', 'FatalError', error.message, ''));
    const end = () => child.kill('SIGKILL');
    process.on('exit', end);
    child.on('exit', () => process.off('exit', end));
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw missing('utilityProcess message ports');
    if (this.child.connected) this.child.send(packClone(message));
  }

  kill(): boolean {
    return this.child.kill('SIGTERM');
  }
}

export const utilityProcess = strict('utilityProcess', {
  fork(modulePath: string, args: readonly string[] = [], options: Electron.ForkOptions = {}): UtilityProcess {
    needReady('utilityProcess cannot be created before app is ready.');
    if (typeof modulePath !== 'string' || modulePath === '')
      throw new TypeError('Missing UtilityProcess entry script.');
    const stdio = options.stdio ?? 'inherit';
    const [input = 'ignore', output = 'inherit', errors = 'inherit'] = Array.isArray(stdio)
      ? stdio
      : ['ignore', stdio, stdio];
    if (input !== 'ignore') throw new Error("stdin value other than 'ignore' is not supported.");
    const prepare = path.join(import.meta.dirname, 'utility-child.ts');
    const flags = ['--disable-warning=ExperimentalWarning', ...(options.execArgv ?? []), '--import', prepare];
    const child = spawn(process.execPath, [...flags, modulePath, ...args], {
      stdio: [input, output, errors, 'ipc'] as StdioOptions,
      env: (options.env ?? process.env) as NodeJS.ProcessEnv,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    return strict('UtilityProcess', new UtilityProcess(child));
  },
});
