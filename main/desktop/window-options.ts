import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron';

/**
 * What a page of ours may do: nothing that Electron lets one switch off is on (electron-facts.md 2). The settings that
 * are safe by default (webSecurity, allowRunningInsecureContent, experimentalFeatures, enableBlinkFeatures) stay unset.
 */
export function webPreferences(options: { preload: string; packaged: boolean }): WebPreferences {
  return {
    preload: options.preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    // On Windows and Linux the spell checker fetches dictionaries: data goes nowhere but to Constant Contact.
    spellcheck: false,
    safeDialogs: true,
    navigateOnDragDrop: false,
    devTools: !options.packaged,
  };
}

export const defaultSize = { width: 1280, height: 820 } as const;
export const minimumSize = { width: 900, height: 600 } as const;

export interface Bounds {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
}

/** The main window, hidden until its page can be shown. `dark` chooses the colour seen before the first paint. */
export function windowOptions(options: {
  preload: string;
  packaged: boolean;
  dark: boolean;
  bounds: Bounds;
  title: string;
}): BrowserWindowConstructorOptions {
  return {
    ...options.bounds,
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    title: options.title,
    show: false,
    // Fluent UI's neutral background of the two themes.
    backgroundColor: options.dark ? '#292929' : '#ffffff',
    webPreferences: webPreferences(options),
  };
}

/**
 * Where to put the window again: the remembered bounds when their title bar can still be reached on one of the
 * screens, else only their size, else the default size.
 */
export function usableBounds(remembered: Bounds | null, screens: readonly Required<Bounds>[]): Bounds {
  if (remembered === null) return defaultSize;
  const size = {
    width: Math.max(remembered.width, minimumSize.width),
    height: Math.max(remembered.height, minimumSize.height),
  };
  const { x, y } = remembered;
  if (x === undefined || y === undefined) return size;
  const reachable = screens.some(
    (screen) =>
      x + size.width > screen.x + 100 &&
      x < screen.x + screen.width - 100 &&
      y >= screen.y - 10 &&
      y < screen.y + screen.height - 60,
  );
  return reachable ? { x, y, ...size } : size;
}
