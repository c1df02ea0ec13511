import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Recurrence, recurrence as schema } from '../../preload/contract/views/schedules.ts';
import { newestRunBetween, nextRuns, runsAfter } from './recurrence.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

const daily: Recurrence = {
  every: 'day',
  weekdays: [],
  monthDays: [],
  times: ['08:00'],
  timeZone: 'Europe/Paris',
  startsOn: null,
  whenMissed: 'catch-up',
};

/** `2026-03-29 03:00`, as the clock shows it. */
const shown = (at: number, timeZone = 'Europe/Paris') =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at);
const next = (of: Partial<Recurrence>, after: string, count = 5) => {
  const recurrence = { ...daily, ...of };
  return nextRuns(recurrence, Date.parse(after), count).map((at) => shown(at, recurrence.timeZone));
};

describe('a time that the clock jumps over runs at the next minute that there is', () => {
  it.each([
    ['Europe/Paris', '02:30', '2026-03-28T12:00Z', '2026-03-29 03:00'],
    ['America/New_York', '02:15', '2026-03-07T18:00Z', '2026-03-08 03:00'],
    ['Australia/Lord_Howe', '02:15', '2026-10-03T12:00Z', '2026-10-04 02:30'],
    ['Africa/Cairo', '00:10', '2026-04-23T12:00Z', '2026-04-24 01:00'],
    ['Pacific/Apia', '08:00', '2011-12-30T04:00Z', '2011-12-31 00:00'],
  ])('%s %s', (timeZone, time, after, expected) => {
    const [first, second] = next({ timeZone, times: [time] }, after);
    expect(first).toBe(expected);
    // From then on as before.
    expect(second?.slice(11)).toBe(time);
  });

  it('once, however many times lie in the gap', () => {
    expect(next({ times: ['02:00', '02:59', '03:00', '03:01'] }, '2026-03-28T12:00Z', 3)).toEqual([
      '2026-03-29 03:00',
      '2026-03-29 03:01',
      '2026-03-30 02:00',
    ]);
  });
});

describe('a time that comes twice runs the first time only', () => {
  it.each([
    ['Europe/Paris', '02:30', '2026-10-24T12:00Z', '2026-10-25T00:30:00.000Z'],
    ['America/New_York', '01:15', '2026-10-31T12:00Z', '2026-11-01T05:15:00.000Z'],
    ['Australia/Lord_Howe', '01:45', '2026-04-04T04:00Z', '2026-04-04T14:45:00.000Z'],
  ])('%s %s', (timeZone, time, after, expected) => {
    const [first, second] = nextRuns({ ...daily, timeZone, times: [time] }, Date.parse(after), 2);
    expect(new Date(first ?? 0).toISOString()).toBe(expected);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(dayMs);
  });
});

test('in a month without the day, its last day takes its place, once', () => {
  expect(next({ every: 'month', monthDays: [30, 31] }, '2026-01-30T12:00Z')).toEqual([
    '2026-01-31 08:00',
    '2026-02-28 08:00',
    '2026-03-30 08:00',
    '2026-03-31 08:00',
    '2026-04-30 08:00',
  ]);
  expect(next({ every: 'month', monthDays: [29] }, '2028-02-01T12:00Z', 1)).toEqual(['2028-02-29 08:00']);
});

test('weeks begin on Monday, and nothing runs before the first day', () => {
  const sundays = { every: 'week', weekdays: [7], startsOn: '2026-12-06', times: ['00:00', '18:00'] } as const;
  expect(next({ ...sundays, weekdays: [7], times: [...sundays.times] }, '2026-01-01T00:00Z', 3)).toEqual([
    '2026-12-06 00:00',
    '2026-12-06 18:00',
    '2026-12-13 00:00',
  ]);
});

test('what is asked for must be on some day at some time', () => {
  expect(schema.safeParse(daily).success).toBe(true);
  for (const wrong of [
    { every: 'week' },
    { every: 'month' },
    { times: [] },
    { times: ['24:00'] },
    { times: ['08:00', '08:00'] },
    { startsOn: '2026-02-30' },
    { monthDays: [32] },
    { weekdays: [0] },
  ]) {
    expect(schema.safeParse({ ...daily, ...wrong }).success, JSON.stringify(wrong)).toBe(false);
  }
});

