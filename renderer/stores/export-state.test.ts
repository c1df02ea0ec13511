import { expect, test } from 'vitest';
import type { ExportScheduleView } from '../../preload/contract/views.ts';
import { exportState } from './export-state.ts';
import { runView } from './testing.ts';

const schedule = (of: Partial<ExportScheduleView> = {}): ExportScheduleView => ({
  exportId: 'e1',
  follows: 'system',
  active: true,
  own: null,
  nextRuns: [],
  waitsFor: null,
  skipped: null,
  ...of,
});
const skipped = { dueAt: 50, at: 60, error: { code: 'sign-in.expired', params: {} } } as const;

test('an export stands as its newest run, or as its schedule where that came later', () => {
  const ended = runView({ state: 'successful', startedAt: 10, endedAt: 20 });
  expect(exportState(undefined, undefined)).toBeNull();
  expect(exportState(ended, schedule())).toBe('successful');
  expect(exportState(undefined, schedule({ skipped }))).toBe('skipped');
  expect(exportState(ended, schedule({ skipped }))).toBe('skipped');
  expect(exportState(runView({ state: 'successful', startedAt: 70, endedAt: 80 }), schedule({ skipped }))).toBe(
    'successful',
  );
  expect(exportState(runView({ state: 'running', startedAt: 10 }), schedule({ skipped }))).toBe('running');
  expect(exportState(ended, schedule({ waitsFor: 'segment' }))).toBe('queued');
  expect(exportState(runView({ state: 'failed', skipped: true, startedAt: 70, endedAt: 80 }), schedule())).toBe(
    'skipped',
  );
});
