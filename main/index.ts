import { app, dialog } from 'electron';
import { startCommand } from './desktop/command-start.ts';
import { systemLanguage } from './desktop/create-ports.ts';
import { makeProfile } from './desktop/profile-folder.ts';
import { registerOwnScheme } from './desktop/serve-window.ts';
import { openShell, type Shell } from './desktop/shell.ts';
import { isLoginStart } from './desktop/start-at-login.ts';
import { filesOfMessage, readStartOptions } from './desktop/start-options.ts';
import { toWireError } from './errors/segue-error.ts';
import { createWords } from './words.ts';

// Everything up to the lock happens before `ready`, and the lock comes before anything that the profile holds is touched.
// What the profile holds, and what is saved out of it, is personal data: for this user alone.
process.umask(0o077);
registerOwnScheme();
app.enableSandbox();
app.setAppUserModelId('io.github.segue.Segue');

const start = readStartOptions(process.argv, process.env, process.cwd(), {
  defaultApp: process.defaultApp === true,
});
const profileTrouble = takeProfile();

let shell: Shell | null = null;
/** Whether somebody has asked for the window, by a file or a second start; the start itself decides when it is ready. */
let windowWanted = start.files.length > 0;
/** Files that Segue was asked to open before it was ready to. */
const filesWaiting = [...start.files];

/** Brings the window forward, opens it, or has it opened as soon as the app is ready for it. */
function showWindow(): void {
  windowWanted = true;
  if (shell === null) return;
  shell.leaving.stay();
  shell.window.show();
  beginWork(shell);
  if (filesWaiting.length > 0) shell.openFiles(filesWaiting.splice(0));
}

/** What the app does by itself. A command alone takes no files in and runs no schedules. */
function beginWork({ application }: Shell): void {
  application.watchFolders();
  application.startSchedules();
}

/** Files opened with Segue or dropped on its icon, and the window to see them in. */
function openFiles(files: readonly string[]): void {
  filesWaiting.push(...files);
  showWindow();
}

function setShell(opened: Shell): void {
  shell = opened;
  if (windowWanted) showWindow();
}

// A later start without a command opens the window of an app that was started for one. Its arguments arrive reordered
// and with Chromium's among them, so that it reads them itself and sends what they come to.
app.on('second-instance', (_event, _argv, _folder, data) => {
  const files = filesOfMessage(data);
  if (files !== null) openFiles(files);
});
app.on('activate', showWindow);
// macOS; may come before `ready`.
app.on('open-file', (event, file) => {
  event.preventDefault();
  openFiles([file]);
});

if (profileTrouble !== null) {
  const { title, advice } = explained(profileTrouble);
  if (start.command === null) dialog.showErrorBox(title, advice);
  else process.stderr.write(`${title}\n${advice}\n`);
  app.exit(1);
} else if (start.command !== null) {
  void startCommand(start, start.command, __dirname, setShell);
} else if (!app.requestSingleInstanceLock({ kind: 'window', files: start.files })) {
  app.exit(0);
} else {
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin' && shell?.staysInTray() !== true) app.quit();
  });
  void startWithWindow();
}

async function startWithWindow(): Promise<void> {
  await app.whenReady();
  const tell = (error: unknown) => {
    const { title, advice } = explained(error);
    dialog.showErrorBox(title, advice);
  };
  try {
    const opened = await openShell({ outMain: __dirname, language: start.language, forCommand: false, tell });
    // Without a window it must be found in the tray.
    const hidden = (start.hidden || isLoginStart()) && opened.staysInTray();
    if (!hidden) windowWanted = true;
    setShell(opened);
    beginWork(opened);
  } catch (thrown) {
    tell(thrown);
    app.exit(1);
  }
}

/** Lets the app keep its data where this start wants it; what is wrong with that place, or null. */
function takeProfile(): unknown {
  if (start.profile === null) return null;
  try {
    makeProfile(start.profile);
    app.setPath('userData', start.profile);
    return null;
  } catch (thrown) {
    return thrown;
  }
}

/** An error in words before anything is open that knows the person's settings. */
function explained(error: unknown): { title: string; advice: string } {
  const { language, formatLocale } = systemLanguage(start.language);
  return createWords(language, formatLocale).explain(toWireError(error));
}
