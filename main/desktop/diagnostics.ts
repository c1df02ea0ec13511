import { statfsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { app, type BrowserWindow, dialog, screen, shell } from 'electron';
import type { Diagnostics } from '../ports.ts';
import type { Words } from '../words.ts';
import type { LogFile } from './log.ts';

const mega = 1_000_000;

/** What a report tells of the computer, the log, and the dialog that saves a report. */
export function createDiagnostics(options: {
  readonly userData: string;
  readonly log: LogFile;
  readonly words: () => Words;
  readonly window: () => BrowserWindow | null;
}): Diagnostics {
  const { userData, log, words, window } = options;
  return {
    versions() {
      const { electron = '', chrome = '', node, v8, modules } = process.versions;
      return { electron, chromium: chrome, node, v8, modules };
    },
    computer: () => ({
      platform: process.platform,
      architecture: process.arch,
      system: os.release(),
      packaged: app.isPackaged,
      processors: os.cpus().length,
      memoryMb: Math.round(os.totalmem() / mega),
      memoryFreeMb: Math.round(os.freemem() / mega),
      memoryUsedMb: Math.round(process.memoryUsage.rss() / mega),
      diskFreeMb: diskFreeMb(userData),
      upForSeconds: Math.round(process.uptime()),
      screens: screen
        .getAllDisplays()
        .map(({ size, scaleFactor }) => `${size.width}x${size.height}@${scaleFactor}`)
        .join(' '),
      systemLanguage: app.getLocale(),
      formats: app.getSystemLocale(),
    }),
    logLines: (limit) => log.newest(limit),
    // It resolves with what went wrong, and with nothing when nothing did.
    openLogFolder: async () => ((await shell.openPath(log.folder)) === '' ? null : log.folder),
    async chooseWhereToSave(fileName) {
      const { say } = words();
      const question: Electron.SaveDialogOptions = {
        title: say('report.title'),
        message: say('report.title'),
        buttonLabel: say('dialog.saveRejected.button'),
        defaultPath: path.join(app.getPath('documents'), fileName),
        properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
        filters: [
          { name: say('dialog.report.files'), extensions: ['json'] },
          { name: say('dialog.chooseFiles.all'), extensions: ['*'] },
        ],
      };
      const parent = window();
      const answer = await (parent ? dialog.showSaveDialog(parent, question) : dialog.showSaveDialog(question));
      return answer.canceled || answer.filePath === '' ? null : answer.filePath;
    },
  };
}

function diskFreeMb(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return Math.round((bavail * bsize) / mega);
  } catch {
    return -1;
  }
}
