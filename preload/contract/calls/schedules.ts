import { z } from 'zod';
import { time } from '../views/common.ts';
import { exportScheduleChange, recurrence, refreshRecurrence, schedulesView } from '../views/schedules.ts';
import { settingsView } from '../views/settings.ts';
import { id, nothing } from './common.ts';

const exportIds = z.array(id).min(1).max(1_000);

export const schedulesCalls = {
  /** The next five runs that a schedule would have. Refused with `schedule.time-zone-unknown`. */
  'schedules.preview': {
    input: z.strictObject({ recurrence }),
    output: z.strictObject({ nextRuns: z.array(time).max(5) }),
  },
  'schedules.setSystemRefresh': {
    input: z.strictObject({ on: z.boolean(), recurrence: refreshRecurrence }),
    output: schedulesView,
  },
  /** Gives every one of the exports this schedule, in place of whatever each had. */
  'schedules.set': { input: z.strictObject({ exportIds, change: exportScheduleChange }), output: schedulesView },
  /** Switches the exports' own schedules on or off, each as it is; exports without one stay as they are. */
  'schedules.switch': { input: z.strictObject({ exportIds, on: z.boolean() }), output: schedulesView },
  /** The person has seen it: it is shown no more. */
  'schedules.dismiss': { input: z.strictObject({ exportId: id, dueAt: time }), output: nothing },
  /** Whether Segue stays when its window is closed, and is there when the computer starts: without it no schedule runs. */
  'schedules.setBackground': {
    input: z.strictObject({ stayInTray: z.boolean().optional(), startAtLogin: z.boolean().optional() }),
    output: settingsView,
  },
};
