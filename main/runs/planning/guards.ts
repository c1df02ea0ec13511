import type { AcceptedGuards, PlanGuard } from '../../../preload/contract/views.ts';
import { SegueError } from '../../errors/segue-error.ts';

/** What guards look at in a plan. */
export interface Guarded {
  readonly exportName: string;
  readonly rowsRead: number;
  readonly unreadable: number;
  readonly leavers: number;
  /** People in this export's ledger of its list. */
  readonly sentBefore: number;
  readonly leaverLimitPercent: number;
  /** People of whom fields are cleared, each by itself. */
  readonly clearing: number;
  /** What the day's quota leaves. */
  readonly requestsLeft: number;
}

/** Requests that clearing fields of one person takes: one that reads, one that writes. */
export const requestsPerClearing = 2;

/** What keeps a plan from being carried out until a person has agreed, the most serious first (design.md section 5). */
export function guardsOf(plan: Guarded): PlanGuard[] {
  const { rowsRead, unreadable, leavers, sentBefore, leaverLimitPercent: limitPercent } = plan;
  if (rowsRead === 0) return [{ kind: 'nothing-to-send' }];
  const guards: PlanGuard[] = [];
  if (leavers * 100 > sentBefore * limitPercent) {
    guards.push({ kind: 'too-many-leavers', leavers, sentBefore, limitPercent });
  }
  // Anybody may stand in a line that could not be read; where nobody leaves, nobody leaves by mistake.
  if (unreadable > 0 && leavers > 0) guards.push({ kind: 'unreadable-lines', count: unreadable });
  const requests = plan.clearing * requestsPerClearing;
  if (requests > plan.requestsLeft) {
    guards.push({ kind: 'too-many-clearings', people: plan.clearing, requests, requestsLeft: plan.requestsLeft });
  }
  return guards;
}

/**
 * Lets a plan pass that no guard holds up, or whose guards a person has answered. Throws `export.nothing-to-send`,
 * `plan.too-many-leavers`, `plan.unreadable-lines` and `plan.too-many-clearings`.
 */
export function requireAccepted(plan: Guarded, accepted: AcceptedGuards): void {
  for (const guard of guardsOf(plan)) {
    switch (guard.kind) {
      case 'nothing-to-send':
        throw new SegueError('export.nothing-to-send', { name: plan.exportName });
      case 'too-many-leavers':
        if (guard.leavers > (accepted.leavers ?? 0)) {
          const { leavers, sentBefore, limitPercent } = guard;
          // As it is typed on a command line: without the person's grouping.
          const params = { name: plan.exportName, leavers, sentBefore, limitPercent, accept: String(leavers) };
          throw new SegueError('plan.too-many-leavers', params);
        }
        break;
      case 'unreadable-lines':
        if (accepted.unreadableLines !== true) {
          throw new SegueError('plan.unreadable-lines', { name: plan.exportName, count: guard.count });
        }
        break;
      case 'too-many-clearings':
        if (guard.people > (accepted.clearings ?? 0)) {
          const { people, requests, requestsLeft } = guard;
          const params = { name: plan.exportName, people, requests, requestsLeft, accept: String(people) };
          throw new SegueError('plan.too-many-clearings', params);
        }
        break;
    }
  }
}
