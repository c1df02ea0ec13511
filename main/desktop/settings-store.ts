import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import { ipcMain } from 'electron';
import Store from 'electron-store';
import type { SettingsStore } from '../ports.ts';
import { parseStoredSettings } from './stored-settings.ts';

/**
 * Preferences in `settings.json` of the profile, read once and kept in memory. A damaged file is set aside under
 * `settings.damaged.json` and the defaults take its place; `damaged` is told.
 */
export function createSettingsStore(folder: string, damaged: (cause: unknown) => void): SettingsStore {
  const store = openStore(folder, damaged);
  // electron-store answers any sender on this channel; no page of ours may ask it.
  ipcMain.removeAllListeners('electron-store-get-data');
  let current = parseStoredSettings(store.store);
  return {
    get: () => current,
    set(change) {
      current = parseStoredSettings({ ...current, ...change });
      store.store = { ...current };
      return current;
    },
    reset() {
      current = parseStoredSettings({});
      store.store = { ...current };
      return current;
    },
  };
}

function openStore(folder: string, damaged: (cause: unknown) => void): Store {
  const options = { cwd: folder, name: 'settings' };
  try {
    return new Store(options);
  } catch (cause) {
    const file = path.join(folder, 'settings.json');
    if (existsSync(file)) renameSync(file, path.join(folder, 'settings.damaged.json'));
    damaged(cause);
    return new Store(options);
  }
}
