import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestAccount } from '../practice/test-support/test-account.ts';
import { DrivenEngine } from '../test-support/driven-engine.ts';
import { type PlainPorts, plainPorts } from '../test-support/plain-ports.ts';
import { createWords } from '../words.ts';
import { callsAs, exitCodes } from './command-io.ts';
import { parseCommand } from './parse-command.ts';
import { send } from './send.ts';

// `send --map` with fields that are made of columns, and with the account's own, over real HTTP.

let folder: string;
let account: TestAccount;
let ports: PlainPorts;
let engine: DrivenEngine;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'segue-send-'));
  account = await TestAccount.start({ seed: false });
  ports = plainPorts({ env: { SEGUE_API_URL: account.account.apiUrl, SEGUE_AUTH_URL: account.account.authUrl } });
  engine = await DrivenEngine.open(ports);
});

afterEach(async () => {
  await engine.stop();
  await account.stop();
  rmSync(ports.paths.userData, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

/** Sends a file of these rows to a new list, as the command line does. */
function sent(rows: readonly string[], ...options: string[]): Promise<number> {
  writeFileSync(path.join(folder, 'clients.csv'), `${['Courriel,Né,Niveau,Nom', ...rows].join('\r\n')}\r\n`);
  const list = options.includes('--list') ? [] : ['--list', 'Automne'];
  const command = parseCommand([
    ...['send', 'clients.csv', '--connection', 'Practice', ...list, '--create-list'],
    ...['--email', 'Courriel', '--confirm-permission', '--json', ...options],
  ]);
  if (command.name !== 'send') throw new Error('The command was read as another');
  const io = {
    write: async () => {},
    complain: () => {},
    isTerminal: false,
    folder,
    words: createWords('en'),
    signal: new AbortController().signal,
  };
  return send(callsAs(engine.application, { via: 'window' }), command, io);
}

async function contact(address: string): Promise<Record<string, unknown>> {
  account.carry((await account.signIn()).access_token);
  const { body } = await account.api('GET', `/contacts?email=${address}&include=custom_fields`);
  const [found] = (body as { contacts: Record<string, unknown>[] }).contacts;
  return found ?? {};
}

test('a birthday in one column, a full name and a custom field by its label', async () => {
  const { connectionId } = await engine.connect();
  await engine.call('fields.create', { connectionId, label: 'Niveau de fidélité', type: 'text' });
  const rows = ['ann@example.com,17/05/1980,or,Anne de la Tour', 'bo@example.com,03/04/1981,,DUPONT Bo'];
  const maps = ['birthday=Né', 'full_name=Nom', 'cf:niveau de fidélité=Niveau'].flatMap((map) => ['--map', map]);
  expect(await sent(rows, ...maps)).toBe(exitCodes.successful);
  expect(await contact('ann@example.com')).toMatchObject({
    first_name: 'Anne',
    last_name: 'de la Tour',
    birthday_month: 5,
    birthday_day: 17,
    custom_fields: [{ value: 'or' }],
  });
  expect(await contact('bo@example.com')).toMatchObject({ last_name: 'DUPONT', birthday_month: 4, birthday_day: 3 });
});

test('an order that the file does not tell is asked for, and said', async () => {
  await engine.connect();
  const rows = ['ann@example.com,05/06/1980,,'];
  await expect(sent(rows, '--map', 'birthday=Né')).rejects.toMatchObject({ code: 'export.date-order-unknown' });
  expect(await contact('ann@example.com')).toEqual({});
  expect(await sent(rows, '--map', 'birthday=Né', '--date-order', 'birthday=month-first')).toBe(exitCodes.successful);
  expect(await contact('ann@example.com')).toMatchObject({ birthday_month: 5, birthday_day: 6 });
});

test('a blank cell clears a field that was named for it, and no other', async () => {
  await engine.connect();
  const rows = (name: string, level: string) => [`ann@example.com,,${level},${name}`];
  const maps = ['--map', 'last_name=Nom', '--map', 'company_name=Niveau', '--clear-blank', 'COMPANY_NAME'];
  expect(await sent(rows('Ann', 'gold'), ...maps)).toBe(exitCodes.successful);
  expect(await sent(rows('', ''), ...maps)).toBe(exitCodes.successful);
  const ann = await contact('ann@example.com');
  expect([ann.last_name, ann.company_name ?? '']).toEqual(['Ann', '']);
  await expect(sent(rows('', ''), ...maps, '--clear-blank', 'phone')).rejects.toMatchObject({
    code: 'export.field-unknown',
    params: { name: 'phone' },
  });
});

test('a custom field that the account does not have is named', async () => {
  await engine.connect();
  await expect(sent(['ann@example.com,,or,'], '--map', 'cf:level=Niveau')).rejects.toMatchObject({
    code: 'export.field-unknown',
    params: { name: 'cf:level' },
  });
});

test('of several that send the same at once, one is sent and the others hear of it', async () => {
  await engine.connect();
  const all = await Promise.allSettled([1, 2, 3, 4].map(() => sent(['ada@example.com,,,', 'bob@example.com,,,'])));
  expect(all).toContainEqual({ status: 'fulfilled', value: exitCodes.successful });
  const refused = all.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
  expect(new Set(refused)).toEqual(new Set(['export.already-running']));
});

test('what can be no list is told before any file is read', async () => {
  await engine.connect();
  for (const list of ['  ', 'x'.repeat(256), 'x'.repeat(3_000)]) {
    const refused = sent(['ada@example.com,,,'], '--list', list);
    await expect(refused).rejects.toMatchObject({ code: 'list.invalid-reference' });
  }
});
