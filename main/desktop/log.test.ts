import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SegueError } from '../errors/segue-error.ts';
import { createLog, redact } from './log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'segue-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const logged = () => readFileSync(path.join(folder, 'segue.log'), 'utf8');

describe('redact', () => {
  it('takes out tokens, sign-in codes, addresses and account names', () => {
    const cleaned = redact(
      [
        'GET /callback?code=SECRET1&state=SECRET2',
        '{"access_token":"SECRET3","refresh_token": "SECRET4"}',
        'Authorization: Bearer SECRET5.x-y',
        'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJTRUNSRVQ2In0.c2ln',
        'anna.secret7@example.com',
        'at f (/home/secret8/app/out/main/index.cjs:1:2)',
        'C:\\Users\\secret9\\x',
        'C:\\Users\\Anna Secret11\\x and /Users/Anna Secret12/y',
        'code_verifier=SECRET10',
      ].join(' '),
    );
    expect(cleaned).not.toMatch(/secret/i);
    expect(cleaned).not.toContain('eyJ');
  });
});

describe('createLog', () => {
  it('writes an error’s code, kinds and places, never its words or parameters', () => {
    const log = createLog(folder, () => Date.UTC(2026, 10, 23));
    const cause = Object.assign(new TypeError('row anna@example.com is odd'), { code: 'ENOSPC' });
    log.error('call exports.run', new SegueError('segment.missing', { file: 'private list.csv' }, { cause }));
    expect(logged()).toContain('2026-11-23T00:00:00.000Z call exports.run error=segment.missing');
    expect(logged()).toContain('TypeError(ENOSPC)');
    expect(logged()).toMatch(/at .*log\.test\.ts/);
    expect(logged()).not.toMatch(/anna|odd|private/);
  });

  it('tells places by function and file alone, wherever the program lies', () => {
    const log = createLog(folder, () => 0);
    const thrown = new Error('odd');
    thrown.stack = [
      'Error: odd',
      '    at anna secret (a sentence that looks like one)',
      '    at Ledger.write (C:\\Users\\Anna Secret (Work)\\app.asar\\out\\main\\run-worker.cjs:12:34)',
      '    at async /srv/Anna Secret, clients/app.asar/out/main/chunks/plan-1a2b.cjs:5:6',
      '    at new Stage (file:///Users/anna%20secret/stage.ts:7:8)',
      '    at process.processTicksAndRejections (node:internal/process/task_queues:104:5)',
      '    at Anna Secret.csv:9:10',
      '    at anna@secret.example (/x/y.cjs:1:2)',
      '    at Anna Secret (/x/y.cjs:1:2)',
    ].join('\n');
    log.error('engine', thrown);
    expect(logged()).not.toMatch(/anna|secret/i);
    expect(logged().split(' | ').slice(2, 6)).toEqual([
      'at Ledger.write (run-worker.cjs:12:34)',
      'at plan-1a2b.cjs:5:6',
      'at new Stage (stage.ts:7:8)',
      'at process.processTicksAndRejections (node:internal/process/task_queues:104:5)',
    ]);
  });

  it('keeps a few files of limited size', () => {
    const log = createLog(folder, () => 0);
    for (let line = 0; line < 900; line += 1) log.note('x'.repeat(7_000), { line });
    expect(readdirSync(folder).sort()).toEqual(['segue.log', 'segue.log.1', 'segue.log.2', 'segue.log.3']);
    expect(logged()).toContain('"line":899');
  });

  it('says nothing when it cannot be written', () => {
    const log = createLog(path.join(folder, 'segue.log', 'x'), () => 0);
    createLog(folder, () => 0).note('here');
    expect(() => log.note('there')).not.toThrow();
  });
});
