import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { EventPayload } from '../../preload/contract/contract.ts';
import type { Words } from '../words.ts';

/** What the window is asked to do by a menu item. */
export type WindowCommand = EventPayload<'app.command'>['value'];

/** One of the app's fixed pages, opened in the system browser. */
export type FixedPage = 'constant-contact-portal';

export interface MenuActions {
  command(command: WindowCommand): void;
  openPage(page: FixedPage): void;
  openLogFolder(): void;
  /** Shows what Segue is made of. */
  about(): void;
  /** Opens the page of releases; null where the package knows of none. */
  readonly checkForUpdates: (() => void) | null;
}

/** The application menu as a template: the platform's roles, in the person's language, accelerators shown. */
export function menuTemplate(words: Words, platform: string, actions: MenuActions): MenuItemConstructorOptions[] {
  const { say } = words;
  const mac = platform === 'darwin';
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const command = (label: string, value: WindowCommand, accelerator?: string): MenuItemConstructorOptions => ({
    id: value,
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    click: () => actions.command(value),
  });
  const settings = command(say('menu.settings'), 'show-settings', 'CmdOrCtrl+,');
  const about: MenuItemConstructorOptions = { id: 'about', label: say('menu.about'), click: () => actions.about() };
  const { checkForUpdates } = actions;
  const updates: MenuItemConstructorOptions[] =
    checkForUpdates === null ? [] : [{ id: 'updates', label: say('menu.updates'), click: () => checkForUpdates() }];
  const appMenu: MenuItemConstructorOptions = {
    label: app.getName(),
    submenu: [
      about,
      ...updates,
      separator,
      settings,
      separator,
      { role: 'services', label: say('menu.services') },
      separator,
      { role: 'hide', label: say('menu.hide') },
      { role: 'hideOthers', label: say('menu.hideOthers') },
      { role: 'unhide', label: say('menu.showAll') },
      separator,
      { role: 'quit', label: say('menu.quit') },
    ],
  };
  return [
    ...(mac ? [appMenu] : []),
    {
      label: say('menu.file'),
      submenu: [
        command(say('menu.newExport'), 'new-export', 'CmdOrCtrl+N'),
        command(say('menu.chooseFiles'), 'choose-files', 'CmdOrCtrl+O'),
        command(say('menu.newConnection'), 'new-connection'),
        separator,
        command(say('menu.saveSetUp'), 'save-set-up'),
        command(say('menu.openSetUp'), 'open-set-up'),
        separator,
        ...(mac ? [] : [settings, separator]),
        mac ? { role: 'close', label: say('menu.close') } : { role: 'quit', label: say('menu.quit') },
      ],
    },
    {
      label: say('menu.edit'),
      submenu: [
        { role: 'undo', label: say('menu.undo') },
        { role: 'redo', label: say('menu.redo') },
        separator,
        { role: 'cut', label: say('menu.cut') },
        { role: 'copy', label: say('menu.copy') },
        { role: 'paste', label: say('menu.paste') },
        { role: 'selectAll', label: say('menu.selectAll') },
      ],
    },
    {
      label: say('menu.view'),
      submenu: [
        command(say('menu.exports'), 'show-exports', 'CmdOrCtrl+1'),
        command(say('menu.segments'), 'show-segments', 'CmdOrCtrl+2'),
        command(say('menu.connections'), 'show-connections', 'CmdOrCtrl+3'),
        command(say('menu.runs'), 'show-runs', 'CmdOrCtrl+4'),
        separator,
        { role: 'resetZoom', label: say('menu.actualSize') },
        { role: 'zoomIn', label: say('menu.zoomIn') },
        { role: 'zoomOut', label: say('menu.zoomOut') },
        separator,
        { role: 'togglefullscreen', label: say('menu.fullScreen') },
      ],
    },
    {
      role: 'window',
      label: say('menu.window'),
      submenu: [
        { role: 'minimize', label: say('menu.minimize') },
        ...(mac
          ? [
              { role: 'zoom', label: say('menu.zoom') } as const,
              separator,
              { role: 'front', label: say('menu.front') } as const,
            ]
          : [{ role: 'close', label: say('menu.close') } as const]),
      ],
    },
    {
      role: 'help',
      label: say('menu.help'),
      submenu: [
        { label: say('menu.portal'), click: () => actions.openPage('constant-contact-portal') },
        separator,
        command(say('menu.saveReport'), 'save-report'),
        { id: 'open-log-folder', label: say('menu.openLogFolder'), click: () => actions.openLogFolder() },
        ...(mac ? [] : [separator, ...updates, about]),
      ],
    },
  ];
}

/** Puts the menu in place, again after each change of language. */
export function installMenu(words: Words, actions: MenuActions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(words, process.platform, actions)));
}
