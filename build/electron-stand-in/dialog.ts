import path from 'node:path';
import { app } from './app.ts';
import type { BrowserWindow } from './browser-window.ts';
import { askInWindow } from './dialog-window.ts';
import { needReady } from './lifecycle.ts';
import { strict } from './strict.ts';
import { hasDisplay } from './system.ts';

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

/** File extensions of an open dialog's filters, as a file input takes them. */
function acceptOf(options: Electron.OpenDialogOptions): string {
  const extensions = (options.filters ?? []).flatMap((filter) => filter.extensions);
  return extensions.includes('*') ? '' : extensions.map((extension) => `.${extension}`).join(',');
}

/** The folder of what was chosen first: a file input that takes folders gives the files in it. */
function folderOf(files: readonly string[]): string[] {
  const [first] = files;
  return first === undefined ? [] : [path.dirname(first)];
}

const lines = (...texts: (string | undefined)[]) => texts.filter((text): text is string => Boolean(text));

async function open(options: Electron.OpenDialogOptions): Promise<string[]> {
  const properties = options.properties ?? ['openFile'];
  const folder = properties.includes('openDirectory');
  const { files } = await askInWindow({
    title: options.title ?? app.getName(),
    text: lines(options.message, options.title),
    buttons: ['Cancel', options.buttonLabel ?? 'Open'],
    cancelId: 0,
    defaultId: 1,
    files: { accept: acceptOf(options), folder, several: properties.includes('multiSelections') },
  });
  return folder ? folderOf(files) : [...files];
}

async function save(options: Electron.SaveDialogOptions): Promise<string> {
  const given = options.defaultPath ?? 'Untitled';
  const answer = await askInWindow({
    title: options.title ?? app.getName(),
    text: lines(options.message, options.title),
    buttons: ['Cancel', options.buttonLabel ?? 'Save'],
    cancelId: 0,
    defaultId: 1,
    path: path.isAbsolute(given) ? given : path.join(app.getPath('downloads'), given),
  });
  return answer.button === 1 ? answer.path : '';
}

/**
 * Where a person looks on, dialogs are small windows of the stand-in's own. With no display there is nobody to ask:
 * they are written to stderr and count as closed. Tests replace these functions on this object, as on Electron's.
 */
export const dialog = strict('dialog', {
  async showOpenDialog(window: Window | Electron.OpenDialogOptions, options?: Electron.OpenDialogOptions) {
    needReady(early);
    const asked = optionsOf(window, options);
    checkOpen(asked);
    const filePaths = hasDisplay() ? await open(asked) : [];
    if (!hasDisplay()) say('open dialog, cancelled', asked.title, asked.message);
    return { canceled: filePaths.length === 0, filePaths };
  },
  async showSaveDialog(window: Window | Electron.SaveDialogOptions, options?: Electron.SaveDialogOptions) {
    needReady(early);
    const asked = optionsOf(window, options);
    checkOpen({ ...(asked.filters === undefined ? {} : { filters: asked.filters }) });
    const filePath = hasDisplay() ? await save(asked) : '';
    if (!hasDisplay()) say('save dialog, cancelled', asked.title, asked.defaultPath);
    return { canceled: filePath === '', filePath };
  },
  async showMessageBox(window: Window | Electron.MessageBoxOptions, options?: Electron.MessageBoxOptions) {
    needReady(early);
    const asked = optionsOf(window, options);
    const cancelId = cancelButton(asked);
    if (!hasDisplay()) {
      say('message box', asked.title, asked.message, asked.detail, `answered: ${asked.buttons?.[cancelId] ?? 'OK'}`);
      return { response: cancelId, checkboxChecked: asked.checkboxChecked ?? false };
    }
    const { checkboxLabel, checkboxChecked = false } = asked;
    const { button, checked } = await askInWindow({
      title: asked.title ?? app.getName(),
      text: lines(asked.message, asked.detail),
      buttons: asked.buttons?.length ? asked.buttons : ['OK'],
      cancelId,
      defaultId: asked.defaultId ?? 0,
      ...(checkboxLabel ? { checkbox: { label: checkboxLabel, checked: checkboxChecked } } : {}),
    });
    return { response: button, checkboxChecked: checked };
  },
  showErrorBox(title: string, content: string): void {
    say('error box', title, content);
    if (!hasDisplay()) return;
    askInWindow({ title, text: [title, content], buttons: ['OK'], cancelId: 0, defaultId: 0 }).catch(() => undefined);
  },
});
