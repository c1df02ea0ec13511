import { chromium } from './chromium.ts';
import { openPageWindow } from './page-window.ts';

/** What a dialog of the stand-in shows and asks. */
export interface DialogQuestion {
  readonly title: string;
  readonly text: readonly string[];
  readonly buttons: readonly string[];
  /** The button that Escape and closing the window stand for. */
  readonly cancelId: number;
  readonly defaultId: number;
  readonly checkbox?: { readonly label: string; readonly checked: boolean };
  /** A file input, with the `accept` list and whether folders or several files are asked for. */
  readonly files?: { readonly accept: string; readonly folder: boolean; readonly several: boolean };
  /** A line for a path to save to, filled with this. */
  readonly path?: string;
}

export interface DialogAnswer {
  readonly button: number;
  readonly checked: boolean;
  readonly files: readonly string[];
  readonly path: string;
}

const size = { width: 480, height: 260 };
const binding = 'answerDialog';

/** Runs in the dialog's page: builds it of plain elements, so that no text of the app is read as markup. */
const pageScript = `(question) => {
  const add = (parent, name, properties = {}) => parent.appendChild(Object.assign(document.createElement(name), properties));
  const { body } = document;
  body.textContent = '';
  document.title = question.title;
  body.style.cssText = 'font: 14px/1.5 system-ui; margin: 24px; display: grid; gap: 12px; color-scheme: light dark; background: Canvas';
  for (const line of question.text) add(body, 'div', { textContent: line });
  const form = add(body, 'form', { style: 'display: grid; gap: 12px' });
  const files = question.files && add(form, 'input', { type: 'file', id: 'files', accept: question.files.accept,
    multiple: question.files.several, webkitdirectory: question.files.folder });
  const path = question.path !== undefined && add(form, 'input', { type: 'text', value: question.path, size: 50 });
  const label = question.checkbox && add(form, 'label');
  const box = label && add(label, 'input', { type: 'checkbox', checked: question.checkbox.checked });
  label?.append(' ' + question.checkbox.label);
  const row = add(form, 'div', { style: 'display: flex; gap: 8px; justify-content: flex-end' });
  const answer = (button) => ${binding}(JSON.stringify({ button, checked: box?.checked ?? false, path: path ? path.value : '' }));
  question.buttons.forEach((text, index) => {
    const button = add(row, 'button', { type: 'button', textContent: text });
    button.addEventListener('click', () => answer(index));
    if (index === question.defaultId) button.focus();
  });
  form.addEventListener('submit', (event) => { event.preventDefault(); answer(question.defaultId); });
  addEventListener('keydown', (event) => { if (event.key === 'Escape') answer(question.cancelId); });
}`;

/**
 * Asks a person in a small window of its own, since Chromium has no message boxes to borrow; its file input opens the
 * desktop's own chooser. Closing the window answers `cancelId`.
 */
export async function askInWindow(question: DialogQuestion): Promise<DialogAnswer> {
  const browser = await chromium();
  const root = browser.connection.browser;
  const targetId = await openPageWindow(browser, size);
  const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: true });
  const session = browser.connection.session(sessionId);
  const answered = Promise.withResolvers<Pick<DialogAnswer, 'button' | 'checked' | 'path'>>();
  const cancelled = { button: question.cancelId, checked: question.checkbox?.checked ?? false, path: '' };
  const forget = root.on('Target.detachedFromTarget', (gone) => {
    if (gone.sessionId === sessionId) answered.resolve(cancelled);
  });
  session.on('Runtime.bindingCalled', ({ payload }) => answered.resolve(JSON.parse(payload) as typeof cancelled));
  const { windowId } = await root.send('Browser.getWindowForTarget', { targetId });
  await root.send('Browser.setWindowBounds', { windowId, bounds: size });
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: binding });
  await session.send('Runtime.evaluate', { expression: `(${pageScript})(${JSON.stringify(question)})` });
  const answer = await answered.promise;
  forget();
  const files: string[] = [];
  if (question.files !== undefined && answer.button !== question.cancelId) {
    const expression = `document.querySelector('#files').files.length`;
    const { result } = await session.send('Runtime.evaluate', { expression });
    for (let at = 0; at < Number(result.value); at += 1) {
      const file = await session.send('Runtime.evaluate', {
        expression: `document.querySelector('#files').files[${at}]`,
      });
      if (file.result.objectId === undefined) continue;
      files.push((await session.send('DOM.getFileInfo', { objectId: file.result.objectId })).path);
    }
  }
  await root.send('Target.closeTarget', { targetId }).catch(() => undefined);
  return { ...answer, files };
}
