import { mkdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { app, powerMonitor, session } from 'electron';
import type { Language } from '../../preload/contract/views.ts';
import { proxyFromResolved } from '../constant-contact/dispatchers.ts';
import type { Desktop, Diagnostics, Ports, PracticeProcess, SettingsStore } from '../ports.ts';
import { languageOf, usableLocale } from '../words.ts';
import { createSecrets } from './secrets.ts';

/** The profile's folders. The one for temporary files is emptied: only call this while holding the lock. */
export function makeFolders(userData: string): { userData: string; temp: string } {
  const temp = path.join(userData, 'temp');
  rmSync(temp, { recursive: true, force: true });
  mkdirSync(temp, { recursive: true });
  return { userData, temp };
}

/** Language and number format of this computer; `asked` is the tag given with `--lang` and beats the system's. */
export function systemLanguage(asked: string | null): { language: Language; formatLocale: string } {
  const wanted = asked === null ? app.getPreferredSystemLanguages() : [asked];
  const language = languageOf(wanted) ?? languageOf([app.getLocale()]) ?? 'en';
  return { language, formatLocale: usableLocale(asked ?? app.getSystemLocale(), language) };
}

function osUserName(): string {
  try {
    return os.userInfo().username;
  } catch {
    // A system may run us as a user it has no name for.
    return process.env.USER ?? process.env.USERNAME ?? 'user';
  }
}

/** Everything the engine needs from Electron. `outMain` is the folder of the bundled entries. */
export function createPorts(options: {
  folders: { userData: string; temp: string };
  outMain: string;
  system: { language: Language; formatLocale: string };
  settings: SettingsStore;
  desktop: Desktop;
  diagnostics: Diagnostics;
  practice: PracticeProcess;
  startOver: () => void;
}): Ports {
  return {
    paths: options.folders,
    threads: {
      segments: path.join(options.outMain, 'segment-worker.cjs'),
      runs: path.join(options.outMain, 'run-worker.cjs'),
    },
    appVersion: app.getVersion(),
    platform: process.platform,
    osUserName: osUserName(),
    env: process.env,
    secrets: createSecrets(process.platform),
    settings: options.settings,
    system: options.system,
    desktop: options.desktop,
    diagnostics: options.diagnostics,
    practice: options.practice,
    resolveProxy: async (url) => proxyFromResolved(await session.defaultSession.resolveProxy(url)),
    onWake: (listener) => {
      powerMonitor.on('resume', listener);
      return () => powerMonitor.off('resume', listener);
    },
    startOver: options.startOver,
    now: () => Date.now(),
  };
}
