import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ConnectionView } from '../../preload/contract/views.ts';
import { DrivenEngine, type SavedExport } from '../test-support/driven-engine.ts';
import { plainPorts } from '../test-support/plain-ports.ts';

const sample = path.join(import.meta.dirname, '..', '..', 'e2e', 'fixtures', 'sample-segment.csv');

let engine: DrivenEngine;
let saved: SavedExport;
beforeEach(async () => {
  engine = await DrivenEngine.open(plainPorts({}));
  saved = await engine.saveExport(sample);
});
afterEach(() => engine.stop());

const exportsNow = async () => (await engine.call('app.getSnapshot', {})).exports;
const connectionsNow = async () => (await engine.call('app.getSnapshot', {})).connections;
const kept = ({ exportId, list, segments, mode }: SavedExport['definition']) => ({ exportId, list, segments, mode });

test('a removed export comes back as it was, under another name where its own was given away', async () => {
  const { exportId, name } = saved.definition;
  await engine.call('exports.remove', { exportId });
  expect(await exportsNow()).toEqual([]);
  expect(kept(await engine.call('exports.restore', { exportId }))).toEqual(kept(saved.definition));
  await expect(engine.call('exports.restore', { exportId })).rejects.toMatchObject({ code: 'export.not-found' });

  await engine.call('exports.remove', { exportId });
  const { connectionId } = saved.connection;
  await engine.call('exports.save', { name, connectionId, list: null, segments: [] });
  expect(await engine.call('exports.restore', { exportId })).toMatchObject({ exportId, name: `${name} (2)` });
});

test('a duplicate has everything but the name and the past', async () => {
  const { exportId, name } = saved.definition;
  const run = await engine.run(exportId);
  await engine.ended(run.runId);
  const copy = await engine.call('exports.duplicate', { exportId, name: 'Copy' });
  expect(copy).toMatchObject({ ...kept(saved.definition), exportId: copy.exportId, name: 'Copy', lastRun: null });
  expect(copy.exportId).not.toBe(exportId);
  await expect(engine.call('exports.duplicate', { exportId, name })).rejects.toMatchObject({
    code: 'export.name-taken',
  });
});

test('a detached export keeps everything, never runs, and runs again with a connection', async () => {
  const { exportId, name, list, segments } = saved.definition;
  const detached = await engine.call('exports.detach', { exportId });
  expect(detached).toMatchObject({ ...kept(saved.definition), connectionId: null });
  await expect(engine.run(exportId)).rejects.toMatchObject({ code: 'export.no-connection', params: { name } });

  const { connectionId } = saved.connection;
  await engine.call('exports.save', { exportId, name, connectionId, list, segments });
  const run = await engine.run(exportId);
  expect((await engine.ended(run.runId)).balance.accepted).toBeGreaterThan(0);
});

test('nothing that a run goes by is taken away from it, and a run that stopped goes on only with its connection', async () => {
  const { exportId, name, list, segments } = saved.definition;
  const { connectionId, displayName } = saved.connection;
  // Asked for at once: the run is being prepared, and in no table yet.
  const starting = engine.run(exportId);
  const takeAway = {
    detach: () => engine.call('exports.detach', { exportId }),
    remove: () => engine.call('exports.remove', { exportId }),
    disconnect: () => engine.call('connections.remove', { connectionId, exports: [{ exportId, fate: 'detach' }] }),
  };
  const refuseAll = async () => {
    const refused = { code: 'export.run-under-way', params: { name } };
    await expect(takeAway.detach()).rejects.toMatchObject(refused);
    await expect(takeAway.remove()).rejects.toMatchObject(refused);
    const code = 'connection.run-under-way';
    await expect(takeAway.disconnect()).rejects.toMatchObject({ code, params: { name: displayName, exports: name } });
  };
  await refuseAll();
  const { runId } = await starting;
  await engine.call('runs.pause', { runId });
  expect(await engine.ended(runId)).toMatchObject({ state: 'paused' });
  await refuseAll();
  await engine.call('runs.cancel', { runId });
  await engine.ended(runId);
  await takeAway.detach();
  await expect(engine.call('runs.continue', { runId })).rejects.toMatchObject({ code: 'export.no-connection' });
  expect((await engine.call('app.getSnapshot', {})).runs).toMatchObject([{ runId, canContinue: false }]);
  await engine.call('exports.save', { exportId, name, connectionId, list, segments });
  await engine.call('runs.continue', { runId });
  expect((await engine.ended(runId)).balance.accepted).toBeGreaterThan(0);
  await takeAway.disconnect();
});

