// The points of a run at which the crash suite can end the process: before and after what the run thread calls in these
// modules. They stand here and not in the app: nothing in the app knows that it can be ended at a point.

/** Functions whose beginning and end are points, by module. */
export const pointModules: Readonly<Record<string, readonly string[]>> = {
  'main/store/batches.ts': ['markPosting', 'markPosted', 'markNotPosted', 'markSettled'],
  'main/store/ledger.ts': ['writeLedger', 'clearInLedger'],
  'main/store/field-clearings.ts': ['insertFieldClearings', 'markClearingSending', 'deleteFieldClearing'],
  'main/store/rejected-rows.ts': ['insertRejectedRows'],
  'main/store/runs.ts': ['savePlan', 'moveRun', 'setRunPhase'],
  'main/constant-contact/imports.ts': ['postFileImport'],
  'main/constant-contact/activities.ts': ['fetchActivities'],
  'main/constant-contact/whole-contacts.ts': ['fetchWholeContact', 'putContact'],
  'main/runs/account/opt-outs.ts': ['refreshOptOuts'],
  'main/runs/planning/plan-tables.ts': ['makePlanTables'],
  'main/runs/planning/plan-terms.ts': ['loadTerms', 'dropTerms'],
  'main/runs/plan.ts': ['buildPlan', 'batchContacts'],
  'main/runs/clearing/journal-clearings.ts': ['journalClearings'],
};

/** The store's transactions: the end of one is the moment after its commit. */
export const transactionPoint = 'transaction';

/** A request that is on its way: the process ends some milliseconds after it was begun. */
export const duringPost = 'during postFileImport';

const functions = Object.values(pointModules).flat();

const around = (names: readonly string[]): string[] => names.flatMap((name) => [`before ${name}`, `after ${name}`]);

/** Every point that each run comes by, at least once, when nothing goes wrong; some only when fields are cleared. */
export const crashPoints: readonly string[] = [
  ...around(functions.filter((name) => name !== 'markNotPosted')),
  ...around([transactionPoint]),
  duringPost,
];

/** Those that only a run without a plan comes by. */
export const planningPoints: ReadonlySet<string> = new Set(
  around([
    ...['makePlanTables', 'refreshOptOuts', 'loadTerms', 'dropTerms', 'buildPlan'],
    ...['insertRejectedRows', 'savePlan'],
  ]),
);

/** Those that only a run comes by that clears fields. */
export const clearingPoints: ReadonlySet<string> = new Set(
  around([
    ...['journalClearings', 'insertFieldClearings', 'fetchWholeContact', 'markClearingSending', 'putContact'],
    ...['clearInLedger', 'deleteFieldClearing'],
  ]),
);

/** Where the process is to end: the `nth` time, counted from 1, that it comes to the point. */
export interface Aim {
  readonly point: string;
  readonly nth: number;
  /** The whole process group, or only the run thread. */
  readonly what?: 'thread';
}

/** Environment variable that carries the aim, as JSON, to the suite's own run thread. */
export const aimVariable = 'SEGUE_CRASH_AIM';
