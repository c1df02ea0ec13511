import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPacer, createUnpacedPacer, type DayCount } from './pacer.ts';
import { createSteppedClock } from './test-support/clocks.ts';

const morning = Date.UTC(2026, 10, 23, 10);
const midnight = Date.UTC(2026, 10, 24);
const random = (): number => 0;

describe('pace', () => {
  test('whatever comes when, no second ever holds more than three starts', async () => {
    const arrivals = fc.array(fc.record({ after: fc.integer({ min: 0, max: 900 }), run: fc.boolean() }), {
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(arrivals, fc.integer({ min: -3_600_000, max: 3_600_000 }), async (requests, jump) => {
        const clock = createSteppedClock();
        const pacer = createPacer({ clock, random });
        const starts: number[] = [];
        for (const { after, run } of requests) {
          void pacer.acquire(run ? 'run' : 'interactive').then(() => starts.push(clock.monotonic()));
          await clock.advance(after);
          clock.jump(Math.round(jump / requests.length));
        }
        await clock.drain();
        expect(starts).toHaveLength(requests.length);
        for (const start of starts) {
          expect(starts.filter((other) => other >= start && other < start + 1_000).length).toBeLessThanOrEqual(3);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('turns alternate between people and runs', async () => {
    const clock = createSteppedClock();
    const pacer = createPacer({ clock });
    const order: string[] = [];
    for (const name of ['run 1', 'run 2', 'run 3']) void pacer.acquire('run').then(() => order.push(name));
    for (const name of ['person 1', 'person 2']) void pacer.acquire('interactive').then(() => order.push(name));
    expect(pacer.state().waiting).toBe(4);
    await clock.drain();
    expect(order).toEqual(['run 1', 'person 1', 'run 2', 'person 2', 'run 3']);
  });

  test('unpaced holds nobody up and still counts', async () => {
    const clock = createSteppedClock();
    const pacer = createUnpacedPacer({ clock });
    await Promise.all(Array.from({ length: 500 }, () => pacer.acquire('run')));
    expect(clock.monotonic()).toBe(0);
    expect(pacer.state().requests).toBe(500);
  });

  test('whoever gives up leaves the queue', async () => {
    const clock = createSteppedClock();
    const pacer = createPacer({ clock });
    await pacer.acquire('run');
    const stop = new AbortController();
    const given = pacer.acquire('run', stop.signal);
    stop.abort();
    await expect(given).rejects.toThrowError('cancelled');
    await expect(pacer.acquire('run', stop.signal)).rejects.toThrowError('cancelled');
    expect(pacer.state()).toMatchObject({ waiting: 0, requests: 1 });
  });
});

describe('back-off', () => {
  test('waits 1, 2, 4 seconds, forgets after a quiet minute, and counts a burst once', async () => {
    const clock = createSteppedClock();
    const pacer = createPacer({ clock, random });
    const pauses: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      pacer.noteLimited('throttled', null);
      pacer.noteLimited('throttled', null);
      pauses.push((pacer.state().pausedUntil ?? 0) - clock.now());
      expect(pacer.state().pauseReason).toBe('throttled');
      await clock.advance(pauses.at(-1) ?? 0);
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000]);
    await clock.advance(61_000);
    pacer.noteLimited('throttled', null);
    expect((pacer.state().pausedUntil ?? 0) - clock.now()).toBe(1_000);
  });

  test('honours Retry-After, and a request in the queue waits for it', async () => {
    const clock = createSteppedClock();
    const pacer = createPacer({ clock, random });
    pacer.noteLimited('throttled', 7_000);
    let started = -1;
    void pacer.acquire('interactive').then(() => {
      started = clock.monotonic();
    });
    await clock.drain();
    expect(started).toBe(7_000);
  });

  test('setting the clock back does not make a pause longer', async () => {
    const clock = createSteppedClock();
    const pacer = createPacer({ clock, random });
    pacer.noteLimited('throttled', null);
    clock.jump(-3_600_000);
    expect((pacer.state().pausedUntil ?? 0) - clock.now()).toBe(1_000);
  });

  test('a full queue pauses nothing', () => {
    const pacer = createPacer({ clock: createSteppedClock() });
    pacer.noteLimited('queue-full', null);
    expect(pacer.state().pausedUntil).toBeNull();
  });
});

describe('the day', () => {
  test('a used-up quota holds runs until midnight UTC and tells people at once', async () => {
    const clock = createSteppedClock(morning);
    const saved: DayCount[] = [];
    const pacer = createPacer({ clock, random, save: (count) => saved.push(count) });
    await pacer.acquire('run');
    const waitingPerson = pacer.acquire('interactive');
    pacer.noteLimited('quota', null);
    await expect(waitingPerson).rejects.toMatchObject({
      code: 'remote.quota-exhausted',
      params: { resumesAt: midnight },
    });
    await expect(pacer.acquire('interactive')).rejects.toMatchObject({ code: 'remote.quota-exhausted' });
    expect(pacer.state()).toMatchObject({ pauseReason: 'quota', pausedUntil: midnight, exhausted: true });
    expect(saved.at(-1)).toEqual({ day: '2026-11-23', requests: 1, exhausted: true });

    let started = 0;
    void pacer.acquire('run').then(() => {
      started = clock.now();
    });
    await clock.drain();
    expect(started).toBeGreaterThanOrEqual(midnight);
    expect(started).toBeLessThan(midnight + 1_000);
    expect(pacer.state()).toMatchObject({ day: '2026-11-24', requests: 1, exhausted: false, pausedUntil: null });
  });

  test('a laptop that slept over midnight goes on soon after it wakes', async () => {
    const clock = createSteppedClock(morning);
    const pacer = createPacer({ clock, random });
    pacer.noteLimited('quota', null);
    let started = -1;
    void pacer.acquire('run').then(() => {
      started = clock.monotonic();
    });
    await clock.advance(10_000);
    clock.jump(midnight - morning);
    await clock.advance(30_000);
    expect(started).toBeGreaterThan(0);
  });

  test('counts and a used-up quota outlive the app', () => {
    const clock = createSteppedClock(morning);
    const kept = { day: '2026-11-23', requests: 9_000, exhausted: true };
    expect(createPacer({ clock, initial: kept }).state()).toMatchObject({ requests: 9_000, pausedUntil: midnight });
    const yesterday = { ...kept, day: '2026-11-22' };
    expect(createPacer({ clock, initial: yesterday }).state()).toMatchObject({ requests: 0, pausedUntil: null });
  });

  test('listeners hear of each change until they stop listening', async () => {
    const clock = createSteppedClock();
    const pacer = createPacer({ clock });
    let heard = 0;
    const stop = pacer.subscribe(() => {
      heard += 1;
    });
    await pacer.acquire('run');
    expect(heard).toBeGreaterThan(0);
    stop();
    const before = heard;
    pacer.noteLimited('throttled', null);
    expect(heard).toBe(before);
  });
});
