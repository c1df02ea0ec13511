import path from 'node:path';
import { app, nativeTheme, powerMonitor } from 'electron';
import type { Application, ScheduledExport } from '../application.ts';
import { type CommandDesk, createCommandDesk } from '../cli/command-desk.ts';
import { listenForHandOver } from '../cli/hand-over-server.ts';
import { createApplication } from '../compose.ts';
import { SegueError } from '../errors/segue-error.ts';
import { publishEvents } from '../ipc/publish-events.ts';
import { registerCalls } from '../ipc/register-calls.ts';
import { eraseProfile } from '../kept/erase-profile.ts';
import { settingsViewOf } from '../settings-view.ts';
import { createWords, type Words } from '../words.ts';
import { createAbout } from './about.ts';
import { askAboutCrashes, askAboutHang, askAboutSurprise, askHowToLeave } from './ask.ts';
import { createPorts, makeFolders, systemLanguage } from './create-ports.ts';
import { createDesktop } from './desktop.ts';
import { createDiagnostics } from './diagnostics.ts';
import { loopbackOrigin } from './external-address.ts';
import { guardContents, guardPermissions } from './guard-contents.ts';
import { createLeaving, type Leaving } from './leaving.ts';
import { createLog, type Log } from './log.ts';
import { createMainWindow, type MainWindow } from './main-window.ts';
import { installMenu } from './menu.ts';
import { createMenuActions } from './menu-actions.ts';
import { createNotifications } from './notifications.ts';
import { createPracticeProcess } from './practice-process.ts';
import { createRenewableApplication } from './renewable-application.ts';
import { serveWindow } from './serve-window.ts';
import { createSettingsStore } from './settings-store.ts';
import { createStartAtLogin } from './start-at-login.ts';
import { createSurprises } from './surprises.ts';
import { createTray } from './tray.ts';
import { createWindowPlace } from './window-place.ts';

/** The running app: its engine, its window, the desk where commands are carried out, and the way out. */
export interface Shell {
  readonly application: Application;
  readonly window: MainWindow;
  readonly desk: CommandDesk;
  readonly leaving: Leaving;
  readonly log: Log;
  /** Has the window take in files as if they had been dropped on it; it must be shown or about to be. */
  openFiles(files: readonly string[]): void;
  words(): Words;
  /** Whether the app goes on when its window is closed. */
  staysInTray(): boolean;
}

export interface ShellOptions {
  /** Folder of the bundled entries. */
  readonly outMain: string;
  /** The tag given with `--lang`. */
  readonly language: string | null;
  /** Whether nobody sits in front of a window: then nothing is asked and errors go to `tell` alone. */
  readonly forCommand: boolean;
  /** Says an error that the app cannot get over. */
  readonly tell: (error: unknown) => void;
}

/**
 * Wires everything, after `ready` and while holding the profile's lock. Opens no window. Throws what opening the
 * profile throws.
 */
