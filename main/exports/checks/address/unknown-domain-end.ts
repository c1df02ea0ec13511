import type { CellCheck } from '../cell-check.ts';
import { hasUnknownEnd } from './address-parts.ts';
import { domainEndsDate } from './domain-ends.ts';

/** Endings that nobody had registered when the list was made. A warning: the newest may be missing in it. */
export const unknownDomainEnd: CellCheck = {
  kind: 'email-unknown-domain-end',
  effect: 'warning',
  repair: 'none',
  concerns: (field) => field === 'email',
  recognise: ({ cell }) => hasUnknownEnd(cell),
  params: () => ({ date: Date.parse(`${domainEndsDate}T12:00:00Z`) }),
};
