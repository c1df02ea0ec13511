import { fromChromium, originOf } from './app-scheme.ts';
import type { Protocol } from './devtools-connection.ts';
import type { PageTarget } from './page-target.ts';

type RequestHandler = NonNullable<Parameters<Electron.Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Electron.Session['setPermissionCheckHandler']>[0]>;

/** The app's permission handlers; with none set, Electron grants everything. */
export const permissionHandlers: {
  request: RequestHandler | null;
  check: CheckHandler | null;
  device: ((details: Electron.DevicePermissionHandlerHandlerDetails) => boolean) | null;
} = { request: null, check: null, device: null };

/** Electron's names of permissions as Chromium's DevTools know them. */
const descriptors: Record<string, Protocol.Browser.PermissionDescriptor[]> = {
  'clipboard-sanitized-write': [{ name: 'clipboard-write' }],
  'clipboard-write': [{ name: 'clipboard-write' }],
  'clipboard-read': [{ name: 'clipboard-read' }],
  geolocation: [{ name: 'geolocation' }],
  notifications: [{ name: 'notifications' }],
  media: [{ name: 'camera' }, { name: 'microphone' }],
};

/**
 * Asks the app about a permission that a page wants (or, for `check`, merely looks at) and sets Chromium accordingly,
 * before the page's call goes on.
 */
export async function askPermission(
  contents: object,
  target: PageTarget,
  permission: string,
  check: boolean,
  url: string,
): Promise<void> {
  const sender = contents as Electron.WebContents;
  const origin = originOf(url);
  const requestingUrl = fromChromium(url);
  const asked = permission === 'clipboard-write' ? 'clipboard-sanitized-write' : permission;
  let granted = true;
  const { request, check: checker } = permissionHandlers;
  if (check) {
    if (checker !== null) {
      granted = checker(sender, asked as Parameters<CheckHandler>[1], origin, { isMainFrame: true, requestingUrl });
    }
  } else if (request !== null) {
    granted = await new Promise<boolean>((resolve) => {
      request(sender, asked as Parameters<RequestHandler>[1], resolve, { isMainFrame: true, requestingUrl });
    });
  }
  for (const descriptor of descriptors[permission] ?? []) {
    await target.browser.connection.browser.send('Browser.setPermission', {
      permission: descriptor,
      setting: granted ? 'granted' : 'denied',
      origin: new URL(url).origin,
    });
  }
}
