import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { app } from 'electron';
import { SegueError } from '../errors/segue-error.ts';
import type { Desktop } from '../ports.ts';
import { autostartEntry } from './autostart-entry.ts';

/** What says that a start shows no window. */
const args = ['--hidden'];

/** Whether this start was the system's, at the person's login. macOS hands no arguments over, and tells so instead. */
export function isLoginStart(): boolean {
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}

/**
 * Whether Segue starts with the computer, as the system knows it: a login item on macOS and Windows, an autostart entry
 * elsewhere. Null for a Segue that is not installed, or that keeps its things in a profile of its own: the system would
 * start another one.
 */
export function createStartAtLogin(): Pick<Desktop, 'startsAtLogin' | 'setStartAtLogin'> {
  const usualProfile = path.join(app.getPath('appData'), app.getName());
  const can = app.isPackaged && app.getPath('userData') === usualProfile;
  const hasLoginItems = process.platform === 'darwin' || process.platform === 'win32';
  const folder = path.join(process.env.XDG_CONFIG_HOME || path.join(os.homedir(), '.config'), 'autostart');
  const entry = path.join(folder, 'io.github.segue.Segue.desktop');
  return {
    startsAtLogin() {
      if (!can) return null;
      return hasLoginItems ? app.getLoginItemSettings({ args }).openAtLogin : existsSync(entry);
    },
    setStartAtLogin(on) {
      if (!can) return;
      if (hasLoginItems) {
        app.setLoginItemSettings({ openAtLogin: on, args });
        return;
      }
      try {
        if (on) {
          mkdirSync(folder, { recursive: true });
          // An AppImage runs from a folder that is another each time.
          writeFileSync(entry, autostartEntry(app.getName(), process.env.APPIMAGE || process.execPath, args));
        } else rmSync(entry, { force: true });
      } catch (cause) {
        throw new SegueError('disk.not-writable', {}, { cause });
      }
    },
  };
}
