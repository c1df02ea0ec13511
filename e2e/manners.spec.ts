import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { problemsOf } from './fixtures/axe.ts';
import * as job from './fixtures/main-job.ts';
import { projectRoot, type SegueApp } from './fixtures/segue-app.ts';
import { expect, test } from './fixtures/test.ts';

// What people expect of any program on their desktop.

let folder: string;
let segment: string;
test.beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'segue-manners-'));
  segment = path.join(folder, 'Spring.csv');
  writeFileSync(segment, 'Email,First name\r\nada@example.com,Ada\r\nbo@example.com,Bo\r\n');
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const exportName = (segue: SegueApp) => segue.page.getByRole('textbox', { name: segue.words.say('export.name') });
const dialogOf = (segue: SegueApp) => segue.page.getByRole('alertdialog');
const windowsOf = (segue: SegueApp) => segue.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
const closeWindow = (segue: SegueApp) =>
  segue.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
const ended = (segue: SegueApp) => new Promise<number | null>((resolve) => segue.app.process().once('exit', resolve));

/** An export with a segment and a name that is stored nowhere. */
async function editExport(segue: SegueApp): Promise<void> {
  await job.dropSegment(segue, segment);
  await exportName(segue).fill('Spring letter');
}

test('unsaved changes are asked about before the window closes, and before the app quits', async ({
  start,
  picture,
}) => {
  const segue = await start();
  const { words } = segue;
  await editExport(segue);
  const question = dialogOf(segue).getByText(words.say('leave.text'));

  await closeWindow(segue);
  await question.waitFor();
  await picture(segue, 'manners-unsaved');
  await dialogOf(segue)
    .getByRole('button', { name: words.say('leave.stay') })
    .click();
  await question.waitFor({ state: 'detached' });
  expect(await windowsOf(segue)).toBe(1);
  await expect(exportName(segue)).toHaveValue('Spring letter');
  // Whoever goes on editing goes on where they were.
  await expect(exportName(segue)).toBeFocused();

  await segue.app.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []);
    items?.find(({ role }) => role === 'quit')?.click();
  });
  await question.waitFor();
  // Asked once, however often they quit.
  await segue.app.evaluate(({ app }) => app.quit());
  await expect(question).toHaveCount(1);
  await dialogOf(segue).press('Escape');
  await question.waitFor({ state: 'detached' });
  await expect(exportName(segue)).toHaveValue('Spring letter');

  await closeWindow(segue);
  await question.waitFor();
  const end = ended(segue);
  await dialogOf(segue)
    .getByRole('button', { name: words.say('leave.discard') })
    .click();
  if (process.platform !== 'darwin') expect(await end).toBe(0);
});

test('a page that crashes comes back where it was, with what was being edited', async ({ start, picture }) => {
  const segue = await start();
  const { page, words } = segue;
  await editExport(segue);
  // What main has been told of is what comes back.
  await expect
    .poll(async () => {
      const kept = await page.evaluate(() => window.segue.call('app.takePlace', {}));
      return kept.ok ? kept.value.place : null;
    })
    .toContain('Spring letter');
  await segue.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    contents?.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 11 });
  });
  await page.getByText(words.say('notice.page-crashed')).waitFor();
  await expect(exportName(segue)).toHaveValue('Spring letter');
  await page.getByTestId('count-rows').waitFor();
  expect(await problemsOf(segue)).toEqual([]);
  await picture(segue, 'manners-page-came-back');
});

/** Double-clicks a file while Segue runs: a second start of the program, standing in the file's folder. */
async function startAgain(segue: SegueApp, args: readonly string[]): Promise<number | null> {
  const second = spawn(segue.app.process().spawnfile, [projectRoot, ...args], {
    cwd: folder,
    env: { ...process.env, SEGUE_PROFILE: segue.profile },
    stdio: 'ignore',
  });
  return new Promise((resolve) => second.once('exit', resolve));
}

test('a second start brings the window forward, and the file that it opens arrives like a dropped one', async ({
  start,
}) => {
  const segue = await start();
  const { page, words } = segue;
  const title = page.getByRole('heading', { level: 1, name: words.say('export.title.new') });
  await segue.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  expect(await startAgain(segue, [])).toBe(0);
  const standing = () =>
    segue.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return { minimized: window?.isMinimized(), visible: window?.isVisible() };
    });
  await expect.poll(standing).toEqual({ minimized: false, visible: true });
  expect(await startAgain(segue, ['Spring.csv'])).toBe(0);
  await title.waitFor();
  await page.getByTestId('count-rows').waitFor();
  expect((await segue.snapshot()).segments.map(({ name }) => name)).toEqual(['Spring']);
  expect(await windowsOf(segue)).toBe(1);

  // While a question lies over the window, files wait for the answer.
  await closeWindow(segue);
  await dialogOf(segue).getByText(words.say('leave.text')).waitFor();
  writeFileSync(path.join(folder, 'Autumn.csv'), 'Email\r\ncy@example.com\r\n');
  await startAgain(segue, ['--lang=fr', 'Autumn.csv', 'https://example.com/x.csv']);
  await dialogOf(segue)
    .getByRole('button', { name: words.say('leave.stay') })
    .click();
  await page.getByText('Autumn', { exact: true }).first().waitFor();
  await expect
    .poll(async () => (await segue.snapshot()).segments.map(({ name }) => name).sort())
    .toEqual(['Autumn', 'Spring']);

  // A file that is not there is said to be missing.
  await startAgain(segue, ['Gone.csv']);
  await page.getByText(words.say('error.segment.missing.title', { file: 'Gone.csv' })).waitFor();
});

test('what macOS hands over opens too', async ({ start }) => {
  const segue = await start();
  const prevented = await segue.app.evaluate(({ app }, file) => {
    let was = false;
    app.emit(
      'open-file',
      {
        preventDefault: () => {
          was = true;
        },
      },
      file,
    );
    return was;
  }, segment);
  expect(prevented).toBe(true);
  await segue.page.getByTestId('count-rows').waitFor();
});
