import type { Balance } from '../../preload/contract/views.ts';
import { type BatchGroup, groupBatches } from '../store/batches.ts';
import { groupMembershipBatches, type MembershipGroup } from '../store/membership-batches.ts';
import type { Store } from '../store/open-store.ts';
import type { RunRecord } from '../store/runs.ts';
import { balanceOf, sumBatches } from './balance.ts';

/** What a run sent, by state: its imports; of an undo, whose rows are people, its changes of memberships. */
export function sentGroups(
  record: Pick<RunRecord, 'kind' | 'plannedAt'>,
  imports: readonly BatchGroup[],
  changes: readonly MembershipGroup[],
): readonly BatchGroup[] {
  if (record.kind === 'export') return imports;
  // Its journal is written request by request; its rows are counted once all of it is there.
  if (record.plannedAt === null) return [];
  return changes.map(({ state, batches, people }) => ({
    state,
    batches,
    rows: people,
    accepted: state === 'completed' ? people : 0,
    refused: 0,
    unknown: state === 'failed' ? people : 0,
  }));
}

/** The balance of a run as its journal stands. Throws when it does not close. */
export function balanceOfRun(store: Store, record: RunRecord): Balance {
  const { runId } = record;
  const imports = groupBatches(store, [runId]).get(runId) ?? [];
  const changes = groupMembershipBatches(store, [runId]).get(runId) ?? [];
  return balanceOf(record, sumBatches(sentGroups(record, imports, changes)));
}