/** The parts of what a clock shows, minute by minute: told by Intl alone. */
function clockAt(at: number, format: Intl.DateTimeFormat) {
  const of = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const day = Date.UTC(Number(of.year), Number(of.month) - 1, Number(of.day));
  const weekday = new Date(day).getUTCDay() || 7;
  const daysInMonth = new Date(Date.UTC(Number(of.year), Number(of.month), 0)).getUTCDate();
  return {
    minute: day / minuteMs + Number(of.hour) * 60 + Number(of.minute),
    dayOfMonth: Number(of.day),
    weekday,
    daysInMonth,
    date: new Date(day).toISOString().slice(0, 10),
    day: day / minuteMs,
  };
}

/** The runs as the rules say, found by watching the clock each minute. */
function watched(recurrence: Recurrence, from: number, until: number): number[] {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: recurrence.timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const wanted = recurrence.times.map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
  const found: number[] = [];
  let shownSoFar = clockAt(from, format).minute;
  for (let at = from + minuteMs; at <= until; at += minuteMs) {
    const clock = clockAt(at, format);
    // Minutes that the clock shows, or passes over, for the first time.
    for (let minute = shownSoFar + 1; minute <= clock.minute; minute += 1) {
      const day = minute - (minute % 1440);
      const of = day === clock.day ? clock : clockAt(at - minuteMs, format);
      const isDay =
        recurrence.every === 'day' ||
        (recurrence.every === 'week' && recurrence.weekdays.includes(of.weekday)) ||
        (recurrence.every === 'month' &&
          (recurrence.monthDays.includes(of.dayOfMonth) ||
            (of.dayOfMonth === of.daysInMonth && recurrence.monthDays.some((wish) => wish > of.daysInMonth))));
      const hasBegun = recurrence.startsOn === null || of.date >= recurrence.startsOn;
      if (isDay && hasBegun && wanted.includes(minute - day) && found.at(-1) !== at) found.push(at);
    }
    shownSoFar = Math.max(shownSoFar, clock.minute);
  }
  return found;
}

const clockTime = fc
  .tuple(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 23 })), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);

/** A zone with a moment at which its clock is set. */
const change = fc.constantFrom(
  ['Europe/Paris', '2026-03-29T01:00Z'],
  ['Europe/Paris', '2026-10-25T01:00Z'],
  ['America/New_York', '2026-03-08T07:00Z'],
  ['America/New_York', '2026-11-01T06:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
  ['Asia/Kolkata', '2026-02-27T18:30Z'],
  ['UTC', '2028-02-28T23:00Z'],
);

const anySchedule = fc
  .record({
    every: fc.constantFrom('day', 'week', 'month'),
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    monthDays: fc.uniqueArray(fc.integer({ min: 1, max: 31 }), { minLength: 1 }),
    times: fc.uniqueArray(clockTime, { minLength: 1, maxLength: 4 }),
    whenMissed: fc.constant('catch-up'),
    change,
    startsWithin: fc.option(fc.integer({ min: -1, max: 2 })),
  })
  .map(({ change: [timeZone, at], startsWithin, ...rest }) => {
    const changesAt = Date.parse(at);
    const startsOn =
      startsWithin === null ? null : new Date(changesAt + startsWithin * dayMs).toISOString().slice(0, 10);
    return { changesAt, recurrence: { ...rest, timeZone, startsOn } as Recurrence };
  });

test('whatever the schedule, runs are those of a clock that is watched, each later than the one before', () => {
  fc.assert(
    fc.property(anySchedule, fc.integer({ min: 0, max: 1439 }), ({ recurrence, changesAt }, minutes) => {
      const from = changesAt - dayMs - minutes * minuteMs;
      const until = changesAt + 2 * dayMs;
      const runs: number[] = [];
      for (const at of runsAfter(recurrence, from)) {
        if (at > until) break;
        runs.push(at);
      }
      expect(runs).toEqual(watched(recurrence, from, until));
      expect(runs.every((at, index) => index === 0 || at > (runs[index - 1] ?? 0))).toBe(true);
      expect(newestRunBetween(recurrence, from, until)).toBe(runs.at(-1) ?? null);
    }),
    { numRuns: 40 },
  );
});

test('each run follows from the one before, wherever one begins to look', () => {
  fc.assert(
    fc.property(anySchedule, ({ recurrence, changesAt }) => {
      const runs = nextRuns(recurrence, changesAt - 3 * dayMs, 6);
      for (const [index, at] of runs.entries()) {
        if (index > 0) expect(nextRuns(recurrence, runs[index - 1] ?? 0, 1)).toEqual([at]);
        expect(nextRuns(recurrence, at - 1, 1)).toEqual([at]);
      }
    }),
    { numRuns: 60 },
  );
});
