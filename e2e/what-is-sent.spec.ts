import { TestAccount } from '../main/practice/test-support/test-account.ts';
import { recordingRelay } from '../main/test-support/recording-relay.ts';
import { problemsOf } from './fixtures/axe.ts';
import { dropFiles } from './fixtures/drop-files.ts';
import * as job from './fixtures/main-job.ts';
import { smallFrenchDark } from './fixtures/segue-app.ts';
import { sharedApp } from './fixtures/shared-app.ts';
import { expect, test } from './fixtures/test.ts';

// Features of docs/features.md about what reaches the account and what becomes of it there, in one app whose every request
// is recorded: what a test leaves is where the next one begins.

let account: TestAccount;
let relay: Awaited<ReturnType<typeof recordingRelay>>;
const { segue, say, button, goTo, inMenuOf, row, put } = sharedApp(async () => {
  account = await TestAccount.start({ seed: false });
  relay = await recordingRelay(account.account.apiUrl);
  return { ...smallFrenchDark, env: { SEGUE_API_URL: relay.url, SEGUE_AUTH_URL: account.account.authUrl } };
});
test.afterAll(async () => {
  await relay?.close();
  await account?.stop();
});

const importPath = '/v3/activities/contacts_file_import';
const sent = () => relay.requests.map(({ path, body }) => `${path}\n${body}`).join('\n');
const imports = () => relay.requests.filter(({ path }) => path === importPath);

/** 30 people of a place, with two columns that nobody matches. */
const people = (place: string) => {
  const lines = Array.from(
    { length: 30 },
    (_, n) => `${place}-id-${n},${place}${n}@example.com,First ${n},${place}-secret-${n}`,
  );
  return `CustomerId,Email,First name,Churn score\n${lines.join('\n')}\n`;
};

/** Runs the export from the list; resolves with the run when its view is shown. */
async function runAgain(): Promise<string> {
  const known = new Set((await segue.snapshot()).runs.map(({ runId }) => runId));
  await goTo('nav.exports');
  await inMenuOf('Automne', 'exports.run');
  await segue.page.getByTestId('balance').waitFor();
  const begun = (await segue.snapshot()).runs.find(({ runId }) => !known.has(runId));
  if (begun === undefined) throw new Error('No run was started');
  return begun.runId;
}

const fault = (nth: number, times: number, what: object) =>
  account.bench('faults', { faults: [{ method: 'POST', path: importPath, nth, times, fault: what }] });
const noMoreFaults = () => account.fetch('/_practice/faults', { method: 'DELETE' });

test('F49 of the file’s columns only those that are matched are to be sent', async ({ picture }) => {
  await job.connectToPractice(segue);
  await goTo('segments.title');
  await dropFiles(segue.page, null, [put('reste.csv', people('reste'))]);
  await expect(row('library-row', 'reste')).toContainText('30');
  await goTo('nav.exports');
  await job.dropSegment(segue, put('part.csv', people('part')));
  await job.nameExport(segue, 'Automne');
  await job.createList(segue, 'Automne');
  const leftOut = segue.page.getByTestId('columns-left-out');
  await leftOut.getByRole('button', { name: say('matching.left-out', { count: 2 }) }).click();
  for (const column of ['CustomerId', 'Churn score']) await expect(leftOut).toContainText(column);
  await leftOut.scrollIntoViewIfNeeded();
  await picture(segue, 'columns-not-sent-fr-dark');
  await job.exportNow(segue, 'export.save-and-run');
  const run = await job.followRun(segue, await job.confirmPermission(segue));
  expect(run).toMatchObject({ state: 'successful', balance: { rowsRead: 30, accepted: 30 } });
  const [{ body } = { body: '' }] = imports();
  expect(body).toContain('\r\nemail,first_name\r\n');
  expect(body).toContain('part7@example.com,First 7\r\n');
  for (const left of ['part-id-', 'part-secret-', 'CustomerId', 'Churn']) expect(sent()).not.toContain(left);
});

test('F47 the people of the chosen segments were sent, one line each, and nobody else of the library', () => {
  const addresses = imports().flatMap(({ body }) =>
    [...body.matchAll(/^([a-z]+\d+@example\.com),/gm)].map(([, at]) => at),
  );
  expect(addresses.sort()).toEqual(Array.from({ length: 30 }, (_, n) => `part${n}@example.com`).sort());
  expect(sent()).not.toContain('reste');
});

test('F55 what passes is waited out and repeated; what does not pass ends the run, and says why', async ({
  picture,
}) => {
  await fault(1, 1_000, { kind: 'status', status: 503, body: [] });
  const passing = await runAgain();
  await expect(segue.page.getByText(say('run.waiting.service'))).toBeVisible();
  await picture(segue, 'run-waits-for-service-fr-dark');
  await noMoreFaults();
  expect(await job.followRun(segue, passing)).toMatchObject({ state: 'successful', balance: { accepted: 30 } });
  const before = imports().length;
  // The first of all, the one that was refused at least once, and the one that came through.
  expect(before).toBeGreaterThanOrEqual(3);

  await fault(1, 1_000, { kind: 'status', status: 403, body: [] });
  const ended = await job.followRun(segue, await runAgain());
  await noMoreFaults();
  expect(imports()).toHaveLength(before + 1);
  expect(ended).toMatchObject({ canContinue: true, balance: { accepted: 0, notSent: 30, unknown: 0 } });
  const { title } = segue.words.explain(ended.error ?? { code: 'unexpected', params: {} });
  await expect(segue.page.getByText(title).first()).toBeVisible();
  await picture(segue, 'run-refused-fr-dark');
  await button(say('run.continue')).click();
  await segue.page.getByTestId('balance').waitFor();
  expect(await job.followRun(segue, ended.runId)).toMatchObject({ balance: { accepted: 30, notSent: 0 } });
});

test('F46 the day’s requests are counted against the plan’s; used up, the run waits and says until when', async ({
  picture,
}) => {
  const details = async () => (await segue.snapshot()).connections[0]?.details;
  await expect.poll(async () => (await details())?.requestsToday).toBe(relay.requests.length);
  expect(await details()).toMatchObject({ requestLimit: 10_000, pausedUntil: null });
  await fault(1, 1_000, { kind: 'quota' });
  const waiting = await runAgain();
  await expect(segue.page.getByText(say('run.waiting.quota'))).toBeVisible();
  const until = (await segue.snapshot()).runs.find(({ runId }) => runId === waiting)?.waiting?.until ?? 0;
  // The other side counts by days of UTC.
  expect(until % 86_400_000).toBe(0);
  expect(await problemsOf(segue)).toEqual([]);
  await picture(segue, 'run-waits-for-quota-fr-dark');
  await button(say('action.cancel')).click();
  expect(await job.followRun(segue, waiting)).toMatchObject({
    state: 'cancelled',
    balance: { notSent: 30, unknown: 0 },
  });
  await goTo('nav.connections');
  const shown = row('connection-row', say('connection.default-name.practice'));
  await expect(shown).toContainText(/10\s000/);
  await picture(segue, 'connection-used-up-fr-dark');
});
