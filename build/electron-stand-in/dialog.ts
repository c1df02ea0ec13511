import type { BrowserWindow } from './browser-window.ts';
import { needReady } from './lifecycle.ts';
import { chooseFiles, chooseSavePath } from './native-chooser.ts';
import { strict } from './strict.ts';

type Window = BrowserWindow | undefined;

const early = 'dialog module can only be used after app is ready';

/** Electron's dialogs take their window first or not at all. */
function optionsOf<T>(windowOrOptions: Window | T, options: T | undefined): T {
  return options === undefined ? ((windowOrOptions ?? {}) as T) : options;
}

function say(kind: string, ...lines: (string | undefined)[]): void {
  const text = lines.filter((line) => line !== undefined && line !== '').join(' | ');
  process.stderr.write(`[${kind}] ${text}\n`);
}

/** The button Electron takes for "cancel" when `cancelId` is not given: English words only, else the first. */
function cancelButton({ cancelId, buttons = [] }: Electron.MessageBoxOptions): number {
  if (cancelId !== undefined) return cancelId;
  const at = buttons.findIndex((label) => /^(cancel|no)$/i.test(label.replaceAll('&', '')));
  return Math.max(at, 0);
}

/** Refuses what Windows and Linux cannot show, and what Electron refuses itself. */
function checkOpen(options: Electron.OpenDialogOptions): void {
  const properties = options.properties ?? [];
  if (process.platform !== 'darwin' && properties.includes('openFile') && properties.includes('openDirectory')) {
    throw new Error("dialog.showOpenDialog: 'openFile' and 'openDirectory' cannot be mixed on Windows and Linux");
  }
  for (const filter of options.filters ?? []) {
    if (filter.extensions.some((extension) => extension.startsWith('.') || extension.includes('*.'))) {
      throw new Error(`dialog: filter extensions take no dots or stars: ${filter.extensions.join(', ')}`);
    }
  }
}

/**
 * Message boxes have no native form here: they are written to stderr and answered as a person would who closes them.
 * File dialogs use the desktop's own chooser where there is one, else they count as cancelled. Tests replace these
 * functions on this object, as on Electron's.
 */
export const dialog = strict('dialog', {
  async showOpenDialog(window: Window | Electron.OpenDialogOptions, options?: Electron.OpenDialogOptions) {
    needReady(early);
    const asked = optionsOf(window, options);
    checkOpen(asked);
    const filePaths = await chooseFiles(asked);
    if (filePaths.length === 0) say('open dialog, cancelled', asked.title, asked.message);
    return { canceled: filePaths.length === 0, filePaths };
  },
  async showSaveDialog(window: Window | Electron.SaveDialogOptions, options?: Electron.SaveDialogOptions) {
    needReady(early);
    const asked = optionsOf(window, options);
    checkOpen({ ...(asked.filters === undefined ? {} : { filters: asked.filters }) });
    const filePath = await chooseSavePath(asked);
    if (filePath === '') say('save dialog, cancelled', asked.title, asked.defaultPath);
    return { canceled: filePath === '', filePath };
  },
  async showMessageBox(window: Window | Electron.MessageBoxOptions, options?: Electron.MessageBoxOptions) {
    needReady(early);
    const asked = optionsOf(window, options);
    const response = cancelButton(asked);
    say('message box', asked.title, asked.message, asked.detail, `answered: ${asked.buttons?.[response] ?? 'OK'}`);
    return { response, checkboxChecked: asked.checkboxChecked ?? false };
  },
  showErrorBox(title: string, content: string): void {
    say('error box', title, content);
  },
});
