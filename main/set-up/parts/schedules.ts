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
    const here = new Map(written(home).map((schedule) => [keyOf(schedule), schedule]));
    return file.schedules.map((schedule, index): SetUpEntry => {
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
