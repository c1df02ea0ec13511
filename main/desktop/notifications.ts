import { app, type BrowserWindow, Notification, nativeImage } from 'electron';
import type { PlaceToOpen } from '../../preload/contract/views.ts';
import type { Desktop } from '../ports.ts';
import type { Words } from '../words.ts';
import type { Log } from './log.ts';
import { overlayDot } from './overlay-image.ts';

/** Notifications that can still be clicked: an object that nobody holds is collected, and its click with it. */
const mostKept = 20;

/**
 * Notifications of the system, and the sign at the taskbar or dock that something waits to be seen. `allowed` is asked
 * each time; `open` brings the window forward and opens a place in it.
 */
export function createNotifications(options: {
  window: () => BrowserWindow | null;
  allowed: () => boolean;
  open: (place: PlaceToOpen) => void;
  words: () => Words;
  log: Log;
}): Pick<Desktop, 'isInFront' | 'notify'> {
  const kept = new Set<Notification>();
  let unseen = 0;

  app.on('browser-window-focus', (_event, window) => {
    unseen = 0;
    app.setBadgeCount(0);
    // What no longer flashes on Linux and macOS by itself; on Windows the focus ends it anyway.
    window.flashFrame(false);
    if (process.platform === 'win32') window.setOverlayIcon(null, '');
  });

  const isInFront = () => {
    const window = options.window();
    return window?.isFocused() ?? false;
  };
  const attract = () => {
    if (isInFront()) return;
    unseen += 1;
    app.setBadgeCount(unseen);
    if (process.platform === 'darwin') app.dock?.bounce('informational');
    else options.window()?.flashFrame(true);
    // Windows has no number at the icon: a dot, with words for whoever does not see it.
    if (process.platform === 'win32') {
      const dot = nativeImage.createFromBuffer(Buffer.from(overlayDot, 'base64'), { scaleFactor: 2 });
      options.window()?.setOverlayIcon(dot, options.words().say('notification.overlay'));
    }
  };
  const show = (title: string, body: string, opens: PlaceToOpen) => {
    const notification = new Notification({ title, body });
    const [oldest] = kept;
    if (oldest !== undefined && kept.size >= mostKept) kept.delete(oldest);
    kept.add(notification);
    notification.on('click', () => {
      kept.delete(notification);
      options.open(opens);
    });
    // An unsigned program on macOS, or a desktop without notifications: the window tells it all the same.
    notification.on('failed', () => {
      kept.delete(notification);
      options.log.note('notification failed');
    });
    notification.show();
  };

  return {
    isInFront,
    notify({ title, body, opens }) {
      attract();
      if (options.allowed() && Notification.isSupported()) show(title, body, opens);
    },
  };
}
