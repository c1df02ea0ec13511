import type { ExportMode } from '../../../preload/contract/views.ts';
import { preparedRows } from '../../exports/prepared-rows.ts';
import type { FieldBits } from '../../store/ledger-fields.ts';
import type { PlanTerms } from '../plan.ts';
import { clearsAnything } from './clearings.ts';
import { findHeld } from './held-people.ts';
import {
  loadKnown,
  loadListedOtherwise,
  loadNeverMail,
  loadOptOuts,
  loadSentByOthers,
  type Passage,
  type Whose,
} from './load-people.ts';
import type { OtherExports } from './other-segments.ts';
import type { PlannedSegment } from './survey-rows.ts';

/** What a plan is made for. */
export interface PlanOrder {
  readonly mode: ExportMode;
  readonly onlyEmail: string | null;
  /** Whether contacts are compared with the ledger although all of them are sent. */
  readonly compare: boolean;
  /** Whether people who are absent leave the list. */
  readonly takesOff: boolean;
  readonly others: OtherExports;
  readonly fieldBits: FieldBits;
}

/**
 * Loads into the plan's database what its contacts are held against: ledger, opt-outs, never-mail list, and for leavers
 * whom other exports sent to the list. `key` is asked for when the never-mail list holds people of whom only a hash is left.
 */
export async function loadTerms(
  passage: Passage,
  whose: Whose,
  segments: readonly PlannedSegment[],
  order: PlanOrder,
  key: () => Promise<Buffer>,
): Promise<{ readonly terms: PlanTerms; readonly sentBefore: number }> {
  const known = order.compare || order.mode !== 'add-and-update' || clearsAnything(segments);
  const sentBefore = known ? await loadKnown(passage, whose) : 0;
  await loadOptOuts(passage, whose);
  await loadNeverMail(passage, whose);
  const addresses = `SELECT email FROM (${preparedRows(segments, [])}) WHERE reason = 0`;
  const held = await findHeld(passage.db, addresses, key);
  if (order.takesOff) {
    await loadSentByOthers(passage, whose, order.others.mirrors);
    await loadListedOtherwise(passage, whose);
  }
  const { mode, onlyEmail, takesOff, others, fieldBits } = order;
  return {
    terms: { mode, onlyEmail, has: { known, held }, leaving: takesOff ? { others: others.segments } : null, fieldBits },
    sentBefore,
  };
}

/** Frees what {@link loadTerms} loaded. */
export async function dropTerms({ db }: Pick<Passage, 'db'>): Promise<void> {
  for (const table of ['known', 'opted_out', 'never_mail', 'held', 'sent_by_others', 'listed_otherwise']) {
    await db.run(`DROP TABLE IF EXISTS ${table}`);
  }
}
