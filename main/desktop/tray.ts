import { Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron';
import type { ScheduledExport } from '../application.ts';
import type { Words } from '../words.ts';
import { traySize16, traySize32 } from './tray-image.ts';

export interface TrayActions {
  /** Opens the window, or brings it forward. */
  open(): void;
  /** Runs every export whose schedule is on. */
  runAll(exports: readonly ScheduledExport[]): void;
  quit(): void;
}

/** What the tray's menu holds. */
export function trayTemplate(
  { say }: Words,
  exports: readonly ScheduledExport[],
  actions: TrayActions,
): MenuItemConstructorOptions[] {
  const [next] = exports;
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const nextLabel =
    next === undefined ? say('tray.no-next') : say('tray.next', { name: next.exportName, time: new Date(next.nextAt) });
  return [
    { id: 'next-run', label: nextLabel, enabled: false },
    separator,
    { id: 'open', label: say('tray.open'), click: () => actions.open() },
    {
      id: 'run-all',
      label: say('exports.run-all'),
      enabled: exports.length > 0,
      click: () => actions.runAll(exports),
    },
    separator,
    { id: 'quit', label: say('menu.quit'), click: () => actions.quit() },
  ];
}

export interface SegueTray {
  /** Puts Segue into the tray or takes it out, with the menu as things stand now. */
  update(): void;
}

/** Segue in the tray, while it is `wanted` there. */
export function createTray(options: {
  readonly wanted: () => boolean;
  readonly words: () => Words;
  readonly exports: () => readonly ScheduledExport[];
  readonly does: TrayActions;
}): SegueTray {
  // Held as long as it is there: a tray that nobody holds is collected, and its icon goes (electron-facts.md 8).
  let tray: Tray | null = null;
  const image = () => {
    const icon = nativeImage.createFromBuffer(Buffer.from(traySize16, 'base64'));
    icon.addRepresentation({ scaleFactor: 2, buffer: Buffer.from(traySize32, 'base64') });
    return icon;
  };
  return {
    update() {
      if (!options.wanted()) {
        tray?.destroy();
        tray = null;
        return;
      }
      if (tray === null) {
        tray = new Tray(image());
        // On macOS a click opens the menu by itself.
        if (process.platform !== 'darwin') tray.on('click', options.does.open);
      }
      tray.setToolTip('Segue');
      // Linux takes no change of a menu that is there already.
      tray.setContextMenu(Menu.buildFromTemplate(trayTemplate(options.words(), options.exports(), options.does)));
    },
  };
}
