import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Application } from '../application.ts';
import { createApplication } from '../compose.ts';
import { describe as describeError } from '../desktop/log.ts';
import { SegueError } from '../errors/segue-error.ts';
import { openStore } from '../store/open-store.ts';
import { plainPorts } from '../test-support/plain-ports.ts';

/** Somebody’s, wherever a name can stand; nothing of Segue’s is written like it. */
const personal = 'Zwölfkind';
const address = 'lena.zwoelfkind@example.com';
/** What must not be in a report, however it is written. */
const marks = /zw(ö|oe|%C3%B6|\\u00f6)lfkind|example\.com|konto-4711|schluessel-0815|\/tmp\//i;

const byWindow = { via: 'window' } as const;

/** Waits until a segment has been read. */
async function readWhole(application: Application, file: string): Promise<string> {
  const settled = Promise.withResolvers<string>();
  const end = application.subscribe((name, { value }) => {
    const view = value as { segmentId: string; state: string };
    if (name === 'segment.changed' && view.state !== 'reading') settled.resolve(view.segmentId);
  });
  await application.call('segments.addFiles', { paths: [file] }, byWindow);
  return settled.promise.finally(end);
}

test('a report holds what helps and nothing of anybody’s, with personal data in every place that has one', async () => {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'segue-report-')), `${personal} Kunden`);
  mkdirSync(folder);
  const file = path.join(folder, `${personal} ${address}.csv`);
  writeFileSync(file, `Email,${personal}\r\n${address},${personal}\r\nnot ${personal},x\r\n`);
  const broken = path.join(folder, `${personal}.parquet`);
  writeFileSync(broken, `PAR1 ${address}`);
  const ports = plainPorts({ userData: path.join(folder, 'profile') });
  const application = await createApplication(ports);
  await readWhole(application, file);
  await readWhole(application, broken);
  await application.stop(5_000);

  const store = openStore(path.join(ports.paths.userData, 'segue.sqlite'));
  store.exec(`
    UPDATE person SET display_name = '${personal}';
    INSERT INTO connection (connection_id, display_name, kind, shared_with, api_key, account_id, organisation,
      export_user_id, created_at, created_by, privacy_wording, privacy_agreed_at, privacy_agreed_by)
    SELECT '${personal}-c', '${personal} ${address}', 'constant-contact', 'administrators', 'schluessel-0815', 'konto-4711',
      '${personal} GmbH', person_id, 1, person_id, '${personal}', 1, person_id FROM person;
    INSERT INTO export_definition (export_id, name, connection_id, list_id, list_name, mode, leaver_limit_percent,
      read_back, created_at, updated_at, updated_by)
    SELECT '${personal}-e', '${personal}', '${personal}-c', '${personal}-l', '${personal} ${address}', 'mirror', 20, 0, 1, 2,
      person_id FROM person;
    INSERT INTO export_run (run_id, export_id, connection_id, connection_name, account_id, export_name, list_id, list_name,
      source, state, phase, started_at, started_by, error_code, error_params)
    VALUES ('${personal}-r', '${personal}-e', '${personal}-c', '${personal}', 'konto-4711', '${personal}', '${personal}-l',
      '${address}', '[]', 'failed', 'ended', 5, '${personal}',
      'segment.missing', '${JSON.stringify({ file: `${personal}.csv` })}');
  `);
  store.close();

  ports.desktop.logLines = [
    `2026-11-23T10:00:00.000Z engine ${describeError(
      new SegueError('segment.missing', { file }, { cause: new TypeError(`\n    at ${personal} (${file}:1:2)`) }),
    )}`,
    `2026-11-23T10:00:01.000Z page gone ${JSON.stringify({ reason: personal, name: address, places: file })}`,
    `${personal} ${address}`,
  ];
  const again = await createApplication(ports);
  const { text } = await again.call('report.make', {}, byWindow);
  expect(text).not.toMatch(marks);

  const report = JSON.parse(text) as Record<string, never>;
  expect(report).toMatchObject({
    versions: { segue: ports.appVersion, node: process.versions.node },
    database: { state: 'sound' },
    connections: [{ kind: 'constant-contact', signInState: 'signed-out' }],
    segments: { count: 1, newest: [{ format: 'csv', encoding: 'utf-8', rows: 2, columns: 2 }] },
    exports: { count: 1, modes: { mirror: 1 } },
    runs: { states: { failed: 1 }, newest: [{ error: 'segment.missing' }] },
    log: [{ event: 'engine', code: 'segment.missing' }, { event: 'page gone' }],
  });
  // What is not an administrator's to see is not theirs to report.
  expect(text).toContain('requestsToday');

  // What was shown is what is saved.
  ports.desktop.whereToSave = path.join(folder, 'report.json');
  ports.desktop.logLines = [];
  expect(await again.call('report.save', {}, byWindow)).toEqual({ savedTo: 'report.json' });
  expect(readFileSync(path.join(folder, 'report.json'), 'utf8')).toBe(text);
  ports.desktop.whereToSave = null;
  expect(await again.call('report.save', {}, byWindow)).toEqual({ savedTo: null });
  await again.stop(5_000);
});
