import { mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Language } from '../preload/contract/views.ts';
import * as job from './fixtures/main-job.ts';
import { projectRoot } from './fixtures/segue-app.ts';
import { expect, test } from './fixtures/test.ts';

const sample = path.join(projectRoot, 'e2e', 'fixtures', 'sample-segment.csv');

for (const language of ['en', 'fr'] as const satisfies Language[]) {
  test(`the main job from first launch to the balance of rows, in ${language}`, async ({ start, picture }) => {
    const segue = await start({ language });
    const { page, words } = segue;
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await picture(segue, `${language}-1-welcome`);

    await job.choosePracticeAccount(segue);
    await picture(segue, `${language}-2-wizard`);
    const signInPage = await job.authenticate(segue);
    await expect(page.getByText(words.say('sign-in.waiting'))).toBeVisible();
    await picture(segue, `${language}-3-signing-in`);
    const { signInAs } = await import('./fixtures/sign-in-browser.ts');
    expect(await signInAs(signInPage, 'allow')).toMatch(/^http:\/\/localhost:5368[234]\/done$/);
    await job.finishSignIn(segue);
    await picture(segue, `${language}-4-connected`);
    await job.saveConnection(segue);
    await picture(segue, `${language}-5-exports-empty`);

    await job.dropSegment(segue, sample);
    const counts = await job.readCounts(segue);
    expect(counts.rows).toBe(1_000);
    expect(counts.valid + counts.invalid + counts.duplicates).toBe(counts.rows);
    await picture(segue, `${language}-6-export`);
    await job.createList(segue, 'Autumn');
    await job.saveExport(segue);
    expect((await segue.snapshot()).runs).toEqual([]);

    await job.exportNow(segue, 'exports.export-now');
    await picture(segue, `${language}-7-permission`);
    const runId = await job.confirmPermission(segue);
    const run = await job.followRun(segue, runId);
    expect(run.state).toBe('completedWithWarnings');
    await expect.poll(() => job.readBalance(segue)).toEqual(run.balance);
    expect(run.balance).toMatchObject({
      rowsRead: counts.rows,
      accepted: counts.valid,
      rejected: counts.invalid,
      duplicate: counts.duplicates,
    });
    await picture(segue, `${language}-8-run`);

    // Save rejected rows…: original columns and the reason, in the person's language.
    const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'segue-rejected-')), 'rejected.csv');
    await segue.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, file);
    await page.getByRole('button', { name: words.say('rejected.save') }).click();
    await expect(
      page.getByText(words.say('rejected.saved', { count: counts.invalid, file: 'rejected.csv' })),
    ).toBeVisible();
    const [heading = '', ...rows] = readFileSync(file, 'utf8').trimEnd().split('\r\n');
    expect(heading.split(',').at(-1)).toBe(words.say('rejectedRows.reasonHeading', { run: runId.slice(0, 8) }));
    expect(heading.split(',')).toHaveLength(15);
    expect(rows).toHaveLength(counts.invalid);

    // What landed, on the other side.
    const connectionId = (await segue.snapshot()).connections[0]?.connectionId ?? '';
    const lists = await page.evaluate(async (connectionId) => {
      const answer = await window.segue.call('lists.search', { connectionId });
      return answer.ok ? answer.value : [];
    }, connectionId);
    expect(lists.find((list) => list.name === 'Autumn')?.membershipCount).toBe(counts.valid);
  });
}
