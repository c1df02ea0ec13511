import type { ParsedInput } from '../../preload/contract/contract.ts';
import type { AttentionView, ExportScheduleView, Recurrence, SchedulesView } from '../../preload/contract/views.ts';
import type { ScheduledExport } from '../application.ts';
import { SegueError } from '../errors/segue-error.ts';
import type { Events } from '../events.ts';
import type { Ports } from '../ports.ts';
import { listExports } from '../store/exports.ts';
import type { Store } from '../store/open-store.ts';
import {
  dismissScheduledRun,
  type ExportSchedule,
  getScheduledRun,
  getSystemRefresh,
  listExportSchedules,
  newestScheduledRuns,
  type ScheduledRun,
  saveExportSchedule,
  saveSystemRefresh,
} from '../store/schedules.ts';
import { attentionOf, skippedOf } from './attention.ts';
import { runningSchedule } from './exports-to-run.ts';
import { createUpcoming } from './upcoming.ts';
import { isTimeZone } from './wall-clock.ts';

/** What a scheduled run whose time has come waits for, by export. */
export type Waits = ReadonlyMap<string, NonNullable<ExportScheduleView['waitsFor']>>;

/** IANA name of the computer's own time zone. */
const ownTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What a new schedule begins with. */
const proposed = (): Recurrence => ({
  every: 'day',
  weekdays: [1],
  monthDays: [1],
  times: ['08:00'],
  timeZone: ownTimeZone(),
  startsOn: null,
  whenMissed: 'catch-up',
});

/**
 * When exports run by themselves: the system refresh, and a schedule of each export's own or none. `changed` is told of
 * every change, after it is stored.
 */
export function createSchedulesService(parts: {
  readonly ports: Ports;
  readonly store: Store;
  readonly events: Events;
  readonly waits: () => Waits;
  readonly changed: () => void;
}) {
  const { ports, store, events } = parts;
  const upcoming = createUpcoming();

  function requireTimeZone({ timeZone }: Recurrence): void {
    if (!isTimeZone(timeZone)) throw new SegueError('schedule.time-zone-unknown', { name: timeZone });
  }

  function view(): SchedulesView {
    const now = ports.now();
    const definitions = new Map(listExports(store).map((definition) => [definition.exportId, definition]));
    const refresh = getSystemRefresh(store);
    const newest = new Map(newestScheduledRuns(store).map((scheduled) => [scheduled.exportId, scheduled]));
    const attention: AttentionView[] = [];
    const needsAttention = (scheduled: ScheduledRun | undefined, exportName: string): void => {
      const told = scheduled === undefined ? null : attentionOf(store, scheduled, exportName);
      if (told !== null) attention.push(told);
    };
    const exports = listExportSchedules(store).map((schedule): ExportScheduleView => {
      const { exportId, follows, on, recurrence } = schedule;
      const definition = definitions.get(exportId);
      const running = runningSchedule(schedule, refresh, (definition?.connectionId ?? null) !== null);
      const runs = running === null ? [] : upcoming(running.recurrence, now);
      const [next] = runs;
      const scheduled = newest.get(exportId);
      needsAttention(scheduled, definition?.name ?? '');
      if (next !== undefined) needsAttention(getScheduledRun(store, exportId, next), definition?.name ?? '');
      return {
        exportId,
        follows,
        active: running !== null,
        own: recurrence === null ? null : { on, recurrence },
        nextRuns: [...runs],
        waitsFor: parts.waits().get(exportId) ?? null,
        skipped: scheduled === undefined ? null : skippedOf(store, scheduled),
      };
    });
    const recurrence = refresh.recurrence ?? proposed();
    return {
      systemRefresh: { on: refresh.on, recurrence, nextRuns: refresh.on ? [...upcoming(recurrence, now)] : [] },
      exports,
      attention: attention.sort((a, b) => b.dueAt - a.dueAt),
      timeZone: ownTimeZone(),
      activeCount: exports.filter(({ active }) => active).length,
    };
  }

  const publish = (): void => events.publish('schedules.changed', view());
  const changed = (): SchedulesView => {
    parts.changed();
    publish();
    return view();
  };

  /** Those of the exports, in one go; throws `export.not-found` before anything is changed. */
  function schedulesOf(exportIds: readonly string[]): ExportSchedule[] {
    const known = new Map(listExportSchedules(store).map((schedule) => [schedule.exportId, schedule]));
    return exportIds.map((exportId) => {
      const schedule = known.get(exportId);
      if (schedule === undefined) throw new SegueError('export.not-found', { name: '' });
      return schedule;
    });
  }

  function save(schedules: readonly ExportSchedule[]): SchedulesView {
    store.transaction(() => {
      for (const schedule of schedules) saveExportSchedule(store, schedule);
    })();
    return changed();
  }

  return {
    view,
    publish,
    /** The exports whose schedules are on, the one that runs next first. */
    upcomingExports(): ScheduledExport[] {
      const names = new Map(listExports(store).map(({ exportId, name }) => [exportId, name]));
      return view()
        .exports.flatMap(({ exportId, nextRuns: [nextAt] }) =>
          nextAt === undefined ? [] : [{ exportId, exportName: names.get(exportId) ?? '', nextAt }],
        )
        .sort((a, b) => a.nextAt - b.nextAt);
    },
    /** Throws `schedule.time-zone-unknown`. */
    preview(recurrence: Recurrence): { nextRuns: number[] } {
      requireTimeZone(recurrence);
      return { nextRuns: [...upcoming(recurrence, ports.now())] };
    },
    /** Throws `schedule.time-zone-unknown`. */
    setSystemRefresh({ on, recurrence }: ParsedInput<'schedules.setSystemRefresh'>): SchedulesView {
      requireTimeZone(recurrence);
      saveSystemRefresh(store, { on, recurrence, since: ports.now() });
      return changed();
    },
    /** Throws `export.not-found`, `schedule.time-zone-unknown`. */
    set({ exportIds, change }: ParsedInput<'schedules.set'>): SchedulesView {
      if (change.follows === 'own') requireTimeZone(change.recurrence);
      const since = ports.now();
      return save(
        schedulesOf(exportIds).map((before) =>
          change.follows === 'own'
            ? { exportId: before.exportId, follows: 'own', on: change.on, recurrence: change.recurrence, since }
            : { ...before, follows: change.follows, since },
        ),
      );
    },
    /** Throws `export.not-found`. */
    switch({ exportIds, on }: ParsedInput<'schedules.switch'>): SchedulesView {
      const since = ports.now();
      const own = schedulesOf(exportIds).filter(({ follows, recurrence }) => follows === 'own' && recurrence !== null);
      return save(own.map((before) => ({ ...before, on, since })));
    },
    dismiss({ exportId, dueAt }: ParsedInput<'schedules.dismiss'>): void {
      dismissScheduledRun(store, exportId, dueAt, ports.now());
      publish();
    },
  };
}

export type SchedulesService = ReturnType<typeof createSchedulesService>;
