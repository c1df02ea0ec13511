import { describe, expect, it } from 'vitest';
import type { RunView } from '../../preload/contract/views.ts';
import type { NotificationToShow, ShownProgress } from '../ports.ts';
import { createWords } from '../words.ts';
import { createRunSigns, progressToShow } from './run-signs.ts';

const run = (change: Partial<RunView>, settled = 25, toSend = 100): RunView =>
  ({
    runId: 'r1',
    exportName: 'Spring',
    state: 'running',
    waiting: null,
    ...change,
    progress: { rowsToSend: toSend, rowsSettled: settled },
  }) as RunView;
const waitsFor = (what: NonNullable<RunView['waiting']>['for']) => run({ waiting: { for: what, until: null } });

describe('progressToShow', () => {
  it('is how much is settled, and not known before it is clear how much there is', () => {
    expect(progressToShow(run({}))).toEqual({ share: 0.25, state: 'going' });
    expect(progressToShow(run({ state: 'queued' }, 0, 0))).toEqual({ share: null, state: 'going' });
  });

  it('tells standing still from being paced', () => {
    for (const what of ['sign-in', 'quota', 'network', 'service'] as const) {
      expect(progressToShow(waitsFor(what))?.state, what).toBe('resting');
    }
    for (const what of ['pacing', 'activities', 'opt-outs', 'list'] as const) {
      expect(progressToShow(waitsFor(what))?.state, what).toBe('going');
    }
  });

  it('keeps a bad end, and nothing of any other', () => {
    for (const state of ['failed', 'interrupted'] as const) {
      expect(progressToShow(run({ state }))).toEqual({ share: 0.25, state: 'failed' });
    }
    for (const state of ['successful', 'completedWithWarnings', 'cancelled', 'paused'] as const) {
      expect(progressToShow(run({ state }))).toBeNull();
    }
  });
});

describe('a run that waits for its person', () => {
  function start(inFront = false) {
    const shown: (ShownProgress | null)[] = [];
    const notified: NotificationToShow[] = [];
    const signs = createRunSigns(
      {
        showProgress: (progress) => shown.push(progress),
        notify: (notification) => notified.push(notification),
        isInFront: () => inFront,
      },
      () => createWords('fr'),
    );
    return { signs, shown, notified };
  }

  it('calls for them once each time, in their language', () => {
    const { signs, shown, notified } = start();
    for (const change of [run({}), waitsFor('sign-in'), waitsFor('sign-in')]) signs.show(change);
    expect(shown.map((progress) => progress?.state)).toEqual(['going', 'resting', 'resting']);
    expect(notified).toEqual([
      {
        title: 'En attente de vous\u00a0: Spring',
        body: expect.stringMatching(/^La connexion .* envoyé\.$/),
        opens: { name: 'run', runId: 'r1' },
      },
    ]);
    signs.show(run({}));
    signs.show(waitsFor('sign-in'));
    expect(notified).toHaveLength(2);
  });

  it('does not call for somebody who sees it', () => {
    const { signs, notified } = start(true);
    signs.show(waitsFor('sign-in'));
    expect(notified).toEqual([]);
  });
});
