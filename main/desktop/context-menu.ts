import { type BrowserWindow, Menu } from 'electron';
import type { Words } from '../words.ts';
import { editMenuTemplate } from './edit-menu.ts';

/** Gives the fields of a window the menu that they have in any program; Electron itself shows none. */
export function offerEditing(window: BrowserWindow, words: () => Words): void {
  // Held while it is open.
  let shown: Menu | null = null;
  window.webContents.on('context-menu', (_event, params) => {
    const template = editMenuTemplate(words(), params);
    if (template.length === 0 || window.isDestroyed()) return;
    shown = Menu.buildFromTemplate(template);
    shown.popup({
      window,
      x: params.x,
      y: params.y,
      sourceType: params.menuSourceType,
      callback: () => {
        shown = null;
      },
    });
  });
}
