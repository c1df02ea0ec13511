import type { ConnectionView, ExportView, RunView, SegmentView } from '../../preload/contract/views.ts';

// What a report tells of everything that has a name: kinds, states, counts, codes and times. Each value is picked out by
// name, so that a field that is added to a view one day is not in the report by itself.

const maximum = 20;
const newest = <T>(views: readonly T[], timeOf: (view: T) => number): T[] =>
  [...views].sort((one, other) => timeOf(other) - timeOf(one)).slice(0, maximum);

/** How many there are of each. */
function tally(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of [...values].sort()) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

const whole = (value: number) => Math.round(value);

export const connectionFacts = (views: readonly ConnectionView[]) =>
  views.slice(0, maximum).map(({ kind, details }) => ({
    kind,
    ...(details === null
      ? {}
      : {
          signInState: details.signInState,
          requestsToday: details.requestsToday,
          requestLimit: details.requestLimit,
          quotaUsedUp: details.pausedUntil !== null,
        }),
  }));

export const segmentFacts = (views: readonly SegmentView[]) => ({
  count: views.length,
  states: tally(views.map(({ state }) => state)),
  newest: newest(views, ({ readAt }) => readAt ?? Number.MAX_SAFE_INTEGER).map((view) => ({
    state: view.state,
    format: view.reading?.format ?? null,
    compression: view.reading?.compression ?? null,
    encoding: view.reading?.encoding ?? null,
    corrected: Object.keys(view.overrides).length > 0,
    parts: view.parts.length,
    sheets: view.sheets.length,
    bytes: view.fileBytes,
    rows: view.rowCount,
    columns: view.columns.length,
    unreadable: view.unreadableCount,
    changedOnDisk: view.changedOnDisk,
    error: view.error?.code ?? null,
  })),
});

export const exportFacts = (views: readonly ExportView[]) => ({
  count: views.length,
  modes: tally(views.map(({ mode }) => mode)),
  withoutConnection: views.filter(({ connectionId }) => connectionId === null).length,
  newest: newest(views, ({ updatedAt }) => updatedAt).map((view) => ({
    mode: view.mode,
    segments: view.segments.length,
    // Ids of custom fields belong to an account: only how many there are.
    fields: view.segments.flatMap(({ fieldMap }) => fieldMap).filter(({ field }) => /^[a-z_]+$/.test(field)).length,
    customFields: view.segments.flatMap(({ fieldMap }) => fieldMap).filter(({ field }) => !/^[a-z_]+$/.test(field))
      .length,
    lostColumns: view.lostColumns.length,
    leaverLimitPercent: view.leaverLimitPercent,
    readBack: view.readBack,
    agreed: view.permission !== null,
  })),
});

export const runFacts = (views: readonly RunView[]) => ({
  count: views.length,
  states: tally(views.map(({ state }) => state)),
  newest: newest(views, ({ startedAt }) => startedAt).map((view) => ({
    kind: view.kind,
    state: view.state,
    error: view.error?.code ?? null,
    waitsFor: view.waiting?.for ?? null,
    startedAt: new Date(view.startedAt).toISOString(),
    durationMs: view.endedAt === null ? null : view.endedAt - view.startedAt,
    tasksMs: Object.fromEntries(
      view.tasks.map(({ task, beganAt }, at) => {
        const until = view.tasks[at + 1]?.beganAt ?? view.endedAt;
        return [task, until === null ? null : until - beganAt];
      }),
    ),
    balance: view.balance,
    batches: view.progress.batches,
    rowsPerSecond: whole(view.progress.rowsPerSecond),
    leavers: view.account.leavers,
    removed: view.account.removed,
    clearing: view.account.clearing.people,
    readBack: view.account.readBack.state,
    canContinue: view.canContinue,
  })),
});
