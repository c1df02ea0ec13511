import { EventEmitter } from 'node:events';
import { isPressed, type KeyPress, onKeyPress, parseAccelerator } from './accelerators.ts';
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { newEvent } from './events.ts';
import { roleAccelerator, roleLabel, roleSubmenu, runRole } from './menu-roles.ts';
import { strict } from './strict.ts';

type Template = Electron.MenuItemConstructorOptions;
type ItemType = NonNullable<Template['type']>;

let commands = 0;

/** One item of a menu. A `role` decides what a click does, as in Electron. */
export class MenuItem {
  readonly id: string;
  readonly type: ItemType;
  readonly role: string | undefined;
  readonly commandId: number;
  readonly submenu: Menu | undefined;
  readonly accelerator: string | undefined;
  readonly registerAccelerator: boolean;
  readonly toolTip: string;
  readonly sublabel: string;
  label: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  menu: Menu | undefined;
  /** Does what a click on the item does; tests call it. */
  readonly click: (event?: object, window?: BrowserWindow | null) => void;

  constructor(options: Template) {
    commands += 1;
    this.commandId = commands;
    const role = options.role as string | undefined;
    const submenu = options.submenu ?? roleSubmenu(role);
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : (submenu as unknown as Menu | undefined);
    this.id = options.id ?? '';
    this.role = role?.toLowerCase();
    this.type = options.type ?? (this.submenu === undefined ? 'normal' : 'submenu');
    this.label = options.label ?? roleLabel(role, app.getName());
    this.accelerator = (options.accelerator as string | undefined) ?? roleAccelerator(role);
    this.registerAccelerator = options.registerAccelerator ?? true;
    this.toolTip = options.toolTip ?? '';
    this.sublabel = options.sublabel ?? '';
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    if (options.label === undefined && role === undefined && this.type !== 'separator') {
      throw new Error('Invalid template for MenuItem: must have label, role or type');
    }
    if (this.type === 'submenu' && this.submenu === undefined) throw new Error('Invalid submenu');
    const clicked = options.click as ((item: MenuItem, window: unknown, event: object) => void) | undefined;
    const self = strict('MenuItem', this);
    this.click = (event = newEvent(), window = BrowserWindow.getFocusedWindow()) => {
      if (this.type === 'checkbox') this.checked = !this.checked;
      if (this.type === 'radio') {
        for (const other of this.menu?.items ?? [])
          if (other.type === 'radio') other.checked = other.commandId === this.commandId;
      }
      if (role !== undefined) runRole(role, window);
      else clicked?.(self, window ?? undefined, event);
    };
    // biome-ignore lint/correctness/noConstructorReturn: the app must hold the guarded form
    return self;
  }
}

let applicationMenu: Menu | null = null;

/** A menu. The stand-in shows none: its items answer to clicks made by tests, and to their keys. */
export class Menu extends EventEmitter {
  readonly items: MenuItem[] = [];

  constructor() {
    super();
    // biome-ignore lint/correctness/noConstructorReturn: the app must hold the guarded form
    return strict('Menu', this);
  }

  static buildFromTemplate(template: (Template | MenuItem)[]): Menu {
    if (!Array.isArray(template)) throw new TypeError('Invalid template for Menu: Menu template must be an array');
    const menu = new Menu();
    for (const item of template) menu.append(item instanceof MenuItem ? item : new MenuItem(item));
    return menu;
  }

  static setApplicationMenu(menu: Menu | null): void {
    if (menu !== null && !(menu instanceof Menu)) throw new TypeError('Invalid menu');
    applicationMenu = menu;
  }

  static getApplicationMenu(): Menu | null {
    return applicationMenu;
  }

  append(item: MenuItem): void {
    this.insert(this.items.length, item);
  }

  insert(position: number, item: MenuItem): void {
    if (item.menu !== undefined) throw new TypeError('MenuItem already belongs to a menu');
    item.menu = this;
    this.items.splice(position, 0, item);
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : (item.submenu?.getMenuItemById(id) ?? null);
      if (found !== null) return found;
    }
    return null;
  }

  popup(): void {
    this.emit('menu-will-show', newEvent());
  }

  closePopup(): void {
    this.emit('menu-will-close', newEvent());
  }
}

/** The item of `menu` that a key press belongs to: enabled, visible, and with that accelerator. */
export function itemForKey(menu: Menu, press: KeyPress): MenuItem | null {
  for (const item of menu.items) {
    if (!item.enabled || !item.visible) continue;
    const inside = item.submenu === undefined ? null : itemForKey(item.submenu, press);
    if (inside !== null) return inside;
    const accelerator = item.accelerator === undefined ? null : parseAccelerator(item.accelerator);
    if (accelerator !== null && item.registerAccelerator && isPressed(accelerator, press)) return item;
  }
  return null;
}

onKeyPress((contents, press) => {
  const item = applicationMenu === null ? null : itemForKey(applicationMenu, press);
  const window = BrowserWindow.getAllWindows().find((candidate) => candidate.webContents === contents) ?? null;
  item?.click(newEvent({ triggeredByAccelerator: true, ...press }), window);
});
