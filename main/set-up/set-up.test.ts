import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { DrivenEngine } from '../test-support/driven-engine.ts';
import { type PlainPorts, plainPorts } from '../test-support/plain-ports.ts';
import { readSetUp } from './set-up-file.ts';

// A whole set-up goes from one profile into another one, as a person would take it there.

const folder = mkdtempSync(path.join(tmpdir(), 'segue-set-up-'));
const file = path.join(folder, 'set-up.json');
let from: PlainPorts;
let to: PlainPorts;
let old: DrivenEngine;
let fresh: DrivenEngine;

const recurrence = {
  every: 'week' as const,
  weekdays: [1, 4],
  monthDays: [],
  times: ['06:30'],
  timeZone: 'Europe/Paris',
  startsOn: null,
  whenMissed: 'skip' as const,
};

beforeAll(async () => {
  from = plainPorts({});
  old = await DrivenEngine.open(from);
  const people = path.join(folder, 'people_2026-11-23.csv');
  writeFileSync(people, 'Courriel;Prénom\nsecret.person@example.com;Ada\n');
  const { segment, definition, connection, list } = await old.saveExport(people, 'Automne');
  await old.call('exports.save', {
    exportId: definition.exportId,
    name: 'Automne',
    connectionId: connection.connectionId,
    list: { listId: list.listId, name: list.name },
    segments: [
      {
        segmentId: segment.segmentId,
        fieldMap: [
          { field: 'email', columnIndex: 0, repairs: ['email-mailto'] },
          { field: 'first_name', columnIndex: 1, whenBlank: 'clear' },
        ],
      },
    ],
    mode: 'mirror',
    leaverLimitPercent: 35,
  });
  await old.call('watches.save', {
    segmentId: segment.segmentId,
    folder,
    pattern: 'people_*.csv',
    takes: 'when-asked',
  });
  await old.call('schedules.set', {
    exportIds: [definition.exportId],
    change: { follows: 'own', on: true, recurrence },
  });
  await old.call('neverMail.add', { text: '@example.org somebody@example.net' });
  from.desktop.whereToSave = file;
  expect(await old.call('setUp.save', {})).toEqual({ savedTo: 'set-up.json' });
  to = plainPorts({});
  fresh = await DrivenEngine.open(to);
});
afterEach(() => {
  expect(old.surprises).toEqual([]);
  expect(fresh.surprises).toEqual([]);
});
afterAll(async () => {
  await Promise.all([old.stop(), fresh.stop()]);
});

const everything = ({ items }: { items: readonly { itemId: string }[] }) => items.map(({ itemId }) => itemId);

test('the file is readable, and holds no sign-in, no row and nobody’s address', () => {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('"name": "Automne"');
  for (const secret of ['secret.person', 'somebody@', 'Ada', 'token', 'eyJ']) expect(text).not.toContain(secret);
});

test('what is here already is the same, and nothing is taken over', async () => {
  const view = await old.call('setUp.look', { path: file });
  expect(view?.items.map(({ state }) => state)).toEqual(['same', 'same', 'same', 'same', 'same', 'same']);
  const opened = await old.call('setUp.open', {
    setUpId: view?.setUpId ?? '',
    itemIds: everything(view ?? { items: [] }),
    agreedToPrivacy: false,
  });
  expect(opened).toEqual({ taken: 0, toSignIn: [], toRead: 0 });
});

test('in another profile it shows what would come, asks for the agreement, and takes over what is chosen', async () => {
  to.desktop.filesToChoose = [file];
  const view = await fresh.call('setUp.choose', {});
  expect(view?.items.map(({ part, state }) => `${part} ${state}`)).toEqual([
    'connections new',
    'segments new',
    'exports new',
    'schedules new',
    'watchedFolders new',
    'neverMailDomains new',
  ]);
  const { setUpId = '' } = view ?? {};
  const itemIds = everything(view ?? { items: [] });
  await expect(fresh.call('setUp.open', { setUpId, itemIds, agreedToPrivacy: false })).rejects.toMatchObject({
    code: 'connection.agreement-missing',
  });
  const read = fresh.eventually('segment.changed', (segment) => (segment.state === 'ready' ? segment : undefined));
  const opened = await fresh.call('setUp.open', { setUpId, itemIds, agreedToPrivacy: true });
  expect(opened).toEqual({ taken: 6, toSignIn: ['Practice'], toRead: 0 });
  // The file lies on this computer too: it is read at once.
  expect((await read).rowCount).toBe(1);
  const { exports, connections, watches, schedules } = await fresh.call('app.getSnapshot', {});
  expect(schedules.exports).toMatchObject([{ follows: 'own', own: { on: true, recurrence } }]);
  expect(connections).toMatchObject([{ displayName: 'Practice', details: { signInState: 'signed-out' } }]);
  expect(watches).toMatchObject([{ pattern: 'people_*.csv', takes: 'when-asked' }]);
  expect(exports).toMatchObject([
    {
      name: 'Automne',
      mode: 'mirror',
      leaverLimitPercent: 35,
      lostColumns: [],
      lastRun: null,
      segments: [
        {
          fieldMap: [
            { field: 'email', columnIndex: 0, repairs: ['email-mailto'] },
            { field: 'first_name', columnIndex: 1, whenBlank: 'clear' },
          ],
        },
      ],
    },
  ]);
  const { connectionId = '' } = connections[0] ?? {};
  const { displayName, details } = await fresh.connect('Practice', connectionId);
  expect([displayName, details?.signInState]).toEqual(['Practice', 'signed-in']);
});

