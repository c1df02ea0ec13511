import { app, dialog } from 'electron';
import type { MessageKey, Words } from '../words.ts';
import type { WayOut } from './leaving.ts';
import type { MainWindow } from './main-window.ts';
import type { WayOn } from './surprises.ts';

// Questions that main asks with the system's own boxes: the page may not be there to ask them.

interface Question {
  readonly type: 'question' | 'warning';
  readonly message: MessageKey;
  readonly detail: MessageKey;
  readonly buttons: readonly MessageKey[];
  readonly defaultId: number;
  /** The button that a closed box stands for. */
  readonly cancelId: number;
  readonly signal?: AbortSignal;
}

async function ask({ say }: Words, window: MainWindow, question: Question): Promise<number> {
  const options: Electron.MessageBoxOptions = {
    ...question,
    title: app.getName(),
    message: say(question.message),
    detail: say(question.detail),
    buttons: question.buttons.map((button) => say(button)),
    noLink: true,
  };
  const parent = window.get();
  // Called through the module object each time, so that what replaces it in a test is seen.
  return (await (parent ? dialog.showMessageBox(parent, options) : dialog.showMessageBox(options))).response;
}

/** Asks what to do about something that went wrong unexpectedly; without `mayGoOn` the app ends either way. */
export async function askAboutSurprise(
  words: Words,
  window: MainWindow,
  { mayGoOn }: { readonly mayGoOn: boolean },
): Promise<WayOn> {
  const ways: readonly WayOn[] = mayGoOn ? ['go-on', 'save-report', 'quit'] : ['save-report', 'quit'];
  const answer = await ask(words, window, {
    type: 'warning',
    message: mayGoOn ? 'surprise.goes-on.question' : 'surprise.ends.question',
    detail: mayGoOn ? 'surprise.goes-on.detail' : 'surprise.ends.detail',
    buttons: ways.map((way) => surpriseButtons[way]),
    defaultId: 0,
    cancelId: ways.indexOf(mayGoOn ? 'go-on' : 'quit'),
  });
  return ways[answer] ?? (mayGoOn ? 'go-on' : 'quit');
}

const surpriseButtons: Readonly<Record<WayOn, MessageKey>> = {
  'go-on': 'surprise.go-on',
  'save-report': 'report.save',
  quit: 'surprise.quit',
};

const waysOut: readonly WayOut[] = ['in-background', 'after-batch', 'cancel', 'stay'];

/** Asks the person what becomes of the runs under way. */
export async function askHowToLeave(words: Words, window: MainWindow): Promise<WayOut> {
  const answer = await ask(words, window, {
    type: 'question',
    message: 'quit.question',
    detail: 'quit.detail',
    buttons: ['quit.inBackground', 'quit.afterBatch', 'quit.cancelRun', 'quit.stay'],
    defaultId: waysOut.indexOf('in-background'),
    cancelId: waysOut.indexOf('stay'),
  });
  return waysOut[answer] ?? 'stay';
}

/** Asks whether a page that keeps crashing is to be loaded once more, at its beginning. */
export async function askAboutCrashes(words: Words, window: MainWindow): Promise<boolean> {
  const answer = await ask(words, window, {
    type: 'warning',
    message: 'crashes.question',
    detail: 'crashes.detail',
    buttons: ['crashes.again', 'menu.quit'],
    defaultId: 0,
    cancelId: 1,
  });
  return answer === 0;
}

/** Asks whether a page that does not answer is to be loaded anew. The box goes when it answers again. */
export async function askAboutHang(words: Words, window: MainWindow, answers: AbortSignal): Promise<boolean> {
  const answer = await ask(words, window, {
    type: 'warning',
    message: 'hang.question',
    detail: 'hang.detail',
    buttons: ['hang.wait', 'hang.reload'],
    defaultId: 0,
    cancelId: 0,
    signal: answers,
  });
  return answer === 1;
}
