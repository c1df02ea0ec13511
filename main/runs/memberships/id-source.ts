import { membershipLimits } from '../../constant-contact/memberships.ts';

/** People on one page of a list (constant-contact-v3.md 5.1). */
const pageSize = 500;

/** Where contact ids of people on a list are read from, and what it costs. */
export interface IdSource {
  /** `look-ups`: one request a person; `pages`: the whole list, 500 people a request. */
  readonly kind: 'look-ups' | 'pages';
  readonly requests: number;
}

/**
 * The cheapest source, by requests, of the contact ids of `people` on a list of `listMembers` (null: not told). A contact
 * export would take three requests, but none of its published fields holds an id (constant-contact-v3.md 6.5).
 */
export function idSource(people: number, listMembers: number | null): IdSource {
  const pages = Math.max(1, Math.ceil((listMembers ?? Number.POSITIVE_INFINITY) / pageSize));
  return people <= pages ? { kind: 'look-ups', requests: people } : { kind: 'pages', requests: pages };
}

/** Requests that change the memberships of so many people. */
export function changeRequests(people: number): number {
  return Math.ceil(people / membershipLimits.contacts);
}
