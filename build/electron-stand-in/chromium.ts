import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { processSwitches } from './command-line.ts';
import { DevToolsConnection } from './devtools-connection.ts';
import { hasDisplay, isProcessAlive } from './system.ts';

const profilePrefix = 'electron-stand-in-';

/** A Chromium that runs for this process alone: it ends when this process ends, however that happens. */
export interface Chromium {
  readonly connection: DevToolsConnection;
  readonly headless: boolean;
  readonly executable: string;
  /** Flags by which a further command line reaches this Chromium. */
  readonly flags: readonly string[];
  /** Settles when Chromium has ended by itself or was stopped. */
  readonly ended: Promise<void>;
  /** Kills Chromium and removes its profile, without waiting. Safe to call from an `exit` listener. */
  stop(): void;
}

const candidates: Record<string, readonly string[]> = {
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  linux: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge-stable'].flatMap(
    (name) => ['/usr/bin', '/usr/local/bin', '/snap/bin'].map((folder) => path.join(folder, name)),
  ),
};

/** Path of this machine's Chromium: `SEGUE_CHROMIUM` when set, else the first of the usual places; null when none. */
export function findChromium(): string | null {
  const named = process.env.SEGUE_CHROMIUM;
  if (named !== undefined && named !== '') return existsSync(named) ? named : null;
  return candidates[process.platform]?.find((file) => existsSync(file)) ?? null;
}

/** Removes profiles left behind by stand-ins that were killed: their process id is in the folder's name. */
function sweepProfiles(): void {
  for (const name of readdirSync(os.tmpdir())) {
    const pid = name.startsWith(profilePrefix) ? Number.parseInt(name.slice(profilePrefix.length), 10) : Number.NaN;
    if (Number.isInteger(pid) && pid !== process.pid && !isProcessAlive(pid)) {
      rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true });
    }
  }
}

/** Chromium's sandbox cannot be had as root; Playwright asks for none on Linux either. */
function sandboxFlags(): string[] {
  const isRefused = process.platform === 'linux' && (process.getuid?.() === 0 || processSwitches.has('no-sandbox'));
  return isRefused ? ['--no-sandbox', '--test-type'] : [];
}

function flags(profile: string, headless: boolean): string[] {
  const list = [
    `--user-data-dir=${profile}`,
    '--remote-debugging-pipe',
    '--no-startup-window',
    '--no-first-run',
    '--no-default-browser-check',
    '--no-service-autorun',
    '--disable-gpu',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    '--disable-component-update',
    '--disable-component-extensions-with-background-pages',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-breakpad',
    '--disable-sync',
    '--disable-extensions',
    '--disable-infobars',
    '--disable-search-engine-choice-screen',
    '--disable-dev-shm-usage',
    '--disable-hang-monitor',
    '--disable-ipc-flooding-protection',
    '--disable-popup-blocking',
    '--disable-prompt-on-repost',
    '--disable-back-forward-cache',
    '--disable-field-trial-config',
    '--metrics-recording-only',
    '--keep-alive-for-test',
    '--force-color-profile=srgb',
    '--password-store=basic',
    '--use-mock-keychain',
    '--disable-features=Translate,OptimizationHints,MediaRouter,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,PaintHolding,LensOverlay,AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,PreconnectToSearch,NetworkTimeServiceQuerying,AimEnabled',
    '--host-resolver-rules=MAP *.invalid ~NOTFOUND',
  ];
  const lang = processSwitches.get('lang');
  if (lang !== undefined) list.push(`--lang=${lang}`, `--accept-lang=${lang}`);
  const port = processSwitches.get('remote-debugging-port');
  if (port !== undefined) list.push(`--remote-debugging-port=${port}`);
  if (headless) list.push('--headless=new', '--mute-audio');
  return [...list, ...sandboxFlags()];
}

/** Passes on the one line of Chromium's that Playwright waits for; everything else Chromium says is dropped. */
function echoDevToolsLine(child: ChildProcess): void {
  let text = '';
  const listen = (chunk: Buffer) => {
    text += chunk.toString('latin1');
    const line = /^DevTools listening on ws:\/\/.*$/m.exec(text);
    if (line !== null && text.includes('\n', line.index)) {
      process.stderr.write(`${line[0]}\n`);
      child.stderr?.off('data', listen);
      child.stderr?.resume();
    }
  };
  child.stderr?.on('data', listen);
}

/** A page never opens a window by itself here: what slips past the page's own guard is closed at once. */
function refuseWindowsOfPages({ browser }: DevToolsConnection): void {
  browser.on('Target.targetCreated', ({ targetInfo }) => {
    if (targetInfo.type !== 'page' || targetInfo.openerId === undefined) return;
    browser.send('Target.closeTarget', { targetId: targetInfo.targetId }).catch(() => undefined);
  });
  browser.send('Target.setDiscoverTargets', { discover: true }).catch(() => undefined);
}

/**
 * Starts Chromium with no window, headless when there is no display. It is driven over pipes, so it ends by itself when
 * this process is killed. Throws when the machine has no Chromium.
 */
export function startChromium(): Chromium {
  const executable = findChromium();
  if (executable === null) {
    throw new Error(
      'The Electron stand-in needs Chromium: install it (Debian: apt install chromium) or set SEGUE_CHROMIUM.',
    );
  }
  sweepProfiles();
  const profile = mkdtempSync(path.join(os.tmpdir(), `${profilePrefix}${process.pid}-`));
  const headless = !hasDisplay();
  const child = spawn(executable, flags(profile, headless), {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
    cwd: os.tmpdir(),
  });
  echoDevToolsLine(child);
  const ended = new Promise<void>((resolve) => {
    child.on('exit', () => resolve());
    child.on('error', () => resolve());
  });
  const connection = new DevToolsConnection(child.stdio[4] as Readable, child.stdio[3] as Writable, () => undefined);
  refuseWindowsOfPages(connection);
  const stop = () => {
    process.off('exit', stop);
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        child.kill('SIGKILL');
      }
    }
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
  };
  process.on('exit', stop);
  const shared = [`--user-data-dir=${profile}`, ...sandboxFlags()];
  return { connection, headless, executable, flags: shared, ended, stop };
}

let running: Promise<Chromium> | null = null;

/** The Chromium of this process, started on first use and again when it has ended. */
export function chromium(): Promise<Chromium> {
  if (running === null) {
    const started = Promise.resolve().then(startChromium);
    running = started;
    started.then(
      (browser) =>
        browser.ended.then(() => {
          if (running === started) running = null;
        }),
      () => {
        running = null;
      },
    );
  }
  return running;
}
