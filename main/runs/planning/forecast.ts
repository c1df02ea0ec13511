import type { PlanView } from '../../../preload/contract/views.ts';
import { changeRequests, idSource } from '../memberships/id-source.ts';
import { requestsPerClearing } from './guards.ts';

/** A contact export: asked for, looked at until it is ready, downloaded (constant-contact-v3.md 6.4). */
const contactExportRequests = 3;
/** The list and the account, before anything is sent. */
const looksBefore = 2;
/** Requests a second that Segue makes of the four that are allowed (constant-contact-v3.md 3). */
const requestsPerSecond = 3;

/** What the requests of a run hang on. */
export interface Work {
  readonly batches: number;
  readonly leavers: number;
  /** People of whom fields are cleared. */
  readonly clearing: number;
  /** People on the list; null when the account did not say. */
  readonly listMembers: number | null;
  readonly readBack: boolean;
}

/** Requests that a run makes, by kind. `follow` is an estimate: how often one looks hangs on the other side's speed. */
export function requestsOf({ batches, leavers, clearing, listMembers, readBack }: Work): PlanView['requests'] {
  const removals = changeRequests(leavers);
  const requests = {
    look: looksBefore,
    imports: batches,
    leaverIds: leavers === 0 ? 0 : idSource(leavers, listMembers).requests,
    removals,
    clearing: clearing * requestsPerClearing,
    // The list is read before sending too, so that the run can be undone.
    readBack: readBack ? 2 * contactExportRequests : 0,
    follow: batches + Math.ceil(removals / 4),
  };
  return { ...requests, total: Object.values(requests).reduce((sum, n) => sum + n, 0) };
}

/** Where leavers' contact ids would be had from, and what each way takes; null where nobody leaves. */
export function idSourceOf(leavers: number, listMembers: number | null): PlanView['leaverIdSource'] {
  if (leavers === 0) return null;
  return {
    chosen: idSource(leavers, listMembers).kind,
    requests: { 'look-ups': leavers, pages: listMembers === null ? null : Math.max(1, Math.ceil(listMembers / 500)) },
  };
}

/** How long a run takes: as long as earlier ones took for as many rows, and never less than its requests' pace allows. */
export function durationOf(
  toSend: number,
  requests: number,
  { rowsPerMs, unpaced }: { readonly rowsPerMs: number | null; readonly unpaced: boolean },
): PlanView['duration'] {
  const paceMs = unpaced ? 0 : Math.ceil((requests * 1_000) / requestsPerSecond);
  if (rowsPerMs === null) return { ms: paceMs, from: 'pace' };
  return { ms: Math.max(paceMs, Math.ceil(toSend / rowsPerMs)), from: 'earlier-runs' };
}
