import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { changePath, pathOf } from './app-paths.ts';
import { processSwitches } from './command-line.ts';
import { newEvent } from './events.ts';
import { lifecycle } from './lifecycle.ts';
import { systemLocales } from './locale.ts';
import { ownPackage } from './packaged-app.ts';
import { SingleInstanceLock } from './single-instance.ts';
import { strict } from './strict.ts';
import { openWindows } from './windows.ts';

interface AppPackage {
  readonly name?: string;
  readonly productName?: string;
  readonly version?: string;
}

type PathName = Parameters<Electron.App['getPath']>[0];

/** `app`: the life of the process, its paths, its lock, its languages. */
class AppModule
  extends EventEmitter
  implements
    Pick<
      Electron.App,
      | 'quit'
      | 'exit'
      | 'isReady'
      | 'whenReady'
      | 'getPath'
      | 'getAppPath'
      | 'getName'
      | 'getVersion'
      | 'getLocale'
      | 'getSystemLocale'
      | 'getPreferredSystemLanguages'
      | 'releaseSingleInstanceLock'
      | 'hasSingleInstanceLock'
      | 'setBadgeCount'
      | 'getBadgeCount'
    >
{
  readonly isPackaged = ownPackage !== null || process.env.ELECTRON_FORCE_IS_PACKAGED === 'true';
  readonly commandLine = strict('app.commandLine', {
    appendSwitch: (name: string, value = '') => void processSwitches.set(name.toLowerCase(), value),
    hasSwitch: (name: string) => processSwitches.has(name.toLowerCase()),
    getSwitchValue: (name: string) => processSwitches.get(name.toLowerCase()) ?? '',
    removeSwitch: (name: string) => void processSwitches.delete(name.toLowerCase()),
    appendArgument: () => undefined,
  }) satisfies Electron.CommandLine;
  accessibilitySupportEnabled = false;
  applicationMenu: unknown = null;
  private readonly readiness = Promise.withResolvers<void>();
  private folder = process.cwd();
  private about: AppPackage = {};
  private ownName: string | null = null;
  private lock: SingleInstanceLock | null = null;
  private badge = 0;
  private readonly early: (() => void)[] = [];

  get name(): string {
    return this.getName();
  }

  set name(name: string) {
    this.ownName = name;
  }

  /** Tells which app this is, before its main file runs. */
  setAppFolder(folder: string): void {
    this.folder = folder;
    try {
      this.about = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as AppPackage;
    } catch {
      this.about = {};
    }
  }

  /** Makes the app ready; a harness may hold the `ready` event back by replacing `emit`. */
  becomeReady(): void {
    if (lifecycle.isQuitting) return;
    this.emit('will-finish-launching', newEvent());
    lifecycle.isReady = true;
    this.emit('ready', newEvent(), {});
    this.readiness.resolve();
    for (const late of this.early.splice(0)) late();
  }

  isReady(): boolean {
    return lifecycle.isReady;
  }

  whenReady(): Promise<void> {
    return this.readiness.promise;
  }

  quit(): void {
    if (lifecycle.isQuitting) return;
    lifecycle.isQuitting = true;
    const event = newEvent();
    this.emit('before-quit', event);
    if (event.defaultPrevented) {
      lifecycle.isQuitting = false;
      return;
    }
    this.closeAllAndQuit().catch((error: unknown) => {
      console.error(error);
      this.exit(1);
    });
  }

  exit(exitCode = 0): void {
    lifecycle.isQuitting = true;
    this.emit('quit', newEvent(), exitCode);
    process.exit(exitCode);
  }

  relaunch(options: { args?: string[]; execPath?: string } = {}): void {
    process.on('exit', () => {
      const { spawn } = process.getBuiltinModule('node:child_process');
      const args = options.args ?? process.argv.slice(1);
      spawn(options.execPath ?? process.execPath, args, { detached: true, stdio: 'ignore' }).unref();
    });
  }

  /** What follows when the last window has closed and the app is not quitting. */
  allWindowsClosed(): void {
    if (lifecycle.isQuitting) return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }

  getPath(name: PathName): string {
    return pathOf(name, this.getName());
  }

  setPath(name: string, folder: string): void {
    changePath(name, folder);
  }

  getAppPath(): string {
    return this.folder;
  }

  getName(): string {
    return this.ownName ?? this.about.productName ?? this.about.name ?? 'Electron';
  }

  setName(name: string): void {
    this.ownName = name;
  }

  getVersion(): string {
    return this.about.version ?? process.versions.electron ?? '';
  }

  /** The language of Chromium's own words: `--lang`, which leaves the system's languages below as they are. */
  getLocale(): string {
    return lifecycle.isReady ? processSwitches.get('lang') || this.getSystemLocale() : '';
  }

  getSystemLocale(): string {
    return systemLocales()[0] ?? 'en-US';
  }

  getLocaleCountryCode(): string {
    return this.getSystemLocale().split('-')[1] ?? '';
  }

  getPreferredSystemLanguages(): string[] {
    return systemLocales();
  }

  requestSingleInstanceLock(additionalData: unknown = null): boolean {
    this.lock ??= new SingleInstanceLock(this.getPath('userData'), (second) => {
      const tell = () =>
        this.emit('second-instance', newEvent(), second.argv, second.workingDirectory, second.additionalData);
      if (this.isReady()) tell();
      else this.early.push(tell);
    });
    return this.lock.acquire({ argv: process.argv, workingDirectory: process.cwd(), additionalData });
  }

  hasSingleInstanceLock(): boolean {
    return this.lock?.held ?? false;
  }

  releaseSingleInstanceLock(): void {
    this.lock?.release();
  }

  setAppUserModelId(): void {
    // Means something on Windows only.
  }

  setDesktopName(): void {
    // The stand-in's windows are Chromium's.
  }

  enableSandbox(): void {
    if (lifecycle.isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
  }

  disableHardwareAcceleration(): void {
    // Chromium is always started without it.
  }

  focus(): void {
    this.emit('-focus-requested');
  }

  show(): void {
    // macOS only.
  }

  hide(): void {
    // macOS only.
  }

  setBadgeCount(count = 0): boolean {
    this.badge = count;
    return false;
  }

  getBadgeCount(): number {
    return this.badge;
  }

  setAboutPanelOptions(): void {
    // The stand-in has no about panel.
  }

  showAboutPanel(): void {
    process.stderr.write(`${this.getName()} ${this.getVersion()}\n`);
  }

  getAppMetrics(): { pid: number; type: string }[] {
    return [{ pid: process.pid, type: 'Browser' }];
  }

  private async closeAllAndQuit(): Promise<void> {
    for (const window of [...openWindows].reverse()) {
      if (!(await window.closeInOrder())) {
        lifecycle.isQuitting = false;
        return;
      }
    }
    const event = newEvent();
    this.emit('will-quit', event);
    if (event.defaultPrevented) {
      lifecycle.isQuitting = false;
      return;
    }
    this.emit('quit', newEvent(), 0);
    setImmediate(() => process.exit(process.exitCode ?? 0));
  }
}

export const app = strict('app', new AppModule());
