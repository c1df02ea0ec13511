import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DrivenEngine } from '../test-support/driven-engine.ts';
import { type PlainPorts, plainPorts } from '../test-support/plain-ports.ts';

let ports: PlainPorts;
let engine: DrivenEngine;
const own = 'administrator one';
const hers = 'contributor two';

beforeEach(async () => {
  ports = plainPorts({});
  engine = await DrivenEngine.open(ports);
});
afterEach(async () => {
  await engine.stop();
  expect(engine.surprises).toEqual([]);
});

const add = (displayName = 'Renée', role: 'administrator' | 'contributor' | 'viewer' = 'contributor') =>
  engine.call('people.add', { displayName, role, password: hers, ownPassword: own });
const me = async () => (await engine.call('app.getSnapshot', {})).person;
const enter = (personId: string, password: string) => engine.call('people.enter', { personId, password });
const history = (search = '') =>
  engine.call('audit.list', { search, personId: null, kind: null, from: null, before: 0, limit: 100 });
const actions = async () => (await history()).entries.map(({ action }) => action);

async function restart(): Promise<void> {
  await engine.stop();
  engine = await DrivenEngine.open(ports);
}

test('one person alone has no password, and the command line acts for them', async () => {
  expect(await me()).toMatchObject({ displayName: 'Test Person', role: 'administrator', hasPassword: false });
  await expect(engine.call('people.leave', {})).rejects.toMatchObject({ code: 'person.no-passwords' });
  const { personId } = await me();
  expect(await engine.application.admit(null)).toEqual({ via: 'command-line', personId });
  await restart();
  expect((await me()).personId).toBe(personId);
});

test('F65 the second person asks for passwords, and from then on the window asks who is there', async () => {
  await expect(
    engine.call('people.add', { displayName: 'Renée', role: 'viewer', password: hers }),
  ).rejects.toMatchObject({ code: 'person.own-password-missing' });
  await expect(
    engine.call('people.add', { displayName: 'Renée', role: 'viewer', password: 'short', ownPassword: own }),
  ).rejects.toMatchObject({ code: 'person.password-short' });
  const admin = await me();
  const renee = await add();
  expect(await me()).toMatchObject({ hasPassword: true });
  await expect(add('RENÉE')).rejects.toMatchObject({ code: 'person.name-taken' });

  await restart();
  await expect(me()).rejects.toMatchObject({ code: 'person.locked' });
  await expect(engine.call('exports.remove', { exportId: 'x' })).rejects.toMatchObject({ code: 'person.locked' });
  const door = await engine.call('people.getDoor', {});
  expect(door).toMatchObject({
    lastPersonId: admin.personId,
    people: [{ displayName: 'Test Person' }, { displayName: 'Renée' }],
  });
  await expect(enter(renee.personId, own)).rejects.toMatchObject({ code: 'person.wrong-password' });
  const begun = ports.desktop.begunAnew;
  await enter(renee.personId, hers);
  expect(ports.desktop.begunAnew).toBe(begun + 1);
  expect(await me()).toMatchObject({ displayName: 'Renée', role: 'contributor' });
  for (const call of ['people.list', 'setUp.save'] as const) {
    await expect(engine.call(call, {})).rejects.toMatchObject({ code: 'person.not-allowed' });
  }
  await engine.call('people.leave', {});
  await expect(me()).rejects.toMatchObject({ code: 'person.locked' });
  // Who was there last is asked first.
  expect((await engine.call('people.getDoor', {})).lastPersonId).toBe(renee.personId);
});

test('a locked window is told nothing but in which words to ask', async () => {
  const told: string[] = [];
  engine.application.subscribeAs({ via: 'window' }, (name) => void told.push(name));
  await add();
  await engine.call('people.leave', {});
  told.length = 0;
  const caller = await engine.application.admit({ name: 'Test Person', password: own });
  const sample = path.join(import.meta.dirname, '..', '..', 'e2e', 'fixtures', 'sample-segment.csv');
  const read = new Promise<void>((resolve) => {
    engine.application.subscribeAs(caller, (name, payload) => {
      if (name === 'segment.changed' && (payload.value as { state: string }).state === 'ready') resolve();
    });
  });
  await engine.application.call('segments.addFiles', { paths: [sample] }, caller);
  await read;
  await engine.application.call('settings.change', { themeChoice: 'dark' }, caller);
  expect(told).toEqual(['settings.changed']);
});

test('who changes what others may do gives their own password first, and it counts for some minutes', async () => {
  const renee = await add();
  const admin = await me();
  await engine.call('people.leave', {});
  await enter(admin.personId, own);
  const change = () =>
    engine.call('people.change', { personId: renee.personId, displayName: 'Renée B.', role: 'viewer' });
  await expect(change()).rejects.toMatchObject({ code: 'person.password-needed' });
  await expect(engine.call('people.confirm', { password: hers })).rejects.toMatchObject({
    code: 'person.wrong-password',
  });
  await engine.call('people.confirm', { password: own });
  expect(await change()).toMatchObject({ displayName: 'Renée B.', role: 'viewer' });
  await engine.call('people.setPassword', { personId: renee.personId, password: 'another one now' });
  await engine.call('people.leave', {});
  await enter(renee.personId, 'another one now');
  expect(await me()).toMatchObject({ role: 'viewer', displayName: 'Renée B.' });
});

