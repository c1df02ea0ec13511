// What clocks on the wall of a time zone show, and when. A wall time is written as if it were UTC: epoch milliseconds
// whose UTC parts are what the clock shows.

const hourMs = 3_600_000;

/** No clock is set by more than a day (Samoa left one out), no zone is further from UTC than 14 hours. */
const reach = [-48, -36, -24, -12, 0, 12, 24, 36, 48].map((hours) => hours * hourMs);

const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether this computer knows a time zone by that IANA name. */
export function isTimeZone(timeZone: string): boolean {
  try {
    formatOf(timeZone);
    return true;
  } catch {
    return false;
  }
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
}

/** What the clock shows at an instant (epoch milliseconds), to the second. Throws a RangeError for an unknown zone. */
export function wallTimeAt(instant: number, timeZone: string): number {
  const of: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(instant)) of[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = of;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/**
 * The instant at which the clock shows `wallTime`. A time that the clock jumps over is the first instant after the jump; of
 * one that comes twice, it is the first.
 */
export function instantOf(wallTime: number, timeZone: string): number {
  const offsetAt = (instant: number) => wallTimeAt(instant, timeZone) - instant;
  const offsets = [...new Set(reach.map((ms) => offsetAt(wallTime + ms)))];
  const shown = offsets
    .map((offset) => wallTime - offset)
    .filter((instant) => wallTimeAt(instant, timeZone) === wallTime);
  if (shown.length > 0) return Math.min(...shown);
  // Between these two the clock was set forward, past the time.
  let before = wallTime - Math.max(...offsets);
  let after = wallTime - Math.min(...offsets);
  while (after - before > 1_000) {
    const middle = Math.floor((before + after) / 2_000) * 1_000;
    if (wallTimeAt(middle, timeZone) < wallTime) before = middle;
    else after = middle;
  }
  return after;
}
