import path from 'node:path';
import { type Browser, chromium } from 'playwright';
import { signInAs } from '../../e2e/fixtures/sign-in-browser.ts';
import { findChromium } from '../electron-stand-in/chromium.ts';

/** The person's own browser, in which the sign-in page and the practice account's pages open. */
export interface SystemBrowser {
  /** Opens the sign-in page, presses Allow and goes where it is sent. */
  allow(authorizeUrl: string, pictures: { readonly before: string; readonly after: string }): Promise<void>;
  /** Opens an address and takes its picture. False when this computer has no browser that can be driven. */
  show(address: string, picture: string): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * The machine's Chromium; without one (the real Electron needs none) the pages are answered by plain requests and have
 * no pictures.
 */
export async function openSystemBrowser(pictures: string, language: string): Promise<SystemBrowser> {
  const executable = findChromium();
  const browser: Browser | null = executable === null ? null : await chromium.launch({ executablePath: executable });
  const open = async (address: string) => {
    const context = await browser?.newContext({ locale: language, viewport: { width: 1100, height: 760 } });
    const page = await context?.newPage();
    await page?.goto(address);
    return page;
  };
  return {
    async allow(authorizeUrl, { before, after }) {
      const page = await open(authorizeUrl);
      if (page === undefined) {
        await signInAs(authorizeUrl, 'allow');
        return;
      }
      await page.screenshot({ path: path.join(pictures, before) });
      await page.locator('button[name="answer"][value="allow"]').click();
      await page.waitForURL((url) => url.origin !== new URL(authorizeUrl).origin);
      await page.screenshot({ path: path.join(pictures, after) });
      await page.context().close();
    },
    async show(address, picture) {
      const page = await open(address);
      await page?.screenshot({ path: path.join(pictures, picture) });
      await page?.context().close();
      return page !== undefined;
    },
    async close() {
      await browser?.close();
    },
  };
}