test('there is always an administrator, and one alone may do without a password again', async () => {
  const renee = await add();
  const admin = await me();
  const { personId, displayName } = admin;
  await expect(engine.call('people.change', { personId, displayName, role: 'viewer' })).rejects.toMatchObject({
    code: 'person.last-administrator',
  });
  await expect(engine.call('people.remove', { personId })).rejects.toMatchObject({ code: 'person.last-administrator' });
  const withoutOne = () => engine.call('people.changeOwnPassword', { current: own, password: null });
  await expect(withoutOne()).rejects.toMatchObject({ code: 'person.password-required' });
  await engine.call('people.remove', { personId: renee.personId });
  await withoutOne();
  expect(await me()).toMatchObject({ personId, hasPassword: false });
  await restart();
  expect((await me()).personId).toBe(personId);
});

test('an administrator who takes their own role away is somebody else at once; whoever is removed is locked out', async () => {
  const paul = await add('Paul', 'administrator');
  const admin = await me();
  await engine.call('people.change', { personId: admin.personId, displayName: admin.displayName, role: 'viewer' });
  expect(await me()).toMatchObject({ role: 'viewer', mayCall: expect.not.arrayContaining(['exports.run']) });
  await engine.call('people.leave', {});
  await enter(paul.personId, hers);
  await engine.call('people.confirm', { password: hers });
  const third = await engine.call('people.add', { displayName: 'Zoé', role: 'administrator', password: own });
  await engine.call('people.remove', { personId: paul.personId });
  await expect(me()).rejects.toMatchObject({ code: 'person.locked' });
  await enter(third.personId, own);
  expect((await engine.call('people.list', {})).map(({ displayName }) => displayName)).toEqual(['Test Person', 'Zoé']);
});

test('a command acts for whoever it names, with their password and their rights', async () => {
  await add();
  const admit = (name: string | null, password: string | null) => engine.application.admit({ name, password });
  await expect(admit(null, null)).rejects.toMatchObject({ code: 'person.credentials-missing' });
  await expect(admit('Renée', null)).rejects.toMatchObject({ code: 'person.credentials-missing' });
  await expect(admit('Nobody', hers)).rejects.toMatchObject({ code: 'person.not-found' });
  await expect(admit('Renée', own)).rejects.toMatchObject({ code: 'person.wrong-password' });
  const caller = await admit('renée', hers);
  const call = engine.application.call;
  expect((await call('app.getSnapshot', {}, caller)).person.role).toBe('contributor');
  await expect(call('signIn.start', { kind: 'practice' }, caller)).rejects.toMatchObject({
    code: 'person.not-allowed',
  });
  // Even an administrator changes nobody's rights from the command line.
  const admin = await admit('Test Person', own);
  await expect(call('people.list', {}, admin)).rejects.toMatchObject({ code: 'person.not-allowed' });
});

test('F7 whoever adds themselves as export user gives their own password', async () => {
  const { connectionId } = await engine.connect();
  await add();
  const admin = await me();
  await engine.call('people.leave', {});
  await enter(admin.personId, own);
  const become = () => engine.call('connections.addExportUser', { connectionId });
  await expect(become()).rejects.toMatchObject({ code: 'person.password-needed' });
  await expect(engine.connect('Second')).rejects.toMatchObject({ code: 'person.password-needed' });
  await engine.call('people.confirm', { password: own });
  expect((await become()).details?.exportUser).toBe('Test Person');
  expect((await engine.call('people.list', {}))[0]?.exportUserOf).toEqual(['Practice']);
});

test('what happens by itself is done in the name of the export user, or not at all', async () => {
  const { connectionId } = await engine.connect();
  const paul = await add('Paul', 'administrator');
  const admin = await me();
  await engine.call('people.leave', {});
  const bySchedule = { via: 'schedule' } as const;
  // Nothing to run: it came as far as the export itself.
  const run = () =>
    engine.application.call('exports.run', { exportId: 'gone' }, { ...bySchedule, personId: paul.personId });
  await expect(run()).rejects.toMatchObject({ code: 'export.not-found' });
  await expect(engine.application.call('lists.search', { connectionId }, bySchedule)).rejects.toMatchObject({
    code: 'person.not-allowed',
  });
  await enter(admin.personId, own);
  await engine.call('people.confirm', { password: own });
  await engine.call('people.remove', { personId: paul.personId });
  await expect(run()).rejects.toMatchObject({ code: 'person.gone' });
});

