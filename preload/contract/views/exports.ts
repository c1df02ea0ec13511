import { z } from 'zod';
import { count, id, name, time } from './common.ts';
import { exportMode } from './plans.ts';
import { runView } from './runs.ts';
import { fieldMap } from './segments.ts';

export const segmentMatching = z.strictObject({ segmentId: id, fieldMap });
export type SegmentMatching = z.infer<typeof segmentMatching>;

export const exportDraft = z.strictObject({
  /** Absent for a new export. */
  exportId: id.optional(),
  name,
  connectionId: id,
  list: z.strictObject({ listId: id, name: z.string().max(255) }).nullable(),
  segments: z.array(segmentMatching).max(100),
  /** Absent: as it was; for a new export *add and update*. */
  mode: exportMode.exactOptional(),
  leaverLimitPercent: z.int().min(0).max(100).exactOptional(),
  /** Whether the list is read back after a run. Absent: as it was; for a new export and at a change of mode, for mirror only. */
  readBack: z.boolean().exactOptional(),
});
export type ExportDraft = z.infer<typeof exportDraft>;

/** Agreement that the people of an export may be mailed, kept per list. */
export const permissionView = z.strictObject({ agreedBy: z.string(), agreedAt: time, wording: z.string() });
export type PermissionView = z.infer<typeof permissionView>;

export const exportView = z.strictObject({
  exportId: id,
  name: z.string(),
  connectionId: id.nullable(),
  list: z.strictObject({ listId: id, name: z.string() }).nullable(),
  segments: z.array(segmentMatching),
  mode: exportMode,
  leaverLimitPercent: count,
  readBack: z.boolean(),
  /** Matches whose heading is gone from the segment, with the column that seems to have taken its place, if one does. */
  lostColumns: z.array(
    z.strictObject({ segmentId: id, field: z.string(), heading: z.string(), columnIndex: count.nullable() }),
  ),
  createdAt: time,
  updatedAt: time,
  updatedBy: z.string(),
  permission: permissionView.nullable(),
  /** When its people last were sent to the end; null when they never were. A run that failed or was cancelled does not count. */
  refreshedAt: time.nullable(),
  /** The newest run, or null when the export never ran. */
  lastRun: runView.nullable(),
});
export type ExportView = z.infer<typeof exportView>;