export async function openShell(options: ShellOptions): Promise<Shell> {
  const userData = app.getPath('userData');
  const log = createLog(path.join(userData, 'logs'), () => Date.now());
  const system = systemLanguage(options.language);
  const settings = createSettingsStore(userData, (cause) => log.error('settings damaged', cause));
  const words = () => {
    const { language, formatLocale } = settingsViewOf(settings.get(), system, null);
    return createWords(language, formatLocale);
  };
  nativeTheme.themeSource = settings.get().themeChoice;

  const practice = createPracticeProcess({
    entry: path.join(options.outMain, 'practice-process.cjs'),
    userData,
    pace: process.env.SEGUE_PRACTICE_PACE ?? 'real',
    language: () => words().language,
  });
  const fail = (error: unknown) => {
    log.error('fatal', error);
    options.tell(error);
    leaving.leave({ ask: false, code: 1 });
  };
  const staysInTray = () => settings.get().stayInTray;
  let toldOfTray = false;
  /** Once: a window that goes and a program that stays are easily taken for an end, or for a fault. */
  const tellOfTray = () => {
    if (toldOfTray) return;
    toldOfTray = true;
    const { say } = words();
    desktop.notify({ title: say('tray.stays.title'), body: say('tray.stays.body'), opens: { name: 'exports' } });
  };
  const place = createWindowPlace(() => publisher.publishCommand('ask-to-leave'));
  const window = createMainWindow({
    preload: path.join(options.outMain, '..', 'preload', 'index.cjs'),
    userData,
    log,
    words,
    mayClose: () => {
      if (leaving.hasBegun()) return true;
      if (place.isUnsaved()) {
        void place.askToLeave().then((leave) => leave && window.get()?.close());
        return false;
      }
      if (process.platform === 'darwin' || staysInTray() || !application.hasActiveRun()) return true;
      leaving.leave({ ask: true });
      return false;
    },
    pageCrashed: () => {
      publisher.pageLost();
      place.pageCrashed();
    },
    closed: () => {
      publisher.pageLost();
      place.forget();
      if (!leaving.hasBegun() && staysInTray()) tellOfTray();
    },
    sessionEnds: () => leaving.leave({ ask: false }),
    tryAgain: async () => {
      const again = await askAboutCrashes(words(), window);
      // What it kept may be what it crashes over, and a page that is gone can be asked nothing.
      place.forget();
      if (!again) leaving.leave({ ask: true });
      return again;
    },
    giveItUp: (answers) => askAboutHang(words(), window, answers),
    failed: (cause) => fail(new Error("The window's preload failed", { cause })),
  });
  const desktop = createDesktop({
    window: () => window.get(),
    words,
    practiceOrigins: () => [...practice.origins(), loopbackOrigin(process.env.SEGUE_AUTH_URL) ?? []].flat(),
    // Only a window that is there: the command line opens none by itself.
    bringToFront: () => window.get() && window.show(),
    notifications: createNotifications({
      window: () => window.get(),
      // A command in a terminal tells its own end.
      allowed: () => settings.get().notifications && !(options.forCommand && window.get() === null),
      open: (wanted) => {
        leaving.stay();
        publisher.publishPlace(wanted);
      },
      words,
      log,
    }),
    startAtLogin: createStartAtLogin(),
    place,
    beginAnew: () => {
      place.forget();
      publisher.pageLost();
      window.beginAnew();
    },
    log,
  });
  const diagnostics = createDiagnostics({ userData, log, words, window: () => window.get() });
  const startOver = () => {
    // The answer that it will be done leaves first.
    setTimeout(() => {
      application
        .renew(async () => {
          await practice.stop();
          await eraseProfile(userData);
          settings.reset();
        })
        .then(() => {
          nativeTheme.themeSource = settings.get().themeChoice;
          putMenu();
          desktop.beginAnew();
        })
        .catch(fail);
    }, 100);
  };
  const application = await createRenewableApplication(() =>
    createApplication(
      createPorts({
        folders: makeFolders(userData),
        outMain: options.outMain,
        system,
        settings,
        desktop,
        diagnostics,
        practice,
        startOver,
      }),
      (error) => log.error('engine', error),
    ),
  );
  const desk = createCommandDesk(application, (name, thrown) => log.error(`command ${name}`, thrown));
  const handOver = await listenForHandOver({ userData, desk, log });
  const leaving = createLeaving(app, {
    hasUnsaved: () => place.isUnsaved(),
    askUnsaved: () => place.askToLeave(),
    hasActiveRun: () => application.hasActiveRun(),
    askHow: async () => (options.forCommand && window.get() === null ? 'at-once' : askHowToLeave(words(), window)),
    keepRunning: () => window.show(),
    closeWindow: () => window.get()?.close(),
    endRuns: (how) => application.endRuns(how),
    untilIdle: () => untilIdle(application),
    stop: async (limitMs) => {
      await desk.cancelAll(limitMs);
      await handOver.close();
      await application.stop(limitMs);
      await practice.stop();
    },
  });

  serveWindow(path.join(options.outMain, '..', 'renderer'));
  guardPermissions();
  guardContents();
  const publisher = publishEvents(application, window);
  registerCalls({
    application,
    log,
    isOwnWindow: (contents) => window.owns(contents),
    answered: (name) => name === 'app.getSnapshot' && publisher.pageListens(),
  });
  const about = createAbout({ outMain: options.outMain, words, window: () => window.get() });
  const menuActions = createMenuActions({
    about,
    diagnostics,
    log,
    command: publisher.publishCommand,
    openPage: (page) => application.call('app.openPage', { page }, { via: 'window' }),
  });
  const putMenu = () => installMenu(words(), menuActions);
  putMenu();
  const showWindow = () => {
    leaving.stay();
    window.show();
  };
  const tray = createTray({
    wanted: () => staysInTray() && !options.forCommand,
    words,
    exports: () => application.scheduledExports(),
    does: {
      open: showWindow,
      runAll: (exports) => void runAll(exports),
      quit: () => app.quit(),
    },
  });
  /** What cannot be started is seen in the window: a question has to be asked, or somebody has to come in first. */
  const runAll = async (exports: readonly ScheduledExport[]) => {
    for (const { exportId } of exports) {
      const failed = await application.call('exports.run', { exportId }, { via: 'window' }).then(
        () => false,
        () => true,
      );
      if (failed) publisher.publishPlace({ name: 'exports' });
    }
  };
  tray.update();
  application.subscribe((name) => {
    if (name === 'schedules.changed' || name === 'settings.changed') tray.update();
    if (name !== 'settings.changed') return;
    nativeTheme.themeSource = settings.get().themeChoice;
    putMenu();
  });

  // Node's handlers must come after Electron's own, which are put in place before `ready`.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    // Ctrl+C comes twice, from the terminal and from whoever started this: the second one changes no command's exit code.
    process.on(signal, () =>
      leaving.leave({ ask: false, ...(options.forCommand && desk.isBusy() ? { code: 3 } : {}) }),
    );
  }
  powerMonitor.on('shutdown', () => leaving.leave({ ask: false }));
  const surprises = createSurprises({
    log: log.error,
    // A command has nobody in front of it: its terminal is told.
    ask: async (how) => {
      if (!options.forCommand || window.get() !== null) return askAboutSurprise(words(), window, how);
      if (!how.mayGoOn) options.tell(new SegueError('unexpected'));
      return how.mayGoOn ? 'go-on' : 'quit';
    },
    saveReport: () => application.saveReport(),
    end: () => leaving.leave({ ask: false, code: 1 }),
  });
  process.on('uncaughtException', surprises.uncaught);
  process.on('unhandledRejection', surprises.unhandled);
  return { application, window, desk, leaving, log, openFiles: publisher.publishFiles, words, staysInTray };
}

/** Resolves as soon as no run is under way. */
function untilIdle(application: Application): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (application.hasActiveRun()) return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = application.subscribe(look);
    look();
  });
}
