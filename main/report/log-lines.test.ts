import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportedLine } from './log-lines.ts';

const at = '2026-11-23T10:00:00.000Z';

describe('reportedLine', () => {
  it('keeps what helps: event, code, kinds of error, places in our code', () => {
    const line =
      'call exports.run error=unexpected | SegueError | at run (/home/…/app.asar/out/main/index.cjs:10:20) | ' +
      'SqliteError(SQLITE_FULL) | at node:internal/process/task_queues:104:5';
    expect(reportedLine(`${at} ${line}`)).toEqual({
      at,
      event: 'call exports.run',
      code: 'unexpected',
      errors: ['SegueError', 'SqliteError(SQLITE_FULL)'],
      places: ['index.cjs:10:20', 'node:internal/process/task_queues:104:5'],
    });
    expect(reportedLine(`${at} page gone {"reason":"oom","exitCode":5}`)).toEqual({
      at,
      event: 'page gone',
      reason: 'oom',
      numbers: { exitCode: 5 },
    });
    expect(reportedLine(`${at} page error {"name":"TypeError","places":"index-1a2b.js:1:234 vendor.js:5:6"}`)).toEqual({
      at,
      event: 'page error',
      errors: ['TypeError'],
      places: ['index-1a2b.js:1:234', 'vendor.js:5:6'],
    });
  });

  it('keeps nothing else, wherever it stands', () => {
    for (const line of [
      'Ada Lovelace',
      'call ada.lovelace error=ada@example.com',
      'engine error=unexpected | Lovelace(ADA) | at Ada Lovelace (/srv/Lovelace clients/Lovelace.csv:1:2)',
      'command lovelace error=unexpected | at Lovelace',
      'page gone {"reason":"Lovelace","exitCode":"Lovelace","Lovelace":1,"name":"Lovelace","places":"Lovelace.csv:1:2"}',
      'page gone {"reason":',
    ]) {
      expect(JSON.stringify(reportedLine(`${at} ${line}`))).not.toMatch(/ada|lovelace/i);
    }
    expect(reportedLine('Ada Lovelace')).toBeNull();
  });

  it('never passes a word of a person on, for any line', () => {
    // Every letter that nothing of ours is written with.
    const personal = fc.stringMatching(/^[éàüß@ ]{3,12}$/);
    const shapes = ['call exports.run error=unexpected | ', 'engine error=', '', 'page gone {"reason":"', ' | at f ('];
    fc.assert(
      fc.property(fc.array(fc.oneof(personal, fc.constantFrom(...shapes), fc.string())), (parts) => {
        const told = JSON.stringify(reportedLine(`${at} ${parts.join('')}`));
        expect(told).not.toMatch(/[éàüß@]/);
      }),
      { numRuns: 300 },
    );
  });
});