test('F58 every change stands in the history with who, what, and before and after', async () => {
  const { connectionId } = await engine.connect();
  await engine.call('connections.change', { connectionId, displayName: 'Head office', sharedWith: 'contributors' });
  const renee = await add();
  await engine.call('people.leave', {});
  await enter(renee.personId, hers);
  await expect(
    engine.call('connections.change', { connectionId, displayName: 'Mine', sharedWith: 'contributors' }),
  ).rejects.toMatchObject({ code: 'person.not-allowed' });
  const caller = await engine.application.admit({ name: 'Renée', password: hers });
  await engine.application.call('neverMail.add', { text: 'someone.secret@example.com' }, caller);
  await engine.call('people.leave', {});
  const admin = (await engine.call('people.getDoor', {})).people[0];
  await enter(admin?.personId ?? '', own);

  expect(await actions()).toEqual([
    'entered',
    'left',
    'never-mail-added',
    'refused',
    'entered',
    'left',
    'person-added',
    'connection-changed',
    'connection-made',
  ]);
  const { entries, people } = await history();
  expect(entries[2]).toMatchObject({ personName: 'Renée', via: 'command-line', kind: 'never-mail' });
  expect(entries[7]).toMatchObject({
    personName: 'Test Person',
    via: 'window',
    objectName: 'Head office',
    changes: [
      { fact: 'name', before: 'Practice', after: 'Head office' },
      { fact: 'shared-with', before: { word: 'administrators' }, after: { word: 'contributors' } },
    ],
  });
  expect(people.map(({ displayName }) => displayName)).toEqual(['Renée', 'Test Person']);
  // Searched by names, by values and by the words for what was done.
  expect((await history('practice')).total).toBe(2);
  expect((await history('never-mail')).total).toBe(1);
  expect((await history('RENEE')).total).toBeGreaterThan(3);
  expect((await history('administrators and contrib')).total).toBe(1);
  // Not by how it is stored.
  expect((await history('before')).total).toBe(0);

  ports.desktop.whereToSave = path.join(ports.paths.userData, 'history.csv');
  expect(await engine.call('audit.save', { search: '', personId: null, kind: null, from: null })).toEqual({
    entries: 9,
  });
  const text = readFileSync(ports.desktop.whereToSave, 'utf8');
  expect(text).toContain('Who can use it: Administrators only → Administrators and contributors');
  for (const secret of ['someone.secret', own, hers]) expect(text).not.toContain(secret);
});

test('every part of a schedule and of the settings stands in the history, and no spreadsheet runs a name', async () => {
  const recurrence = {
    every: 'week',
    weekdays: [4, 1],
    monthDays: [],
    times: ['08:00'],
    timeZone: 'UTC',
    startsOn: null,
    whenMissed: 'catch-up',
  } as const;
  const set = (of: object) =>
    engine.call('schedules.setSystemRefresh', {
      on: true,
      recurrence: { ...recurrence, weekdays: [4, 1], monthDays: [], times: ['08:00'], ...of },
    });
  await set({});
  await set({ weekdays: [5], startsOn: '2027-01-01', whenMissed: 'skip' });
  await engine.call('kept.change', { rules: { rowsDays: null } });
  await engine.call('schedules.setBackground', { startAtLogin: true });
  const { entries } = await history();
  expect(entries.slice(0, 3).map(({ changes }) => changes)).toEqual([
    [
      { fact: 'in-tray', before: { word: 'no' }, after: { word: 'yes' } },
      { fact: 'at-login', before: { word: 'no' }, after: { word: 'yes' } },
    ],
    [{ fact: 'keeps-rows', before: 90, after: { word: 'for-ever' } }],
    [
      { fact: 'days', before: { weekdays: [1, 4] }, after: { weekdays: [5] } },
      { fact: 'starts-on', before: '', after: '2027-01-01' },
      { fact: 'when-missed', before: { word: 'catch-up' }, after: { word: 'skip' } },
    ],
  ]);
  expect((await history('caught up')).total).toBe(2);

  await add('=HYPERLINK("http://x")');
  await add('Ada; =cmd|calc,@SUM(1)');
  ports.desktop.whereToSave = path.join(ports.paths.userData, 'history.csv');
  await engine.call('audit.save', { search: '', personId: null, kind: null, from: null });
  const text = readFileSync(ports.desktop.whereToSave, 'utf8');
  expect(text).toContain('Days: Monday, Thursday → Friday');
  for (const separator of [',', ';', '\t', '|', '\n']) {
    for (const cell of text.split(separator)) expect(cell.replace(/^"+/, '').trimStart()).not.toMatch(/^[=+@-]/);
  }
});

test('a wrong password is noted for its person, whichever way it came', async () => {
  const renee = await add();
  await engine.call('people.leave', {});
  await expect(enter(renee.personId, own)).rejects.toMatchObject({ code: 'person.wrong-password' });
  await expect(engine.application.admit({ name: 'Renée', password: own })).rejects.toMatchObject({
    code: 'person.wrong-password',
  });
  await enter((await engine.call('people.getDoor', {})).people[0]?.personId ?? '', own);
  const wrong = (await history()).entries.filter(({ action }) => action === 'password-wrong');
  expect(wrong.map(({ personName, via }) => [personName, via])).toEqual([
    ['Renée', 'command-line'],
    ['Renée', 'window'],
  ]);
});
