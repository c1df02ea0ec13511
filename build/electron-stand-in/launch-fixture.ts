import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright/test';

/** The folder to give ELECTRON_OVERRIDE_DIST_PATH. */
export const standInFolder = import.meta.dirname;
export const fixtureApp = path.join(standInFolder, 'fixture-app');

export interface Fixture {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly profile: string;
  /** Everything the process has written to stderr so far. */
  stderr(): string;
  /** Ends the app and removes its profile. */
  end(): Promise<void>;
}

/** The environment of a start on the stand-in; Playwright finds it by Electron's own variable. */
export function standInEnv(extra: Record<string, string> = {}): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...Object.fromEntries(inherited),
    ELECTRON_OVERRIDE_DIST_PATH: standInFolder,
    SEGUE_STAND_IN_HEADLESS: '1',
    ...extra,
  };
}

/** Starts the fixture app with Playwright's own launcher and waits until its page shows. */
export async function launchFixture(env: Record<string, string> = {}, args: readonly string[] = []): Promise<Fixture> {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'stand-in-test-'));
  process.env.ELECTRON_OVERRIDE_DIST_PATH = standInFolder;
  const app = await _electron.launch({
    args: [`--user-data-dir=${profile}`, fixtureApp, ...args],
    env: standInEnv(env),
    colorScheme: null,
  });
  let text = '';
  app.process().stderr?.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  const page = await app.firstWindow();
  await page.locator('h1').waitFor();
  return {
    app,
    page,
    profile,
    stderr: () => text,
    async end() {
      await app.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
