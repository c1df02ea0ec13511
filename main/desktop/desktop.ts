import path from 'node:path';
import { app, type BrowserWindow, dialog, powerSaveBlocker, shell } from 'electron';
import { SegueError } from '../errors/segue-error.ts';
import type { Desktop, PlaceOfWindow } from '../ports.ts';
import type { Words } from '../words.ts';
import { mayOpenExternally } from './external-address.ts';
import type { Log } from './log.ts';
import { taskbarProgress } from './taskbar-progress.ts';

/** Endings offered in the open dialog; what a file really is shows its content. */
const segmentEndings = ['csv', 'tsv', 'txt', 'xlsx', 'json', 'ndjson', 'jsonl', 'parquet', 'gz', 'zip'];

/**
 * Dialogs, taskbar, power and browser of the computer. `window` is the window in front, or null: the command line has
 * none. `practiceOrigins` are the loopback origins that may be opened in the browser just now.
 */
export function createDesktop(options: {
  window: () => BrowserWindow | null;
  words: () => Words;
  practiceOrigins: () => Iterable<string>;
  bringToFront: () => void;
  notifications: Pick<Desktop, 'isInFront' | 'notify'>;
  startAtLogin: Pick<Desktop, 'startsAtLogin' | 'setStartAtLogin'>;
  place: PlaceOfWindow;
  beginAnew: () => void;
  log: Log;
}): Desktop {
  const { window, words, practiceOrigins, bringToFront, notifications, place, beginAnew, log } = options;
  // Without defaultPath every dialog would open in Downloads (electron-facts.md 1.3, 43).
  const folderOrDocuments = (folder: string) => (folder === '' ? app.getPath('documents') : folder);
  let failureShown = false;
  app.on('browser-window-focus', (_event, focused) => {
    if (failureShown) focused.setProgressBar(-1, { mode: 'none' });
    failureShown = false;
  });
  return {
    async openExternal(url) {
      if (!mayOpenExternally(url, practiceOrigins())) throw new SegueError('ipc.invalid-input');
      await shell.openExternal(url);
    },
    async chooseFiles({ defaultFolder, what = 'rows' }) {
      const { say } = words();
      const title = say(what === 'set-up' ? 'dialog.openSetUp.title' : 'dialog.chooseFiles.title');
      const dialogOptions: Electron.OpenDialogOptions = {
        title,
        message: title,
        buttonLabel: say('dialog.chooseFiles.button'),
        defaultPath: folderOrDocuments(defaultFolder),
        properties:
          what === 'set-up' ? ['openFile', 'dontAddToRecent'] : ['openFile', 'multiSelections', 'dontAddToRecent'],
        filters: [
          what === 'set-up'
            ? { name: say('dialog.setUp.files'), extensions: ['json'] }
            : { name: say('dialog.chooseFiles.segments'), extensions: segmentEndings },
          { name: say('dialog.chooseFiles.all'), extensions: ['*'] },
        ],
      };
      const parent = window();
      // Called through the module object each time, so that what replaces it in a test is seen.
      const answer = await (parent
        ? dialog.showOpenDialog(parent, dialogOptions)
        : dialog.showOpenDialog(dialogOptions));
      return answer.canceled ? [] : answer.filePaths;
    },
    async chooseFolder({ defaultFolder }) {
      const { say } = words();
      const dialogOptions: Electron.OpenDialogOptions = {
        title: say('dialog.chooseFolder.title'),
        message: say('dialog.chooseFolder.title'),
        buttonLabel: say('dialog.chooseFolder.button'),
        defaultPath: folderOrDocuments(defaultFolder),
        properties: ['openDirectory', 'dontAddToRecent'],
      };
      const parent = window();
      const answer = await (parent
        ? dialog.showOpenDialog(parent, dialogOptions)
        : dialog.showOpenDialog(dialogOptions));
      return answer.canceled ? null : (answer.filePaths[0] ?? null);
    },
    async chooseWhereToSave({ defaultFolder, fileName, what = 'rows' }) {
      const { say } = words();
      const title = say(what === 'set-up' ? 'dialog.saveSetUp.title' : 'dialog.saveRejected.title');
      const dialogOptions: Electron.SaveDialogOptions = {
        title,
        message: title,
        buttonLabel: say('dialog.saveRejected.button'),
        defaultPath: path.join(folderOrDocuments(defaultFolder), fileName),
        properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
        filters: [
          what === 'set-up'
            ? { name: say('dialog.setUp.files'), extensions: ['json'] }
            : { name: say('dialog.saveRejected.csv'), extensions: ['csv'] },
          { name: say('dialog.chooseFiles.all'), extensions: ['*'] },
        ],
      };
      const parent = window();
      const answer = await (parent
        ? dialog.showSaveDialog(parent, dialogOptions)
        : dialog.showSaveDialog(dialogOptions));
      return answer.canceled || answer.filePath === '' ? null : answer.filePath;
    },
    showProgress(progress) {
      const { value, mode } = taskbarProgress(progress, {
        platform: process.platform,
        inFront: notifications.isInFront(),
      });
      window()?.setProgressBar(value, { mode });
      failureShown = mode === 'error';
    },
    preventSleep() {
      const blocker = powerSaveBlocker.start('prevent-app-suspension');
      let active = true;
      return () => {
        if (active) powerSaveBlocker.stop(blocker);
        active = false;
      };
    },
    bringToFront,
    ...notifications,
    ...options.startAtLogin,
    place,
    beginAnew,
    noteFailure: ({ kind, name, places }) => log.note(`page ${kind}`, { name, places: places.join(' ') }),
  };
}
