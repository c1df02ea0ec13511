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
 * Where to put the window again: where it was, on the screen that shows most of it, and no larger than that; without a
 * place, so that it comes to the middle of the `primary` screen, where its title bar could be reached on no screen.
 */
export function usableBounds(
  remembered: Bounds | null,
  primary: Required<Bounds>,
  screens: readonly Required<Bounds>[],
): Bounds {
  const { x, y, width, height }: Bounds = remembered ?? defaultSize;
  const sizeOn = (screen: Required<Bounds>) => ({
    width: Math.max(Math.min(width, screen.width), minimumSize.width),
    height: Math.max(Math.min(height, screen.height), minimumSize.height),
  });
  if (x === undefined || y === undefined) return sizeOn(primary);
  const shownOn = (screen: Required<Bounds>) => Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x);
  const [screen] = screens
    .filter((each) => shownOn(each) > 100 && y >= each.y - 10 && y < each.y + each.height - 60)
    .sort((one, other) => shownOn(other) - shownOn(one));
  if (screen === undefined) return sizeOn(primary);
  // What is larger than its screen begins at its edge; what is not may hang over it, as the person left it.
  return {
    x: width > screen.width ? screen.x : x,
    y: height > screen.height ? screen.y : y,
    ...sizeOn(screen),
  };
}
