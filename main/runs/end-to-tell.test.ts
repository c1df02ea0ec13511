import { describe, expect, it } from 'vitest';
import type { RunView } from '../../preload/contract/views.ts';
import { createWords } from '../words.ts';
import { endToTell } from './end-to-tell.ts';

const balance = {
  rowsRead: 1_300,
  accepted: 1_200,
  unchanged: 90,
  duplicate: 4,
  rejected: 3,
  heldBack: 2,
  refused: 1,
  notSent: 0,
  unknown: 0,
  unreadable: 5,
};
const run = (change: Partial<RunView>): RunView =>
  ({ runId: 'r1', exportName: 'Spring', kind: 'export', balance, ...change }) as RunView;

describe('endToTell', () => {
  it('says how a run ended, in the person’s language, and where to look', () => {
    const told = endToTell(run({ state: 'completedWithWarnings' }), createWords('fr'));
    expect(told).toEqual({
      title: 'Exporté avec des avertissements\u00a0: Spring',
      body: expect.stringMatching(/^1.200 acceptées, 9 non\./),
      opens: { name: 'run', runId: 'r1' },
    });
    expect(endToTell(run({ state: 'successful' }), createWords('en'))?.body).toBe(
      '1,300 rows were read, 1,200 accepted, 90 unchanged.',
    );
    expect(endToTell(run({ state: 'successful', kind: 'undo' }), createWords('en'))?.title).toBe('Undone: Spring');
  });

  it('says nothing of what the person did themselves, nor of what goes on', () => {
    for (const state of ['cancelled', 'paused', 'running', 'queued', 'pausing', 'cancelling'] as const) {
      expect(endToTell(run({ state }), createWords('en'))).toBeNull();
    }
  });

  it('never quotes what an error was about', () => {
    const error = { code: 'segment.missing', params: { file: 'ada@example.com.csv' } } as const;
    for (const state of ['failed', 'interrupted'] as const) {
      expect(JSON.stringify(endToTell(run({ state, error }), createWords('en')))).not.toContain('ada');
    }
  });
});
