import { readFileSync } from 'node:fs';
import path from 'node:path';
import { app, type BrowserWindow, dialog, shell } from 'electron';
import { SegueError, toWireError } from '../errors/segue-error.ts';
import type { Words } from '../words.ts';
import { releasesPage } from './releases-page.ts';

export interface About {
  /** Shows versions, and opens the licences of everything that is shipped when the person asks for them. */
  show(): Promise<void>;
  /** Says where something lies that no program of the system opened. */
  tellPlace(key: 'about.licencesAt' | 'report.folder', file: string): Promise<void>;
  /** Says why a menu item did nothing, and what to do. */
  tellFailure(thrown: unknown): Promise<void>;
  /**
   * Opens the page where newer versions would be; null where the package knows of none. Nothing looks by itself.
   * Throws `app.no-browser`.
   */
  readonly checkForUpdates: (() => Promise<void>) | null;
}

/** What Segue tells about itself. `outMain` is the folder of the bundled entries. */
export function createAbout(options: {
  outMain: string;
  words: () => Words;
  window: () => BrowserWindow | null;
}): About {
  const licences = app.isPackaged
    ? path.join(process.resourcesPath, 'licences.txt')
    : path.join(options.outMain, '..', 'licences.txt');
  const releases = releasesPage(readFileSync(path.join(options.outMain, '..', '..', 'package.json'), 'utf8'));
  const ask = async (question: Electron.MessageBoxOptions) => {
    const parent = options.window();
    return (await (parent ? dialog.showMessageBox(parent, question) : dialog.showMessageBox(question))).response;
  };
  const tellPlace = async (key: 'about.licencesAt' | 'report.folder', file: string) => {
    const { say } = options.words();
    const message = say(key, { file });
    await ask({ type: 'info', title: app.getName(), message, buttons: [say('about.close')], noLink: true });
  };
  const openReleases = (address: string) =>
    shell.openExternal(address).catch((cause: unknown) => {
      throw new SegueError('app.no-browser', { address }, { cause });
    });
  return {
    async show() {
      const { say } = options.words();
      const { electron = '', chrome = '', node } = process.versions;
      const title = say('menu.about');
      const chosen = await ask({
        type: 'info',
        title,
        message: say('about.name', { version: app.getVersion() }),
        detail: say('about.detail', { electron, chromium: chrome, node }),
        buttons: [say('about.close'), say('about.licences')],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      });
      // It resolves with what went wrong, and with nothing when nothing did.
      if (chosen !== 1 || (await shell.openPath(licences)) === '') return;
      await tellPlace('about.licencesAt', licences);
    },
    tellPlace,
    async tellFailure(thrown) {
      const { explain, say } = options.words();
      const { title, advice } = explain(toWireError(thrown));
      const buttons = [say('about.close')];
      await ask({ type: 'warning', title: app.getName(), message: title, detail: advice, buttons, noLink: true });
    },
    checkForUpdates: releases === null ? null : () => openReleases(releases),
  };
}
