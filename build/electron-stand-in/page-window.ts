import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Chromium } from './chromium.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

const openLimitMs = 10_000;

/**
 * Opens a window with an empty page and resolves with its target. Where a person looks on, it is one of Chromium's app
 * windows, without tabs and address bar; only a command line can ask for these, which the running Chromium takes over.
 */
export function openPageWindow(browser: Chromium, size: Size): Promise<string> {
  return browser.headless ? openTarget(browser, size) : openAppWindow(browser, size);
}

async function openTarget({ connection }: Chromium, size: Size): Promise<string> {
  const { targetId } = await connection.browser.send('Target.createTarget', {
    url: 'about:blank',
    newWindow: true,
    ...size,
  });
  return targetId;
}

async function openAppWindow(browser: Chromium, size: Size): Promise<string> {
  const address = `data:text/html,${randomUUID()}`;
  const found = Promise.withResolvers<string | null>();
  const forget = browser.connection.browser.on('Target.targetCreated', ({ targetInfo }) => {
    if (targetInfo.type === 'page' && targetInfo.url === address) found.resolve(targetInfo.targetId);
  });
  const timer = setTimeout(() => found.resolve(null), openLimitMs);
  spawn(browser.executable, [...browser.flags, `--app=${address}`], { stdio: 'ignore' }).on('error', () =>
    found.resolve(null),
  );
  const targetId = await found.promise;
  clearTimeout(timer);
  forget();
  return targetId ?? openTarget(browser, size);
}
