import { first } from './0010-first.ts';
import { readings } from './0020-readings.ts';
import { segmentLibrary } from './0030-segment-library.ts';
import { pause } from './0040-pause.ts';
import { matchOptions } from './0050-match-options.ts';
import { filesThatComeBack } from './0070-files-that-come-back.ts';
import { plan } from './0080-plan.ts';
import { account } from './0090-account.ts';
import { whatBecame } from './0091-what-became.ts';
import { clearing } from './0095-clearing.ts';
import { runTasks } from './0100-run-tasks.ts';
import { listedOtherwise } from './0110-listed-otherwise.ts';
import { schedules } from './0120-schedules.ts';
import { people } from './0130-people.ts';
import { segmentTags } from './0150-segment-tags.ts';
import { provedDateOrders } from './0160-proved-date-orders.ts';

export interface Migration {
  /** The schema's number after it; steps of ten leave room for a late insertion. */
  readonly version: number;
  readonly sql: string;
}

/** Every step, oldest first. A step that has shipped is never edited. */
export const migrations: readonly Migration[] = [
  first,
  readings,
  segmentLibrary,
  pause,
  matchOptions,
  filesThatComeBack,
  plan,
  account,
  whatBecame,
  clearing,
  runTasks,
  listedOtherwise,
  schedules,
  people,
  segmentTags,
  provedDateOrders,
];
