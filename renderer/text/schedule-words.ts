import type { IntlShape } from 'react-intl';
import type { ExportScheduleView, Recurrence, SchedulesView } from '../../preload/contract/views.ts';

type Speaker = Pick<IntlShape, 'formatMessage' | 'locale'>;

/** A Monday: the weekdays are counted from it. */
const monday = Date.UTC(2024, 0, 1);
const dayMs = 86_400_000;

/** The last day of a month that has it, and of any other. */
export const lastMonthDay = 31;

/** `08:00` as the locale writes it. */
export function clockTimeWords(time: string, locale: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const at = monday + (hour * 60 + minute) * 60_000;
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' }).format(at);
}

/** Name of a weekday, 1 for Monday. */
export function weekdayName(weekday: number, locale: string, style: 'long' | 'short'): string {
  const at = monday + (weekday - 1) * dayMs;
  return new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' }).format(at);
}

/** A day of the month; the 31st is said to be the last. */
export function monthDayName(day: number, intl: Speaker): string {
  return day === lastMonthDay ? intl.formatMessage({ id: 'schedule.last-day' }) : String(day);
}

/** IANA name of a time zone as people read it. */
export const timeZoneName = (timeZone: string): string => timeZone.replaceAll('_', ' ');

/** When a schedule comes round, in a few words; its time zone where that is not this computer's. */
export function recurrenceWords(recurrence: Recurrence, ownTimeZone: string, intl: Speaker): string {
  const { every, weekdays, monthDays, timeZone } = recurrence;
  const join = (parts: readonly string[]) => parts.join(', ');
  const times = join([...recurrence.times].sort().map((time) => clockTimeWords(time, intl.locale)));
  const ordered = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);
  const words = (): string => {
    switch (every) {
      case 'day':
        return intl.formatMessage({ id: 'schedule.daily' }, { times });
      case 'week': {
        const days = join(ordered(weekdays).map((day) => weekdayName(day, intl.locale, 'short')));
        return intl.formatMessage({ id: 'schedule.weekly' }, { days, times });
      }
      case 'month': {
        const days = join(ordered(monthDays).map((day) => monthDayName(day, intl)));
        return intl.formatMessage({ id: 'schedule.monthly' }, { days, times });
      }
    }
  };
  if (timeZone === ownTimeZone) return words();
  return intl.formatMessage({ id: 'schedule.in-zone' }, { schedule: words(), zone: timeZoneName(timeZone) });
}

/** By what an export runs, in a few words: the column *Schedule*. */
export function exportScheduleWords(
  schedule: ExportScheduleView,
  { systemRefresh, timeZone }: Pick<SchedulesView, 'systemRefresh' | 'timeZone'>,
  intl: Speaker,
): string {
  if (schedule.follows === 'manual') return intl.formatMessage({ id: 'schedule.manual' });
  if (schedule.follows === 'system' || schedule.own === null) {
    return intl.formatMessage({ id: systemRefresh.on ? 'schedule.system' : 'schedule.system-off' });
  }
  const words = recurrenceWords(schedule.own.recurrence, timeZone, intl);
  return schedule.own.on ? words : intl.formatMessage({ id: 'schedule.off' }, { schedule: words });
}
