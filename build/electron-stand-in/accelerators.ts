/** A key press as the page reports it. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

interface Accelerator {
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly meta: boolean;
  readonly key: string;
}

const names: Record<string, string> = {
  plus: '+',
  space: ' ',
  esc: 'escape',
  return: 'enter',
  up: 'arrowup',
  down: 'arrowdown',
  left: 'arrowleft',
  right: 'arrowright',
};

/** Electron's text of an accelerator (`CmdOrCtrl+Shift+E`); null when it names no key. */
export function parseAccelerator(text: string): Accelerator | null {
  const isMac = process.platform === 'darwin';
  const found = { ctrl: false, alt: false, shift: false, meta: false, key: '' };
  for (const part of text.replace(/\+\+$/, '+plus').toLowerCase().split('+')) {
    switch (part) {
      case 'cmdorctrl':
      case 'commandorcontrol':
        found[isMac ? 'meta' : 'ctrl'] = true;
        break;
      case 'ctrl':
      case 'control':
        found.ctrl = true;
        break;
      case 'cmd':
      case 'command':
      case 'super':
      case 'meta':
        found.meta = true;
        break;
      case 'alt':
      case 'option':
      case 'altgr':
        found.alt = true;
        break;
      case 'shift':
        found.shift = true;
        break;
      default:
        found.key = names[part] ?? part;
    }
  }
  return found.key === '' ? null : found;
}

/** Whether a key press is the accelerator's. Letters are compared by what they type, so layouts are respected. */
export function isPressed(accelerator: Accelerator, press: KeyPress): boolean {
  return (
    accelerator.ctrl === press.ctrlKey &&
    accelerator.alt === press.altKey &&
    accelerator.meta === press.metaKey &&
    (accelerator.shift === press.shiftKey || (accelerator.key.length === 1 && !/[a-z0-9]/.test(accelerator.key))) &&
    accelerator.key === press.key.toLowerCase()
  );
}

let onPress: (contents: object, press: KeyPress) => void = () => undefined;

/** The application menu tells here what to do with a key that the page left alone. */
export function onKeyPress(listener: typeof onPress): void {
  onPress = listener;
}

export function pressedKey(contents: object, press: KeyPress): void {
  onPress(contents, press);
}
