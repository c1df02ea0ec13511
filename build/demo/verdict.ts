import type { Balance, RunView } from '../../preload/contract/views.ts';
import type { ExpectedContacts } from './expected-contacts.ts';
import type { Landed } from './landed.ts';
import { written } from './narrator.ts';

/** What the demo saw, from four places that know nothing of each other. */
export interface Outcome {
  /** What the run view shows. */
  readonly balance: Balance;
  /** What the app says of the run. */
  readonly run: RunView;
  /** What the file comes to. */
  readonly expected: ExpectedContacts;
  /** What the practice account holds. */
  readonly landed: Landed;
  /** Errors of the window and of the app's process. */
  readonly complaints: readonly string[];
}

const parts = [
  'accepted',
  'unchanged',
  'duplicate',
  'rejected',
  'heldBack',
  'refused',
  'notSent',
  'unknown',
] as const satisfies (keyof Balance)[];

/** Everything that does not fit together, in words; none means that every row is accounted for. */
export function shortcomings({ balance, run, expected, landed, complaints }: Outcome): string[] {
  const found: string[] = [];
  const sum = parts.reduce((total, part) => total + balance[part], 0);
  if (sum !== balance.rowsRead) found.push(`the parts come to ${written(sum)}, not ${written(balance.rowsRead)} rows`);
  if (JSON.stringify(balance) !== JSON.stringify(run.balance))
    found.push('the screen shows another balance than the run has');
  if (balance.rowsRead + balance.unreadable !== expected.rows) {
    found.push(`the file has ${written(expected.rows)} rows, ${written(balance.rowsRead)} were read`);
  }
  if (run.state !== 'successful' && run.state !== 'completedWithWarnings') found.push(`the run ended as ${run.state}`);
  for (const part of ['refused', 'notSent', 'unknown'] as const) {
    if (balance[part] > 0) found.push(`${written(balance[part])} rows are ${part}`);
  }
  if (landed.members !== expected.addresses.size || landed.unexpected > 0) {
    found.push(
      `the practice account holds ${written(landed.members)} addresses (${written(landed.unexpected)} of them unexpected) instead of ${written(expected.addresses.size)}`,
    );
  }
  if (balance.accepted !== landed.members) found.push(`${written(balance.accepted)} rows are said to be accepted`);
  for (const complaint of new Set(complaints)) found.push(complaint);
  return found;
}
