import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { processSwitches } from './command-line.ts';

const home = os.homedir();

/** The folder the system keeps settings of apps in. */
function appData(): string {
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Application Support');
  return process.env.XDG_CONFIG_HOME || path.join(home, '.config');
}

/** A folder of the person's own by its XDG name, in their language where the system has one. */
function personal(xdgName: string, fallback: string): string {
  const folder = path.join(home, fallback);
  if (process.platform !== 'linux') return folder;
  try {
    return (
      execFileSync('xdg-user-dir', [xdgName], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() ||
      folder
    );
  } catch {
    return folder;
  }
}

const changed = new Map<string, string>();

/** `app.getPath`: throws for a name Electron does not know. `appName` is the app's name, which names its folder. */
export function pathOf(name: string, appName: string): string {
  const set = changed.get(name);
  if (set !== undefined) return set;
  switch (name) {
    case 'home':
      return home;
    case 'appData':
      return appData();
    case 'userData': {
      const given = processSwitches.get('user-data-dir');
      return given ? path.resolve(given) : path.join(appData(), appName);
    }
    case 'sessionData':
      return pathOf('userData', appName);
    case 'temp':
      return os.tmpdir();
    case 'logs': {
      const folder = path.join(pathOf('userData', appName), 'logs');
      mkdirSync(folder, { recursive: true });
      return folder;
    }
    case 'crashDumps':
      return path.join(pathOf('userData', appName), 'Crashpad');
    case 'exe':
      return process.execPath;
    case 'module':
      return process.execPath;
    case 'desktop':
      return personal('DESKTOP', 'Desktop');
    case 'documents':
      return personal('DOCUMENTS', 'Documents');
    case 'downloads':
      return personal('DOWNLOAD', 'Downloads');
    case 'music':
      return personal('MUSIC', 'Music');
    case 'pictures':
      return personal('PICTURES', 'Pictures');
    case 'videos':
      return personal('VIDEOS', 'Videos');
    default:
      throw new Error(`Failed to get '${name}' path`);
  }
}

/** `app.setPath`: throws when the path is not absolute or its folder is missing, as Electron does. */
export function changePath(name: string, folder: string): void {
  if (!path.isAbsolute(folder)) throw new Error('Path must be absolute');
  if (!existsSync(folder)) throw new Error(`Failed to set path: ${name}`);
  changed.set(name, folder);
}
