import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'playwright/test';
import { z } from 'zod';
import { generateSampleSegment } from '../main/segments/generate-sample.ts';
import { activityView, balance, runState } from '../preload/contract/views.ts';
import { command, connectPractice, holderOf, startCommand } from './fixtures/command-line.ts';
import { launchSegue } from './fixtures/segue-app.ts';
import { signInAs } from './fixtures/sign-in-browser.ts';

const result = z.strictObject({
  runId: z.string(),
  state: runState,
  balance,
  activities: z.array(activityView),
});
const resultOf = (text: string) => result.parse(JSON.parse(text));

/** What the balance promises: every row read stands in exactly one of its parts. */
function expectClosed({ rowsRead, unreadable, ...parts }: z.infer<typeof balance>): void {
  expect(unreadable).toBe(0);
  expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(rowsRead);
}

let folder: string;
let profile: string;

test.beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'segue-cli-'));
  profile = path.join(folder, 'profile');
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const sending = ['--connection', 'Practice', '--email', 'EMail', '--confirm-permission', '--json'];

test('inspect says what files are, relative to where the person stands, and needs no profile', async () => {
  writeFileSync(path.join(folder, 'a.csv'), 'sep=;\r\nEmail;Name\r\nann@example.com;"Ann; the first"\r\n');
  writeFileSync(path.join(folder, 'b.json'), '[{"Email":"bob@example.com"}]');
  const one = await command(['inspect', 'a.csv', '--json', '--rows', 'all'], { profile, folder });
  expect(one.err).toBe('');
  expect(one.code).toBe(0);
  expect(JSON.parse(one.out)).toMatchObject({
    format: 'csv',
    compression: 'none',
    encoding: 'utf-8',
    delimiter: ';',
    columns: ['Email', 'Name'],
    rowCount: 1,
    unreadable: [],
    rows: [['ann@example.com', 'Ann; the first']],
  });
  const two = await command(['inspect', 'a.csv', 'b.json', '--json'], { profile, folder });
  expect(JSON.parse(two.out)).toHaveLength(2);
  const none = await command(['inspect', 'c.csv', '--json'], { profile, folder });
  expect(none).toMatchObject({ code: 1, out: '' });
  expect(none.err.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
});

test('a wrong command line is explained on standard error, in the person’s language', async () => {
  const wrong = await command(['send', 'a.csv', '--colour', 'red'], { profile });
  expect(wrong).toMatchObject({ code: 64, out: '' });
  expect(wrong.err).toContain('--colour');
  const french = await command(['lists', '--lang', 'fr'], { profile });
  expect(french.code).toBe(64);
  expect(french.err).toContain('Utilisation');
});

test('a sign-in that comes to nothing: the browser gets its page, the caller exit code 1', async () => {
  const denied = startCommand(['connect', '--name', 'Practice', '--practice', '--agree'], { profile });
  const address = (await denied.untilSaid(/^http.*\n/m)).trim();
  expect(await signInAs(address, 'deny')).toMatch(/^http:\/\/localhost:\d+\/done$/);
  expect(await denied.ended).toMatchObject({ code: 1, out: '' });

  // Ctrl+C reaches the app from the terminal and from the launcher.
  const interrupted = startCommand(['connect', '--name', 'Practice', '--practice', '--agree'], { profile });
  await interrupted.untilSaid(/^http.*\n/m);
  const app = holderOf(profile);
  process.kill(app, 'SIGINT');
  interrupted.child.kill('SIGINT');
  const ended = await interrupted.ended;
  expect(ended).toMatchObject({ code: 1, out: '' });
  expect(ended.err).toContain('cancelled');

  writeFileSync(path.join(folder, 'a file'), '');
  const nowhere = await command(['history'], { profile: path.join(folder, 'a file') });
  expect(nowhere).toMatchObject({ code: 1, out: '' });
  expect(nowhere.err.trimEnd().split('\n')).toHaveLength(2);
});

test('connect, lists, send, run and history, with every row accounted for', async () => {
  const connected = await connectPractice('Practice', profile);
  expect(connected.code).toBe(0);
  expect(JSON.parse(connected.out)).toMatchObject({ displayName: 'Practice' });
  expect(connected.err.split('\n').filter((line) => line.includes('http'))).toHaveLength(1);

  const lists = await command(['lists', '--connection', 'Practice'], { profile });
  expect(JSON.parse(lists.out)).toContainEqual({
    listId: expect.any(String),
    name: 'Newsletter',
    membershipCount: expect.any(Number),
  });

  const file = path.join(folder, 'spring sale.csv');
  const figures = await generateSampleSegment(file, 1_000);
  const unknown = await command(['send', file, '--list', 'Spring', ...sending], { profile });
  expect(unknown).toMatchObject({ code: 1, out: '' });
  expect(unknown.err).toContain('Spring');

  const map = ['--map', 'first_name=FirstName', '--map', 'last_name=lastname'];
  const sent = await command(['send', 'spring sale.csv', '--list', 'Spring', '--create-list', ...map, ...sending], {
    profile,
    folder,
  });
  expect(sent.err).toBe('');
  expect(sent.code).toBe(2);
  const first = resultOf(sent.out);
  expectClosed(first.balance);
  expect(first).toMatchObject({
    state: 'completedWithWarnings',
    balance: {
      rowsRead: 1_000,
      accepted: figures.distinctValid,
      rejected: figures.invalid,
      duplicate: figures.duplicates,
    },
  });
  const after = await command(['lists', '--connection', 'Practice'], { profile });
  expect(JSON.parse(after.out)).toContainEqual({
    listId: expect.any(String),
    name: 'Spring',
    membershipCount: figures.distinctValid,
  });

  // The same file to the same list is the same export.
  const again = await command(['send', file, '--list', 'spring', ...sending], { profile });
  expect(again.code).toBe(2);
  const missing = await command(['send', file, '--list', 'Spring', ...sending, '--map', 'city=Town'], { profile });
  expect(missing).toMatchObject({ code: 1, out: '' });
  expect(missing.err).toContain('Town');

  const history = await command(['history', '--json'], { profile });
  const runs = z.array(result).parse(JSON.parse(history.out));
  expect(runs.map(({ runId }) => runId)).toEqual([resultOf(again.out).runId, first.runId]);
  const readable = await command(['history'], { profile });
  const lines = readable.out.trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  const exportName =
    lines[0]
      ?.match(/ {2}(\S.*) → Spring/)?.[1]
      ?.split('  ')
      .at(-1) ?? '';
  const rerun = await command(['run', exportName, '--json'], { profile });
  expect(rerun.code).toBe(2);
  expectClosed(resultOf(rerun.out).balance);
});

test('an interrupted send can be continued, and so can one that was killed', async () => {
  await connectPractice('Practice', profile);
  const file = path.join(folder, 'big.csv');
  const figures = await generateSampleSegment(file, 60_000);
  const real = { profile, env: { SEGUE_PRACTICE_PACE: 'real' } };
  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    const app = startCommand(['send', file, '--list', 'Newsletter', ...sending], real);
    // The run has begun when it stands in the history, which the running command itself answers.
    await expect
      .poll(async () => (await command(['history'], real)).out, { timeout: 60_000 })
      .toMatch(/Running.*0 of 60,000/);
    const pid = holderOf(profile);
    process.kill(signal === 'SIGKILL' ? pid : (app.child.pid ?? pid), signal);
    const ended = await app.ended;
    if (signal === 'SIGINT') {
      expect(ended.code).toBe(3);
      expectClosed(resultOf(ended.out).balance);
      expect(resultOf(ended.out).state).toBe('cancelled');
    }
    const continued = await command(['continue', '--json'], { profile });
    expect(continued.err).toBe('');
    expect(continued.code).toBe(2);
    const { balance: closed } = resultOf(continued.out);
    expectClosed(closed);
    expect(closed).toMatchObject({ rowsRead: 60_000, accepted: figures.distinctValid, unknown: 0, notSent: 0 });
  }
});

