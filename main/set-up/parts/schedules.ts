import type { ExportScheduleChange } from '../../../preload/contract/views.ts';
import { findExportByName, listExports } from '../../store/exports.ts';
import { getSystemRefresh, listExportSchedules } from '../../store/schedules.ts';
import { comparedBy, entryId, isNew, type SetUpEntry } from '../set-up-entry.ts';
import type { SetUpFile, SetUpSchedule } from '../set-up-file.ts';
import type { SetUpHome, SetUpPartOf } from '../set-up-parts.ts';

/** When exports run by themselves: the system refresh (named by no export), and what was chosen for single exports. */
export const schedulesPart: SetUpPartOf<'schedules'> = {
  key: 'schedules',
  save: (home) => written(home),
  entries: (home, file) => {
    const names = listExports(home.store).map(({ name }) => name);
    const here = new Map([...names.map(withSystemRefresh), ...written(home)].map((one) => [keyOf(one), one]));
    return schedulesOf(file, here).map(([index, schedule]): SetUpEntry => {
      const known = here.get(keyOf(schedule));
      const inFile = file.exports.findIndex((one) => one.name.toLowerCase() === schedule.export?.toLowerCase());
      return {
        itemId: entryId('schedules', index),
        part: 'schedules',
        name: schedule.export ?? home.words().say('system-refresh.title'),
        ...(known === undefined ? isNew : comparedBy({ schedule: told(known) !== told(schedule) })),
        needs: inFile === -1 ? [] : [entryId('exports', inFile)],
        take: () => take(home, schedule),
      };
    });
  },
};

/** The schedule of an export of which nothing else was chosen. */
const withSystemRefresh = (name: string): SetUpSchedule => ({
  export: name,
  follows: 'system',
  on: false,
  recurrence: null,
});

/**
 * The schedules of a file, each with its number; behind them the exports of which it says nothing, where they follow
 * another schedule here.
 */
function schedulesOf(
  file: SetUpFile,
  here: ReadonlyMap<string, SetUpSchedule>,
): (readonly [index: number, schedule: SetUpSchedule])[] {
  const said = new Set(file.schedules.map(keyOf));
  const unsaid = file.exports.map(({ name }, index) => {
    const schedule = withSystemRefresh(name);
    return [file.schedules.length + index, schedule] as const;
  });
  return [
    ...file.schedules.map((schedule, index) => [index, schedule] as const),
    ...unsaid.filter(([, schedule]) => {
      const follows = here.get(keyOf(schedule))?.follows;
      return !said.has(keyOf(schedule)) && follows !== undefined && follows !== 'system';
    }),
  ];
}

const keyOf = ({ export: name }: SetUpSchedule): string => name?.toLowerCase() ?? '';

/** What decides when it runs: a schedule that is not followed decides nothing. */
const told = ({ follows, on, recurrence }: SetUpSchedule): string =>
  follows === 'own' ? JSON.stringify([on, recurrence]) : follows;

function written({ store }: SetUpHome): SetUpFile['schedules'] {
  const { on, recurrence } = getSystemRefresh(store);
  const names = new Map(listExports(store).map(({ exportId, name }) => [exportId, name]));
  return [
    ...(recurrence === null ? [] : [{ export: null, follows: 'own' as const, on, recurrence }]),
    ...listExportSchedules(store)
      .filter((schedule) => schedule.follows !== 'system')
      .map((schedule) => ({
        export: names.get(schedule.exportId) ?? '',
        follows: schedule.follows,
        on: schedule.on,
        recurrence: schedule.recurrence,
      })),
  ];
}

/** An export that was not taken over has no schedule. Throws `schedule.time-zone-unknown`. */
function take({ store, schedules }: SetUpHome, { export: name, follows, on, recurrence }: SetUpSchedule): void {
  if (name === null) {
    if (recurrence !== null) schedules.setSystemRefresh({ on, recurrence });
    return;
  }
  const found = findExportByName(store, name);
  if (found === undefined) return;
  const change = ((): ExportScheduleChange => {
    if (follows !== 'own' || recurrence === null) return { follows: follows === 'own' ? 'manual' : follows };
    return { follows, on, recurrence };
  })();
  schedules.set({ exportIds: [found.exportId], change });
}
