import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { usualKeepRules } from '../kept/keep-rules.ts';
import type { Desktop, NotificationToShow, Ports, PracticeProcess, Secrets, StoredSettings } from '../ports.ts';
import { startPracticeAccount } from '../practice/practice-account.ts';
import { segmentMemoryMb } from '../segments/engine-memory.ts';

/** A profile folder of its own in the system's temp folder. */
export function temporaryProfile(): string {
  return mkdtempSync(path.join(tmpdir(), 'segue-profile-'));
}

/** A keychain that is open; with a key of its own that lives as long as the returned object, unless one is given. */
export function openKeychain(key = randomBytes(32)): Secrets {
  return {
    protection: async () => 'protected',
    async encrypt(text) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]);
    },
    async decrypt(bytes) {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
      return { text, shouldReEncrypt: false };
    },
  };
}

/** A practice account in this process, started when it is first asked for; state in the profile. */
export function practiceIn(userData: string, pace: 'real' | 'full-speed'): PracticeProcess {
  let started: ReturnType<typeof startPracticeAccount> | null = null;
  return {
    async addresses() {
      mkdirSync(path.join(userData, 'practice'), { recursive: true });
      started ??= startPracticeAccount({
        stateFile: path.join(userData, 'practice', 'practice.sqlite'),
        port: 0,
        pace,
      });
      const { apiUrl, authUrl, pagesUrl } = await started;
      return { apiUrl, authUrl, pagesUrl };
    },
    async stop() {
      await (await started)?.close();
      started = null;
    },
  };
}

/** What the desktop did, for tests to look at. */
export interface PlainDesktop extends Desktop {
  readonly opened: string[];
  filesToChoose: string[];
  whereToSave: string | null;
  folderToChoose: string | null;
  readonly notified: NotificationToShow[];
  /** Whether somebody looks at the window. */
  inFront: boolean;
  /** How often the window's page began anew. */
  begunAnew: number;
  startsWithComputer: boolean;
  /** What stands in the log. */
  logLines: string[];
}

function plainDesktop(): PlainDesktop {
  const desktop: PlainDesktop = {
    opened: [],
    filesToChoose: [],
    whereToSave: null,
    folderToChoose: null,
    notified: [],
    inFront: false,
    async openExternal(url) {
      desktop.opened.push(url);
    },
    chooseFiles: async () => desktop.filesToChoose,
    chooseFolder: async () => desktop.folderToChoose,
    chooseWhereToSave: async () => desktop.whereToSave,
    showProgress: () => undefined,
    preventSleep: () => () => undefined,
    bringToFront: () => undefined,
    isInFront: () => desktop.inFront,
    notify: (notification) => {
      desktop.notified.push(notification);
    },
    noteFailure: () => undefined,
    startsWithComputer: false,
    startsAtLogin: () => desktop.startsWithComputer,
    setStartAtLogin: (on) => {
      desktop.startsWithComputer = on;
    },
    logLines: [],
    begunAnew: 0,
    beginAnew: () => {
      desktop.begunAnew += 1;
    },
    place: { keep: () => undefined, take: () => ({ place: null, crashed: false }), answer: () => undefined },
  };
  return desktop;
}

export interface PlainPorts extends Ports {
  readonly desktop: PlainDesktop;
  /** The computer wakes from sleep. */
  wake(): void;
}

const firstSettings: StoredSettings = {
  languageChoice: 'en',
  themeChoice: 'system',
  formatChoice: 'system',
  memoryMb: segmentMemoryMb,
  keep: usualKeepRules,
  notifications: true,
  stayInTray: false,
  lastFolder: '',
};

/** Ports for plain Node, with `SEGUE_TEST_PROXY` as the system's proxy: real files, threads from their sources, a real practice account. */
export function plainPorts(options: {
  readonly userData?: string;
  readonly pace?: 'real' | 'full-speed';
  readonly env?: Ports['env'];
  readonly secrets?: Secrets;
  /** The clock of main; the system's when absent. */
  readonly now?: () => number;
}): PlainPorts {
  const userData = options.userData ?? temporaryProfile();
  const pace = options.pace ?? 'full-speed';
  const temp = path.join(userData, 'temp');
  mkdirSync(temp, { recursive: true });
  let settings = firstSettings;
  const power = new EventEmitter();
  const main = path.join(import.meta.dirname, '..');
  const desktop = plainDesktop();
  return {
    paths: { userData, temp },
    threads: {
      segments: path.join(main, 'segments', 'segment-worker.ts'),
      runs: path.join(main, 'runs', 'run-worker.ts'),
    },
    appVersion: '0.0.0-test',
    platform: process.platform,
    osUserName: 'Test Person',
    env: { SEGUE_PRACTICE_PACE: pace, ...options.env },
    secrets: options.secrets ?? openKeychain(),
    settings: {
      get: () => settings,
      set: (change) => {
        settings = { ...settings, ...change };
        return settings;
      },
      reset: () => {
        settings = firstSettings;
        return settings;
      },
    },
    system: { language: 'en', formatLocale: 'en-GB' },
    desktop,
    diagnostics: {
      versions: () => ({ node: process.versions.node }),
      computer: () => ({ platform: process.platform, architecture: process.arch }),
      logLines: (limit) => desktop.logLines.slice(-limit),
      openLogFolder: async () => path.join(userData, 'logs'),
      chooseWhereToSave: async () => desktop.whereToSave,
    },
    practice: practiceIn(userData, pace),
    resolveProxy: async () => options.env?.SEGUE_TEST_PROXY ?? null,
    watchTimes: { settleMs: 60, soonMs: 20, seldomMs: 200 },
    onWake: (listener) => {
      power.on('resume', listener);
      return () => power.off('resume', listener);
    },
    startOver: () => undefined,
    wake: () => void power.emit('resume'),
    now: options.now ?? (() => Date.now()),
  };
}
