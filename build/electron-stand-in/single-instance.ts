import {
  type FSWatcher,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { isProcessAlive } from './system.ts';

/** What a second start leaves for the first. */
export interface SecondInstance {
  readonly argv: readonly string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

/** When the process started, so that a reused process id is not taken for its former owner; '' where unknown. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/**
 * The lock on one user-data folder. All of it is synchronous, because the loser must be gone before it touches anything:
 * a symlink that names the owner is the lock, and messages are files in a folder that the owner watches.
 */
export class SingleInstanceLock {
  private readonly link: string;
  private readonly box: string;
  private readonly onSecond: (second: SecondInstance) => void;
  private watcher: FSWatcher | null = null;
  held = false;

  constructor(userData: string, onSecond: (second: SecondInstance) => void) {
    this.link = path.join(userData, 'SingletonLock');
    this.box = path.join(userData, 'SingletonMessages');
    this.onSecond = onSecond;
    mkdirSync(userData, { recursive: true });
  }

  /** Takes the lock, also over an owner that has died; false (and the message is left) when another process holds it. */
  acquire(message: SecondInstance): boolean {
    if (this.held) return true;
    for (let attempt = 0; attempt < 3; attempt += 1) {
      try {
        symlinkSync(`${process.pid}-${startOf(process.pid)}`, this.link);
        this.open();
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      if (this.ownerLives()) {
        this.leave(message);
        return false;
      }
      rmSync(this.link, { force: true });
    }
    return false;
  }

  release(): void {
    if (!this.held) return;
    this.held = false;
    this.watcher?.close();
    rmSync(this.box, { recursive: true, force: true });
    rmSync(this.link, { force: true });
  }

  private ownerLives(): boolean {
    let owner: string;
    try {
      owner = readlinkSync(this.link);
    } catch {
      return false;
    }
    const [pid = '', start = ''] = owner.split('-');
    return isProcessAlive(Number(pid)) && (start === '' || startOf(Number(pid)) === start);
  }

  private open(): void {
    this.held = true;
    rmSync(this.box, { recursive: true, force: true });
    mkdirSync(this.box, { mode: 0o700 });
    this.watcher = watch(this.box, () => this.collect());
    this.watcher.unref();
    process.on('exit', () => this.release());
  }

  private leave(message: SecondInstance): void {
    const name = `${process.pid}-${Date.now()}`;
    const hidden = path.join(this.box, `.${name}`);
    mkdirSync(this.box, { recursive: true, mode: 0o700 });
    writeFileSync(hidden, JSON.stringify(message), { mode: 0o600 });
    renameSync(hidden, path.join(this.box, name));
  }

  private collect(): void {
    if (!this.held) return;
    for (const name of readdirSync(this.box).sort()) {
      if (name.startsWith('.')) continue;
      const file = path.join(this.box, name);
      const message = JSON.parse(readFileSync(file, 'utf8')) as SecondInstance;
      rmSync(file);
      this.onSecond(message);
    }
  }
}