test('what differs is told part by part, and changed only where it is chosen', async () => {
  const changed = JSON.parse(readFileSync(file, 'utf8'));
  changed.exports[0].leaverLimitPercent = 5;
  changed.exports[0].list = { id: 'another', name: 'Another' };
  changed.watchedFolders[0].takes = 'by-itself';
  changed.schedules[0].on = false;
  const other = path.join(folder, 'other.json');
  writeFileSync(other, JSON.stringify(changed));
  const view = await old.call('setUp.look', { path: other });
  expect(view?.items.filter(({ state }) => state !== 'same')).toMatchObject([
    { part: 'exports', state: 'changed', changes: ['list', 'mode'] },
    { part: 'schedules', state: 'changed', changes: ['schedule'] },
    { part: 'watchedFolders', state: 'changed', changes: ['takes'] },
  ]);
  await old.call('setUp.open', { setUpId: view?.setUpId ?? '', itemIds: ['exports:0'], agreedToPrivacy: false });
  // An export of which the file says no more follows the system refresh there; what is here is not taken for new.
  const schedules = changed.schedules;
  const exportIds = (await old.call('app.getSnapshot', {})).exports.map(({ exportId }) => exportId);
  const differs = async (here: 'system' | 'manual', inFile: unknown[]) => {
    await old.call('schedules.set', { exportIds, change: { follows: here } });
    writeFileSync(other, JSON.stringify({ ...changed, schedules: inFile }));
    const looked = await old.call('setUp.look', { path: other });
    const item = looked?.items.find(({ part }) => part === 'schedules');
    const itemIds = item === undefined ? [] : [item.itemId];
    await old.call('setUp.open', { setUpId: looked?.setUpId ?? '', itemIds, agreedToPrivacy: false });
    const { follows } = (await old.call('app.getSnapshot', {})).schedules.exports[0] ?? {};
    return [item?.state, follows];
  };
  expect(await differs('manual', [])).toEqual(['changed', 'system']);
  expect(await differs('system', [])).toEqual([undefined, 'system']);
  expect(await differs('system', schedules)).toEqual(['changed', 'own']);
  const { exports, watches } = await old.call('app.getSnapshot', {});
  expect(exports).toMatchObject([{ list: { listId: 'another' }, leaverLimitPercent: 5 }]);
  expect(watches).toMatchObject([{ takes: 'when-asked' }]);
});

describe('a file that is no set-up is refused, and nothing is changed', () => {
  const code = async (text: string): Promise<string> => {
    const bad = path.join(folder, 'bad.json');
    writeFileSync(bad, text);
    to.desktop.filesToChoose = [bad];
    return fresh.call('setUp.choose', {}).then(
      () => 'taken',
      (error: { code: string; params: Record<string, unknown> }) => `${error.code} ${error.params.where ?? ''}`.trim(),
    );
  };
  const edited = (edit: (raw: Record<string, unknown>) => void): string => {
    const raw = JSON.parse(readFileSync(file, 'utf8'));
    edit(raw);
    return JSON.stringify(raw);
  };

  test('with the place of what is wrong', async () => {
    expect(await code('')).toBe('set-up.not-understood kind');
    expect(await code('{"kind":"other"}')).toBe('set-up.not-understood kind');
    expect(await code(edited((raw) => Object.assign(raw, { version: 2, new: true })))).toBe(
      'set-up.from-newer-version',
    );
    expect(await code(edited((raw) => Object.assign(raw, { tokens: [] })))).toMatch(/^set-up.not-understood/);
    expect(await code(edited((raw) => Object.assign((raw.exports as object[])[0] ?? {}, { mode: 'delete' })))).toBe(
      'set-up.not-understood exports[1].mode',
    );
    expect(await code(edited((raw) => (raw.exports as object[]).push((raw.exports as object[])[0] ?? {})))).toBe(
      'set-up.not-understood exports',
    );
    expect(await code(' '.repeat(17 * 1024 * 1024))).toBe('set-up.too-large');
  });

  test('whatever it holds', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const text = JSON.stringify({ kind: 'segue-set-up', version: 1, exports: value }) ?? '';
        expect(() => readSetUp(text, 'file')).toThrow();
      }),
    );
  });

  test('a segment file that is dropped is none', async () => {
    const rows = path.join(folder, 'rows.json');
    writeFileSync(rows, '[{"email":"ada@example.com","kind":"segue"}]');
    expect(await fresh.call('setUp.look', { path: rows })).toBeNull();
  });
});

test('whoever brings connections in, and so becomes their export user, gives their own password first', async () => {
  const password = 'administrator one';
  await fresh.call('people.add', { displayName: 'Renée', role: 'viewer', password, ownPassword: password });
  const { personId } = (await fresh.call('app.getSnapshot', {})).person;
  await fresh.call('people.leave', {});
  await fresh.call('people.enter', { personId, password });
  const changed = readSetUp(readFileSync(file, 'utf8'), 'set-up.json');
  const [connection] = changed.connections;
  const more = path.join(folder, 'more.json');
  writeFileSync(more, JSON.stringify({ ...changed, connections: [{ ...connection, name: 'Another' }] }));
  to.desktop.filesToChoose = [more];
  const { setUpId = '', items = [] } = (await fresh.call('setUp.choose', {})) ?? {};
  const itemIds = items.filter(({ name }) => name === 'Another').map(({ itemId }) => itemId);
  const open = () => fresh.call('setUp.open', { setUpId, itemIds, agreedToPrivacy: true });
  await expect(open()).rejects.toMatchObject({ code: 'person.password-needed' });
  await fresh.call('people.confirm', { password });
  expect(await open()).toMatchObject({ taken: 1, toSignIn: ['Another'] });
});
