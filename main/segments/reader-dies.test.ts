import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DrivenEngine } from '../test-support/driven-engine.ts';
import { plainPorts } from '../test-support/plain-ports.ts';

// The thread that reads files dies, and nothing else does: what waited for it is told, and another one reads.

let folder: string;
let engine: DrivenEngine;

/** Has the thread die over the next call of that name. */
const dieOver = (call: string) => writeFileSync(path.join(folder, `dies over ${call}`), '');

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'segue-reader-'));
  const ports = plainPorts({});
  const segments = path.join(folder, 'segment-thread.mjs');
  writeFileSync(
    segments,
    `import { rmSync } from 'node:fs';
     import { parentPort } from 'node:worker_threads';
     parentPort.on('message', ({ name }) => {
       try {
         rmSync(${JSON.stringify(path.join(folder, 'dies over '))} + name);
       } catch {
         return;
       }
       throw new Error('The thread dies');
     });
     await import(${JSON.stringify(ports.threads.segments)});`,
  );
  engine = await DrivenEngine.open({ ...ports, threads: { ...ports.threads, segments } });
});

afterEach(async () => {
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a file whose reading it dies over says so, and is read when it is chosen again', async () => {
  const file = path.join(folder, 'people.csv');
  writeFileSync(file, 'Email\na@example.com\nb@example.com\n');
  dieOver('stage');
  const failed = await engine.addFile(file);
  expect(failed).toMatchObject({ state: 'failed', error: { code: 'segment.reader-stopped' } });
  expect(existsSync(path.join(folder, 'dies over stage'))).toBe(false);
  const read = await engine.addFile(file);
  expect(read).toMatchObject({ state: 'ready', rowCount: 2, error: null });

  const check = () =>
    engine.call('exports.check', {
      segments: [{ segmentId: read.segmentId, fieldMap: read.suggestedFieldMap }],
      previewRows: 2,
    });
  dieOver('check');
  await expect(check()).rejects.toMatchObject({ code: 'segment.reader-stopped' });
  expect(await check()).toMatchObject({ counts: { rows: 2, valid: 2 } });
  expect(engine.surprises.map(String)).toEqual(Array(2).fill(expect.stringContaining('The thread dies')));
});
