import path from 'node:path';
import { app, BrowserWindow, nativeTheme, screen, type WebContents } from 'electron';
import type { EventName } from '../../preload/contract/channels.ts';
import { eventChannel } from '../../preload/contract/channels.ts';
import type { EventPayload } from '../../preload/contract/contract.ts';
import type { Words } from '../words.ts';
import { offerEditing } from './context-menu.ts';
import { startAddress } from './own-address.ts';
import { keepPageAlive, type PageCare } from './page-care.ts';
import { usableBounds, windowOptions } from './window-options.ts';
import { readWindowState, type WindowShape, writeWindowState } from './window-state.ts';

/** A page that is not painted by then is shown all the same, so that the person sees that something is wrong. */
const showAnywayAfterMs = 5_000;
const saveBoundsAfterMs = 500;

export interface MainWindow {
  /** The window, or null while there is none. */
  get(): BrowserWindow | null;
  /** Whether a message came from it. */
  owns(contents: WebContents): boolean;
  /** Opens the window, or brings it forward. */
  show(): void;
  /** Loads the page anew, with nothing of what it held. Does nothing while there is no window. */
  beginAnew(): void;
  /** Sends an event; what nobody is there to hear is dropped, because a page asks for the state when it starts. */
  send<N extends EventName>(name: N, payload: EventPayload<N>): void;
}

/** The one window. `mayClose` is asked when the person closes it; `failed` is told when its preload cannot be loaded. */
export function createMainWindow(
  options: {
    preload: string;
    userData: string;
    words: () => Words;
    mayClose: () => boolean;
    closed: () => void;
    /** Windows signs the person off; neither `before-quit` nor a question follows (electron-facts.md 6.2). */
    sessionEnds: () => void;
    failed: (cause: unknown) => void;
  } & PageCare,
): MainWindow {
  const stateFile = path.join(options.userData, 'window.json');
  let current: BrowserWindow | null = null;

  const open = () => {
    const remembered = readWindowState(stateFile);
    const opened = new BrowserWindow(
      windowOptions({
        preload: options.preload,
        packaged: app.isPackaged,
        dark: nativeTheme.shouldUseDarkColors,
        bounds: usableBounds(
          remembered,
          screen.getPrimaryDisplay().workArea,
          screen.getAllDisplays().map((display) => display.workArea),
        ),
        title: app.getName(),
      }),
    );
    current = opened;
    showWhenReady(opened, remembered?.shape ?? 'normal');
    rememberBounds(opened, stateFile);
    keepPageAlive(opened, options);
    offerEditing(opened, options.words);
    opened.on('close', (event) => {
      if (!options.mayClose()) event.preventDefault();
    });
    opened.on('session-end', options.sessionEnds);
    opened.on('closed', () => {
      if (current !== opened) return;
      current = null;
      options.closed();
    });
    opened.webContents.on('preload-error', (_event, _file, cause) => options.failed(cause));
    opened.loadURL(startAddress).catch((cause: unknown) => {
      if (!opened.isDestroyed()) options.log.error('window load', cause);
    });
  };

  return {
    get: () => current,
    owns: (contents) => current !== null && !current.isDestroyed() && current.webContents === contents,
    show() {
      if (current === null || current.isDestroyed()) {
        open();
        return;
      }
      if (current.isMinimized()) current.restore();
      current.show();
      current.focus();
      if (process.platform === 'darwin') app.focus({ steal: true });
    },
    beginAnew() {
      // The page's call that led here is answered first.
      setImmediate(() => {
        if (current !== null && !current.isDestroyed()) current.webContents.reload();
      });
    },
    send(name, payload) {
      if (current === null || current.isDestroyed() || current.webContents.isDestroyed()) return;
      current.webContents.send(eventChannel(name), payload);
    },
  };
}

/** Shows a window once, in its remembered shape: when it is painted, or when that takes too long. */
function showWhenReady(window: BrowserWindow, shape: WindowShape): void {
  const show = () => {
    clearTimeout(timer);
    if (window.isDestroyed() || window.isVisible()) return;
    // Either would show a window that is not painted yet.
    if (shape === 'maximized') window.maximize();
    window.show();
    if (shape === 'full-screen') window.setFullScreen(true);
  };
  const timer = setTimeout(show, showAnywayAfterMs);
  window.once('ready-to-show', show);
  window.once('closed', () => clearTimeout(timer));
}

function rememberBounds(window: BrowserWindow, file: string): void {
  let timer: NodeJS.Timeout | undefined;
  const save = () => {
    clearTimeout(timer);
    if (window.isDestroyed() || window.isMinimized()) return;
    const shape = window.isFullScreen() ? 'full-screen' : window.isMaximized() ? 'maximized' : 'normal';
    writeWindowState(file, { ...window.getNormalBounds(), shape });
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(save, saveBoundsAfterMs);
  };
  window.on('resize', later);
  window.on('move', later);
  window.on('maximize', later);
  window.on('unmaximize', later);
  window.on('enter-full-screen', later);
  window.on('leave-full-screen', later);
  window.on('close', save);
  window.once('closed', () => clearTimeout(timer));
}
