import { SegueError } from '../../errors/segue-error.ts';
import { asciiEmailPattern, emailMaxLength, internationalEmailPattern, trimPattern } from '../../exports/email-rule.ts';
import type { Ports } from '../../ports.ts';
import type { Store } from '../../store/open-store.ts';
import type { PersonRecord } from '../../store/persons.ts';
import { pageRejectedRows } from '../../store/rejected-rows.ts';
import { decideRetry, forgetRetry, sentMended } from '../../store/retried-rows.ts';

const trim = new RegExp(trimPattern, 'gu');
const shapes = [asciiEmailPattern, internationalEmailPattern].map((pattern) => new RegExp(pattern, 'u'));

/** Whether a text is an address as the plan's rule has it; the trimmed, lower-cased text if it is. */
export function mendedAddress(text: string): string | null {
  const email = text.replace(trim, '').toLowerCase();
  return email.length <= emailMaxLength && shapes.some((shape) => shape.test(email)) ? email : null;
}

/** Deciding about rejected rows where they stand: mend the address, dismiss, let it wait again. */
export function createRetries(ports: Ports, store: Store) {
  return {
    /**
     * A mended row joins the next run of its export; `null` dismisses it. `wrong` is answered for what is no address,
     * and nothing is changed. Throws `run.not-found` for a row that is none of the run, or that was sent meanwhile.
     */
    decide(runId: string, rowId: number, email: string | null, person: PersonRecord): 'kept' | 'wrong' {
      const [row] = pageRejectedRows(store, runId, rowId - 1, 1);
      if (row?.rowId !== rowId || sentMended(store, runId, rowId - 1, rowId).has(rowId)) {
        throw new SegueError('run.not-found');
      }
      const mended = email === null ? null : mendedAddress(email);
      if (email !== null && mended === null) return 'wrong';
      decideRetry(store, runId, { rowId, email: mended, at: ports.now(), by: person.displayName });
      return 'kept';
    },
    /** The row waits again as it is. */
    forget(runId: string, rowId: number): void {
      forgetRetry(store, runId, rowId);
    },
  };
}