test('an export was refreshed when its people last were sent to the end, and has a list of all its runs', async () => {
  const { exportId } = saved.definition;
  const refreshedAt = async () => (await exportsNow())[0]?.refreshedAt;
  expect(await refreshedAt()).toBeNull();
  const first = await engine.ended((await engine.run(exportId)).runId);
  expect(await refreshedAt()).toBe(first.endedAt);
  const second = await engine.run(exportId);
  expect(await refreshedAt()).toBe(first.endedAt);
  await engine.call('runs.cancel', { runId: second.runId });
  expect(await engine.ended(second.runId)).toMatchObject({ state: 'cancelled' });
  expect(await refreshedAt()).toBe(first.endedAt);

  const { exportId: otherId } = await engine.call('exports.duplicate', { exportId, name: 'Other' });
  await engine.ended((await engine.run(otherId)).runId);
  const told = await engine.call('runs.getOfExport', { exportId, limit: 10 });
  expect(told).toMatchObject({ total: 2, runs: [{ runId: second.runId }, { runId: first.runId }] });
  expect(await engine.call('runs.getOfExport', { exportId, limit: 1 })).toMatchObject({
    total: 2,
    runs: told.runs.slice(0, 1),
  });
});

test('a run tells when each part of it began', async () => {
  const run = await engine.run(saved.definition.exportId);
  const { tasks, startedAt, endedAt } = await engine.ended(run.runId);
  expect(tasks.map(({ task }) => task)).toEqual(['planning', 'sending', 'confirming']);
  const times = [startedAt, ...tasks.map(({ beganAt }) => beganAt), endedAt];
  expect([...times].sort()).toEqual(times);
});

test('a connection takes another name and other users, and its exports stay', async () => {
  const { connectionId } = saved.connection;
  const before = await exportsNow();
  const given = { connectionId, displayName: 'Head office', sharedWith: 'contributors' } as const;
  expect(await engine.call('connections.change', given)).toMatchObject({
    displayName: 'Head office',
    details: { sharedWith: 'contributors', signInState: 'signed-in', consent: saved.connection.details?.consent },
  });
  expect(await exportsNow()).toEqual(before);
  const second = await engine.connect('Second');
  await expect(
    engine.call('connections.change', { ...given, connectionId: second.connectionId }),
  ).rejects.toMatchObject({ code: 'connection.name-taken' });
});

test('what the sign-in may do is asked of the account', async () => {
  const { connectionId } = saved.connection;
  const { held, missing } = await engine.call('connections.getAbilities', { connectionId });
  expect(held).toContain('contacts:write');
  expect(missing).toEqual([]);
});

test('a connection goes only when it is said of each of its exports what becomes of it', async () => {
  const { connectionId } = saved.connection;
  const { exportId } = saved.definition;
  const other = await engine.call('exports.duplicate', { exportId, name: 'Other' });
  for (const fates of [undefined, [{ exportId, fate: 'detach' as const }]]) {
    const refused = engine.call('connections.remove', { connectionId, ...(fates ? { exports: fates } : {}) });
    await expect(refused).rejects.toMatchObject({ code: 'connection.in-use' });
  }
  expect(await exportsNow()).toHaveLength(2);
  await engine.call('connections.remove', {
    connectionId,
    exports: [
      { exportId, fate: 'detach' },
      { exportId: other.exportId, fate: 'remove' },
    ],
  });
  expect(await connectionsNow()).toEqual([]);
  expect(await exportsNow()).toMatchObject([{ exportId, connectionId: null, list: saved.definition.list }]);
  // What was removed with it comes back without it.
  expect(await engine.call('exports.restore', { exportId: other.exportId })).toMatchObject({ connectionId: null });
});

test('a connection is known to have been used', async () => {
  const used = async () => ((await connectionsNow()) as ConnectionView[])[0]?.details?.lastUsedAt;
  expect(await used()).toBeNull();
  const run = await engine.run(saved.definition.exportId);
  await engine.ended(run.runId);
  expect(await used()).toBe(run.startedAt);
});
