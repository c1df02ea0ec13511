import { app } from './app.ts';
import type { BrowserWindow } from './browser-window.ts';
import { missing } from './strict.ts';

interface Role {
  readonly label: string;
  readonly accelerator?: string;
  readonly run?: (window: BrowserWindow | null | undefined) => void;
  readonly submenu?: readonly string[];
}

const edit = (command: string) => (window: BrowserWindow | null | undefined) =>
  window?.webContents.runEditCommand(command);

/** Changes the zoom of the window by steps, or back to 100 %. */
const zoom = (step: number) => (window: BrowserWindow | null | undefined) => {
  const contents = window?.webContents;
  contents?.setZoomLevel(step === 0 ? 0 : contents.getZoomLevel() + step);
};

/** Electron's roles (lib/browser/api/menu-item-roles.ts), by their name in lower case. */
const roles: Record<string, Role> = {
  about: { label: 'About', run: () => app.showAboutPanel() },
  close: { label: 'Close Window', accelerator: 'CmdOrCtrl+W', run: (window) => window?.close() },
  copy: { label: 'Copy', accelerator: 'CmdOrCtrl+C', run: edit('copy') },
  cut: { label: 'Cut', accelerator: 'CmdOrCtrl+X', run: edit('cut') },
  delete: { label: 'Delete', run: edit('delete') },
  forcereload: {
    label: 'Force Reload',
    accelerator: 'Shift+CmdOrCtrl+R',
    run: (window) => window?.webContents.reloadIgnoringCache(),
  },
  front: { label: 'Bring All to Front' },
  help: { label: 'Help' },
  hide: { label: 'Hide', accelerator: 'Command+H' },
  hideothers: { label: 'Hide Others', accelerator: 'Command+Alt+H' },
  minimize: { label: 'Minimize', accelerator: 'CmdOrCtrl+M', run: (window) => window?.minimize() },
  paste: { label: 'Paste', accelerator: 'CmdOrCtrl+V', run: edit('paste') },
  pasteandmatchstyle: { label: 'Paste and Match Style', run: edit('pasteAndMatchStyle') },
  quit: { label: 'Quit', accelerator: 'CmdOrCtrl+Q', run: () => app.quit() },
  redo: { label: 'Redo', accelerator: 'Shift+CmdOrCtrl+Z', run: edit('redo') },
  reload: { label: 'Reload', accelerator: 'CmdOrCtrl+R', run: (window) => window?.reload() },
  resetzoom: { label: 'Actual Size', accelerator: 'CommandOrControl+0', run: zoom(0) },
  selectall: { label: 'Select All', accelerator: 'CmdOrCtrl+A', run: edit('selectAll') },
  services: { label: 'Services', submenu: [] },
  toggledevtools: { label: 'Toggle Developer Tools' },
  togglefullscreen: {
    label: 'Toggle Full Screen',
    accelerator: 'F11',
    run: (window) => window?.setFullScreen(!window.isFullScreen()),
  },
  undo: { label: 'Undo', accelerator: 'CmdOrCtrl+Z', run: edit('undo') },
  unhide: { label: 'Show All' },
  window: { label: 'Window' },
  zoom: { label: 'Zoom' },
  zoomin: { label: 'Zoom In', accelerator: 'CommandOrControl+Plus', run: zoom(0.5) },
  zoomout: { label: 'Zoom Out', accelerator: 'CommandOrControl+-', run: zoom(-0.5) },
  appmenu: {
    label: 'App',
    submenu: ['about', '-', 'services', '-', 'hide', 'hideothers', 'unhide', '-', 'quit'],
  },
  filemenu: { label: 'File', submenu: [process.platform === 'darwin' ? 'close' : 'quit'] },
  editmenu: { label: 'Edit', submenu: ['undo', 'redo', '-', 'cut', 'copy', 'paste', 'delete', 'selectall'] },
  viewmenu: {
    label: 'View',
    submenu: [
      'reload',
      'forcereload',
      'toggledevtools',
      '-',
      'resetzoom',
      'zoomin',
      'zoomout',
      '-',
      'togglefullscreen',
    ],
  },
  windowmenu: { label: 'Window', submenu: ['minimize', 'zoom', 'close'] },
};

function known(role: string | undefined): Role | null {
  if (role === undefined) return null;
  const found = roles[role.toLowerCase()];
  if (found === undefined) throw missing(`menu role '${role}'`);
  return found;
}

/** The English label of a role; the app's name stands in it where Electron puts it. */
export function roleLabel(role: string | undefined, appName: string): string {
  const found = known(role);
  if (found === null) return '';
  const name = role?.toLowerCase();
  if (name === 'appmenu') return appName;
  return ['about', 'hide', 'quit'].includes(name ?? '') ? `${found.label} ${appName}` : found.label;
}

export function roleAccelerator(role: string | undefined): string | undefined {
  return known(role)?.accelerator;
}

/** The items a role such as `editMenu` brings along. */
export function roleSubmenu(role: string | undefined): Electron.MenuItemConstructorOptions[] | undefined {
  return known(role)?.submenu?.map((name) =>
    name === '-' ? { type: 'separator' } : { role: name as NonNullable<Electron.MenuItemConstructorOptions['role']> },
  );
}

/** Does what a role does; roles that belong to the system (hide, services, DevTools) do nothing here. */
export function runRole(role: string, window: BrowserWindow | null | undefined): void {
  known(role)?.run?.(window);
}