test('a command is handed over to the running window, which shows the run', async () => {
  await connectPractice('Practice', profile);
  const segue = await launchSegue({ profile });
  try {
    const file = path.join(folder, 'handed over.csv');
    const figures = await generateSampleSegment(file, 500);
    const sent = await command(['send', 'handed over.csv', '--list', 'Newsletter', ...sending], { profile, folder });
    expect(sent.err).toBe('');
    expect(resultOf(sent.out).balance.accepted).toBe(figures.distinctValid);
    const { runs } = await segue.snapshot();
    expect(runs.map(({ runId }) => runId)).toEqual([resultOf(sent.out).runId]);
    // Once people have passwords a command says for whom it is, and does no more than they may.
    await segue.page.evaluate(() =>
      window.segue.call('people.add', {
        displayName: 'Vera',
        role: 'viewer',
        password: 'vera only looks',
        ownPassword: 'administrator one',
      }),
    );
    const unnamed = await command(['history', '--json'], { profile });
    expect(unnamed).toMatchObject({ code: 1, out: '' });
    expect(unnamed.err).toContain('--password-stdin');
    const env = { SEGUE_PERSON: 'Vera', SEGUE_PASSWORD: 'vera only looks' };
    const refused = await command(['lists', '--connection', 'Practice'], { profile, env });
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('You do not have the right');
  } finally {
    await segue.close();
  }
  // The same with no app open.
  const asked = ['history', '--json', '--person', 'vera', '--password-stdin'];
  const told = await command(asked, { profile, input: 'vera only looks\nnot read\n' });
  expect(told.err).toBe('');
  expect(JSON.parse(told.out)).toHaveLength(1);
  const wrong = await command(asked, { profile, input: 'vera looks\n' });
  expect(wrong).toMatchObject({ code: 1, out: '' });
  expect(wrong.err).toContain('not the right password');
});

