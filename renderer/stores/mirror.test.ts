import { describe, expect, it } from 'vitest';
import { applyAnswer, applyEvent, mirrorOf } from './mirror.ts';
import { isActive, newestFirst, newestRunOf } from './run-order.ts';
import { exportView, runView, segmentView, snapshotView } from './testing.ts';

describe('the mirror', () => {
  it('applies what is newer than the snapshot and nothing else', () => {
    const mirror = mirrorOf(snapshotView({ revision: 10, segments: [segmentView({ rowCount: 5 })] }));
    const older = { name: 'segment.changed', payload: { revision: 10, value: segmentView({ rowCount: 1 }) } } as const;
    const newer = { name: 'segment.changed', payload: { revision: 11, value: segmentView({ rowCount: 9 }) } } as const;
    expect(applyEvent(mirror, older)).toBe(mirror);
    expect(applyEvent(mirror, newer).segments.s1?.rowCount).toBe(9);
    expect(mirror.segments.s1?.rowCount).toBe(5);
  });

  it('forgets a segment that main removed', () => {
    const mirror = mirrorOf(snapshotView({ segments: [segmentView(), segmentView({ segmentId: 's2' })] }));
    const after = applyEvent(mirror, {
      name: 'segment.removed',
      payload: { revision: 11, value: { segmentId: 's1' } },
    });
    expect(Object.keys(after.segments)).toEqual(['s2']);
  });

  it('takes an answer only where no event has told more', () => {
    const mirror = mirrorOf(snapshotView({ runs: [runView({ state: 'successful' })] }));
    const after = applyAnswer(mirror, { runs: [runView({ state: 'queued' }), runView({ runId: 'r2' })] });
    expect(after.runs.r1?.state).toBe('successful');
    expect(after.runs.r2?.state).toBe('running');
  });

  it('keeps the objects of exports and schedules that say what they said', () => {
    const before = mirrorOf(snapshotView({ exports: [exportView(), exportView({ exportId: 'e2' })] }));
    const value = structuredClone([exportView(), exportView({ exportId: 'e2', name: 'Other' })]);
    const after = applyEvent(before, { name: 'exports.changed', payload: { revision: 11, value } });
    expect(after.exports[0]).toBe(before.exports[0]);
    expect(after.exports[1]).toMatchObject({ name: 'Other' });
    const schedules = structuredClone(before.schedules);
    const later = applyEvent(after, { name: 'schedules.changed', payload: { revision: 12, value: schedules } });
    expect(later.schedules.systemRefresh).toBe(before.schedules.systemRefresh);
  });

  it('follows runs by their id', () => {
    const mirror = mirrorOf(snapshotView());
    const after = applyEvent(mirror, { name: 'run.changed', payload: { revision: 12, value: runView() } });
    expect(Object.keys(after.runs)).toEqual(['r1']);
  });
});

describe('runs', () => {
  const runs = {
    a: runView({ runId: 'a', startedAt: 1, state: 'successful' }),
    b: runView({ runId: 'b', startedAt: 3, exportId: 'e2' }),
    c: runView({ runId: 'c', startedAt: 2, state: 'cancelled' }),
  };

  it('stand with the newest first', () => {
    expect(newestFirst(runs).map((run) => run.runId)).toEqual(['b', 'c', 'a']);
    expect(newestRunOf('e1', runs)?.runId).toBe('c');
    expect(newestRunOf('none', runs)).toBeUndefined();
  });

  it('are active until they ended', () => {
    expect(newestFirst(runs).filter(isActive)).toEqual([runs.b]);
  });
});
