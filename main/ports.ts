import type { KeepRules, Language, PlaceToOpen } from '../preload/contract/views.ts';

/**
 * What the engine needs from the desktop, handed in so that it never imports `electron`: the app gives Electron's,
 * unit tests give plain Node's.
 */
export interface Ports {
  readonly paths: {
    /** The profile: database, stages and runs live below it. Exists. */
    readonly userData: string;
    /** For what may be deleted at any time. Exists. */
    readonly temp: string;
  };
  /** Absolute paths of the bundled thread entries (TypeScript sources in tests). */
  readonly threads: { readonly segments: string; readonly runs: string };
  readonly appVersion: string;
  readonly platform: string;
  /** Display name of the operating system's user. */
  readonly osUserName: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly secrets: Secrets;
  readonly settings: SettingsStore;
  readonly system: {
    /** First of the person's system languages that Segue speaks, else English. */
    readonly language: Language;
    /** BCP 47 tag for numbers and dates. */
    readonly formatLocale: string;
  };
  readonly desktop: Desktop;
  readonly diagnostics: Diagnostics;
  /** How often watched folders are looked into; as in main/segments/watch when absent. */
  readonly watchTimes?: { readonly settleMs: number; readonly soonMs: number; readonly seldomMs: number };
  readonly practice: PracticeProcess;
  /** The proxy that the system names for an address (`http://host:port`, `socks5://…`); null for a straight connection. */
  resolveProxy(url: string): Promise<string | null>;
  /** Tells each time the computer wakes from sleep; returns the end of it. */
  onWake(listener: () => void): () => void;
  /** Deletes everything in the profile and begins anew, as on the first day, once what is being answered has left. */
  startOver(): void;
  /** The time, epoch milliseconds. */
  now(): number;
}

/** Encryption by the operating system's keychain (electron-facts.md 1.5). */
export interface Secrets {
  /** `protected` only where the key really is the keychain's; `weak` where anybody with the disk could read it. */
  protection(): Promise<'protected' | 'weak' | 'none'>;
  encrypt(text: string): Promise<Uint8Array>;
  /** Rejects with `sign-in.secrets-locked` when the keychain may open later, `sign-in.secrets-unavailable` for good. */
  decrypt(bytes: Uint8Array): Promise<{ text: string; shouldReEncrypt: boolean }>;
}

export interface StoredSettings {
  readonly languageChoice: 'system' | 'en' | 'fr';
  readonly themeChoice: 'system' | 'light' | 'dark';
  /** `system`, or two letters of a region. */
  readonly formatChoice: string;
  /** What reading, checking and planning may take. */
  readonly memoryMb: number;
  /** For how long what is kept. */
  readonly keep: KeepRules;
  /** Whether the system's notifications are shown. */
  readonly notifications: boolean;
  /** Whether Segue stays in the tray when its window is closed. */
  readonly stayInTray: boolean;
  /** Folder that file dialogs open in; '' until one was used. */
  readonly lastFolder: string;
}

export interface SettingsStore {
  get(): StoredSettings;
  set(change: Partial<StoredSettings>): StoredSettings;
  /** As on the first day. */
  reset(): StoredSettings;
}

/** What a dialog asks for: rows (segments, saved rows) unless it says otherwise. */
export type FilesInDialog = 'rows' | 'set-up';

export interface Desktop {
  /** Opens an address of Segue's own making in the system browser; rejects when there is none. */
  openExternal(url: string): Promise<void>;
  /** The system's dialogs, in the person's language; null or an empty array when cancelled. */
  chooseFiles(options: { defaultFolder: string; what?: FilesInDialog }): Promise<string[]>;
  chooseFolder(options: { defaultFolder: string }): Promise<string | null>;
  chooseWhereToSave(options: { defaultFolder: string; fileName: string; what?: FilesInDialog }): Promise<string | null>;
  /** Shows progress on the taskbar or dock; null removes it. A bad end goes when the person comes to the window. */
  showProgress(progress: ShownProgress | null): void;
  /** Keeps the computer from idle sleep until the returned function is called. */
  preventSleep(): () => void;
  bringToFront(): void;
  /** Whether the person is looking at Segue's window: it has the focus. */
  isInFront(): boolean;
  /**
   * Tells the person something while they may be looking elsewhere: a notification of the system, unless it is switched
   * off in the settings, and a sign at the taskbar or dock while Segue is not in front. A click on the notification
   * brings the window forward and opens the place. Never the only way to learn of something (electron-facts.md 6.3).
   */
  notify(notification: NotificationToShow): void;
  /** Whether Segue starts, without its window, when the person signs in to the computer; null where it cannot. */
  startsAtLogin(): boolean | null;
  /** Throws `disk.not-writable`. */
  setStartAtLogin(on: boolean): void;
  readonly place: PlaceOfWindow;
  /** Somebody else is in front of the window, or nobody: its page begins anew, and nothing of what was there is kept. */
  beginAnew(): void;
  /** Writes to the log what went wrong in the window's page. */
  noteFailure(failure: { readonly kind: string; readonly name: string; readonly places: readonly string[] }): void;
}

/** What the taskbar or dock shows of a run. */
export interface ShownProgress {
  /** How much is done, 0 to 1; null while that is not known. */
  readonly share: number | null;
  /** `resting`: nothing happens for now. `failed`: it ended so. */
  readonly state: 'going' | 'resting' | 'failed';
}

export interface NotificationToShow {
  /** In the person's language. Others may see a screen: no addresses or names of people in either text. */
  readonly title: string;
  readonly body: string;
  readonly opens: PlaceToOpen;
}

/** What a report tells beside the profile, and the log. */
export interface Diagnostics {
  /** Versions of what Segue runs on, by name. */
  versions(): Readonly<Record<string, string>>;
  /** What kind of computer this is: nothing that tells one person's from another's. */
  computer(): Readonly<Record<string, string | number | boolean>>;
  /** The newest lines of the log, oldest first. */
  logLines(limit: number): readonly string[];
  /** Opens the log's folder in the system's file manager; its path where that fails, else null. */
  openLogFolder(): Promise<string | null>;
  /** Asks where to save a report; null when cancelled. */
  chooseWhereToSave(fileName: string): Promise<string | null>;
}

/** What the window's page leaves with main, so that a crash of it costs nothing and closing it asks first. */
export interface PlaceOfWindow {
  keep(kept: { readonly unsaved: boolean; readonly place: string | null }): void;
  /** What was kept last, and whether the page that kept it crashed; asked by each page when it starts. */
  take(): { place: string | null; crashed: boolean };
  /** Whether the person lets the window close. */
  answer(leave: boolean): void;
}

/** The practice account's process. */
export interface PracticeProcess {
  /** Starts it when it is not running; the same answer for every caller. Rejects with `practice.not-started`. */
  addresses(): Promise<{ apiUrl: string; authUrl: string; pagesUrl: string }>;
  stop(): Promise<void>;
}