test('quitting during a run asks, and the run goes on or stops as the person says', async () => {
  await connectPractice('Practice', profile);
  const segue = await launchSegue({ profile, env: { SEGUE_PRACTICE_PACE: 'real' } });
  const appEnded = new Promise((resolve) => segue.app.process().once('exit', resolve));
  const file = path.join(folder, 'long.csv');
  await generateSampleSegment(file, 60_000);
  const sent = startCommand(['send', file, '--list', 'Newsletter', ...sending], { profile });
  await expect.poll(async () => (await segue.snapshot()).runs.map(({ state }) => state)).toEqual(['running']);

  await segue.app.evaluate(({ app, dialog }) => {
    const questions: Electron.MessageBoxOptions[] = [];
    Object.assign(globalThis, { questions });
    dialog.showMessageBox = async (...given: unknown[]) => {
      questions.push(given.at(-1) as Electron.MessageBoxOptions);
      // Stays at first; then the run stops after the batch under way.
      return { response: questions.length === 1 ? 3 : 1, checkboxChecked: false };
    };
    app.quit();
  });
  const asked = () =>
    segue.app.evaluate(() => (globalThis as unknown as { questions: Electron.MessageBoxOptions[] }).questions);
  await expect.poll(asked).toHaveLength(1);
  expect((await asked())[0]).toMatchObject({ cancelId: 3, defaultId: 0, noLink: true });
  expect((await segue.snapshot()).runs.map(({ state }) => state)).toEqual(['running']);

  await segue.app.evaluate(({ app }) => {
    setTimeout(() => app.quit(), 0);
  });
  expect((await sent.ended).code).toBe(3);
  expectClosed(resultOf((await sent.ended).out).balance);
  expect(await appEnded).toBe(0);
});
