import { z } from 'zod';
import { count } from './common.ts';
import { connectionView } from './connections.ts';
import { exportView } from './exports.ts';
import { presentPersonView } from './people.ts';
import { runView } from './runs.ts';
import { schedulesView } from './schedules.ts';
import { segmentView } from './segments.ts';
import { settingsView } from './settings.ts';
import { watchView } from './watches.ts';

/** Everything the window shows when it opens. */
export const snapshotView = z.strictObject({
  revision: count,
  appVersion: z.string(),
  platform: z.string(),
  person: presentPersonView,
  settings: settingsView,
  /** The redirect addresses to register in Constant Contact's portal. */
  redirectAddresses: z.array(z.string()),
  connections: z.array(connectionView),
  segments: z.array(segmentView),
  watches: z.array(watchView),
  exports: z.array(exportView),
  schedules: schedulesView,
  runs: z.array(runView),
});
export type SnapshotView = z.infer<typeof snapshotView>;
