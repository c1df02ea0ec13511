import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'playwright/test';
import { command, connectPractice } from './fixtures/command-line.ts';

let folder: string;
let profile: string;

test.beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'segue-plan-cli-'));
  profile = path.join(folder, 'profile');
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const sending = ['--connection', 'Practice', '--list', 'Members', '--create-list', '--email', 'Email'];
const agreed = ['--confirm-permission', '--json'];

function write(to: number, over: Readonly<Record<number, string>> = {}): void {
  const lines = Array.from({ length: to }, (_, index) => `p${index}@example.org,${over[index] ?? `Name ${index}`}`);
  writeFileSync(path.join(folder, 'members.csv'), `Email,Name\n${lines.join('\n')}\n`);
}

const send = (...more: string[]) =>
  command(['send', 'members.csv', ...sending, '--map', 'first_name=Name', ...more, ...agreed], { profile, folder });

async function members(): Promise<number> {
  const { out } = await command(['lists', '--connection', 'Practice'], { profile });
  const lists = JSON.parse(out) as { name: string; membershipCount: number }[];
  return lists.find(({ name }) => name === 'Members')?.membershipCount ?? -1;
}

test('modes, the plan, and what guards ask, from the command line', async () => {
  test.slow();
  await connectPractice('Practice', profile);
  write(40);
  const first = await send('--mode', 'mirror');
  expect(first.code).toBe(0);
  expect(JSON.parse(first.out)).toMatchObject({ state: 'successful', balance: { rowsRead: 40, accepted: 40 } });

  // The mode is kept; one changed, two new, nobody left.
  write(42, { 7: 'Another' });
  expect(JSON.parse((await send()).out)).toMatchObject({ balance: { accepted: 3, unchanged: 39 } });

  write(20);
  const refused = await send();
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('--accept-leavers 22');
  expect(await members()).toBe(42);

  const shown = await command(['plan', 'members', '--json'], { profile });
  expect(shown.code).toBe(0);
  expect(JSON.parse(shown.out)).toMatchObject({
    mode: 'mirror',
    groups: { rowsRead: 20, unchanged: 19, changed: 1, leavers: 22 },
    guards: [{ kind: 'too-many-leavers', leavers: 22, sentBefore: 42 }],
  });
  const words = await command(['plan', 'members', '--lang', 'fr'], { profile });
  expect(words.out).toContain('--accept-leavers 22');

  expect((await command(['run', 'members', '--accept-leavers', '21', '--json'], { profile })).code).toBe(1);
  const accepted = await command(['run', 'members', '--accept-leavers', '22', '--json'], { profile });
  expect(accepted.code).toBe(0);
  expect(await members()).toBe(20);

  // Everybody, whatever was sent.
  expect(JSON.parse((await send('--mode', 'add-and-update')).out)).toMatchObject({ balance: { accepted: 20 } });
});

test('what runs again takes the file as it is now', async () => {
  test.slow();
  await connectPractice('Practice', profile);
  write(40);
  await send('--mode', 'mirror');
  write(38);
  const shown = await command(['plan', 'members', '--json'], { profile });
  expect(JSON.parse(shown.out)).toMatchObject({
    groups: { rowsRead: 38, unchanged: 38, leavers: 2 },
    changedFiles: [],
  });
  write(39);
  const again = await command(['run', 'members', '--json'], { profile });
  expect(JSON.parse(again.out)).toMatchObject({
    state: 'successful',
    balance: { rowsRead: 39, unchanged: 39 },
    account: { removed: 1 },
  });
  expect(await members()).toBe(39);
});
