import path from 'node:path';
import {
  authenticate,
  choosePracticeAccount,
  confirmPermission,
  createList,
  dropSegment,
  exportNow,
  finishSignIn,
  followRun,
  nameExport,
  readBalance,
  readCounts,
  saveConnection,
  saveExport,
} from '../../e2e/fixtures/main-job.ts';
import { launchSegue, type SegueApp } from '../../e2e/fixtures/segue-app.ts';
import type { RunView } from '../../preload/contract/views.ts';
import { expectedContacts } from './expected-contacts.ts';
import { landedOn } from './landed.ts';
import { type Narrator, written } from './narrator.ts';
import type { DemoOptions } from './options.ts';
import { openSystemBrowser, type SystemBrowser } from './system-browser.ts';
import type { Outcome } from './verdict.ts';

const names = {
  en: { list: 'Autumn customers', export: 'Autumn newsletter' },
  fr: { list: 'Clients d’automne', export: 'Infolettre d’automne' },
} as const;

/** Keeps account of what is open, so that it can be closed when the demo is broken off. */
export interface Stage {
  opened(close: () => Promise<unknown>): void;
  closed(close: () => Promise<unknown>): void;
}

export interface Performance extends DemoOptions {
  /** The segment that is dropped. */
  readonly file: string;
  readonly profile: string;
  readonly narrator: Narrator;
  readonly stage: Stage;
}

/** Plays the main job once, takes a picture of each screen, and brings together what can be known of the result. */
export async function playMainJob(play: Performance): Promise<Outcome> {
  const { narrator, language, pictures, profile, file } = play;
  const began = Date.now();
  const segue = await launchSegue({
    profile,
    language,
    env: { SEGUE_PRACTICE_PACE: play.realPace ? 'real' : 'full-speed' },
  });
  play.stage.opened(segue.close);
  narrator.step(`Segue is open, ${written(Date.now() - began)} ms after it was started`);
  try {
    const seen = await withBrowser(play, (browser) => throughTheScreens(segue, play, browser));
    await segue.close();
    play.stage.closed(segue.close);
    const expected = await expectedContacts(file);
    return {
      ...seen,
      expected,
      landed: landedOn(profile, names[language].list, expected.addresses),
      complaints: segue.complaints(),
    };
  } catch (error) {
    await segue.page.screenshot({ path: path.join(pictures, 'where-it-stopped.png') }).catch(() => undefined);
    await segue.close().catch(() => undefined);
    throw error;
  }
}

async function withBrowser<T>(play: Performance, use: (browser: SystemBrowser) => Promise<T>): Promise<T> {
  const browser = await openSystemBrowser(play.pictures, play.language);
  play.stage.opened(browser.close);
  try {
    return await use(browser);
  } finally {
    await browser.close();
    play.stage.closed(browser.close);
  }
}

async function throughTheScreens(
  segue: SegueApp,
  { narrator, language, pictures, file }: Performance,
  browser: SystemBrowser,
): Promise<Pick<Outcome, 'balance' | 'run'>> {
  let number = 0;
  const pictureName = (name: string) => `${String(++number).padStart(2, '0')}-${name}.png`;
  const picture = (name: string) =>
    segue.page.screenshot({ path: path.join(pictures, pictureName(name)), animations: 'disabled' });

  await picture('first-launch');
  await choosePracticeAccount(segue);
  narrator.step('First launch: chose “Try with the practice account”');
  await picture('connection-wizard');

  const signInPage = await authenticate(segue);
  narrator.step('Agreed to data privacy and compliance; the browser opened the sign-in page');
  await picture('waiting-for-sign-in');
  await browser.allow(signInPage, { before: pictureName('sign-in-page'), after: pictureName('signed-in-page') });
  await finishSignIn(segue);
  narrator.step('Pressed Allow in the browser; added oneself as export user');
  await picture('signed-in');
  await saveConnection(segue);
  narrator.step('Saved the connection');
  await picture('no-exports-yet');

  const dropped = Date.now();
  await dropSegment(segue, file);
  const counts = await readCounts(segue);
  narrator.step(
    `Dropped ${path.basename(file)}: ${written(counts.rows)} rows read and checked in ${written(Date.now() - dropped)} ms, ` +
      `${written(counts.valid)} valid, ${written(counts.invalid)} invalid, ${written(counts.duplicates)} duplicates`,
  );
  await createList(segue, names[language].list);
  await nameExport(segue, names[language].export);
  narrator.step(`Made the list “${names[language].list}” in the account; columns were matched from the headings`);
  await picture('export');
  await saveExport(segue);
  narrator.step('Saved the export: nothing is sent by that');
  await exportNow(segue, 'exports.export-now');
  await picture('permission');

  const started = Date.now();
  const runId = await confirmPermission(segue);
  narrator.step('Confirmed that the people agreed to be mailed; Export now');
  let pictured = false;
  const run = await followRun(segue, runId, async ({ progress }: RunView) => {
    if (progress.phase === 'preparing') return;
    narrator.progress(progress.rowsSettled, progress.rowsToSend);
    if (!pictured && progress.phase !== 'ended' && progress.rowsSettled > 0) {
      pictured = true;
      await picture('run-under-way');
    }
  });
  narrator.progressDone();
  await segue.page.getByRole('button', { name: segue.words.say('run.export-again'), exact: true }).waitFor();
  const balance = await readBalance(segue);
  narrator.step(
    `The run ended as ${run.state} after ${written(Date.now() - started)} ms: ${written(balance.accepted)} of ${written(balance.rowsRead)} rows accepted`,
  );
  await picture('balance');

  await segue.page.getByRole('button', { name: segue.words.say('connections.open-practice'), exact: true }).click();
  if (await browser.show(await segue.nextOpenedAddress(), pictureName('practice-account'))) {
    narrator.step('Looked at what landed, in the practice account');
  }
  await segue.page.getByRole('button', { name: segue.words.say('nav.exports'), exact: true }).click();
  await picture('exports');
  return { balance, run };
}
