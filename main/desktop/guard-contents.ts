import { app, session, type WebContents } from 'electron';
import { isOwnAddress } from './own-address.ts';

/** The one permission a page of ours is given, for its Copy buttons. */
const allowedPermission = 'clipboard-sanitized-write';

/** Refuses every permission but one; without handlers Electron grants them all (electron-facts.md 2, point 5). */
export function guardPermissions(): void {
  const own = session.defaultSession;
  own.setPermissionRequestHandler((contents, permission, answer) =>
    answer(permission === allowedPermission && isOwnAddress(contents.getURL())),
  );
  own.setPermissionCheckHandler(
    (contents, permission) => permission === allowedPermission && contents !== null && isOwnAddress(contents.getURL()),
  );
  own.setDevicePermissionHandler(() => false);
}

/** Keeps every page where it is: no way out, no second window, no embedded one. */
export function guardContents(): void {
  app.on('web-contents-created', (_event, contents) => guard(contents));
}

function guard(contents: WebContents): void {
  const stay = (details: { url: string; preventDefault(): void }) => {
    if (!isOwnAddress(details.url)) details.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
