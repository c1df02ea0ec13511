import { SegueError } from '../errors/segue-error.ts';
import { type Activity, activitySchema, toActivity } from './activities.ts';
import type { ApiClient, CallOptions, Outcome } from './http-client.ts';

/** Who is put on lists or taken off: one request names at most 500 people and 50 lists (`constant-contact-v3.md` 6.5). */
export interface MembershipChange {
  readonly contactIds: readonly string[];
  readonly listIds: readonly string[];
}

export const membershipLimits = { contacts: 500, lists: 50 } as const;

/** `POST /activities/add_list_memberships`. Both calls may be repeated: what is so already stays so. */
export function addListMemberships(
  client: ApiClient,
  change: MembershipChange,
  options: CallOptions = {},
): Promise<Outcome<Activity>> {
  return post(client, '/activities/add_list_memberships', change, options);
}

/**
 * `POST /activities/remove_list_memberships`: takes people off lists. Nobody is unsubscribed or deleted by it. The activity's
 * counters are `itemsTotal`, `itemsCompleted` and `list`.
 */
export function removeListMemberships(
  client: ApiClient,
  change: MembershipChange,
  options: CallOptions = {},
): Promise<Outcome<Activity>> {
  return post(client, '/activities/remove_list_memberships', change, options);
}

async function post(
  client: ApiClient,
  path: string,
  { contactIds, listIds }: MembershipChange,
  options: CallOptions,
): Promise<Outcome<Activity>> {
  const fits =
    contactIds.length >= 1 &&
    contactIds.length <= membershipLimits.contacts &&
    listIds.length >= 1 &&
    listIds.length <= membershipLimits.lists;
  if (!fits) throw new SegueError('unexpected', { reason: 'membership-limits' });
  const bytes = JSON.stringify({ source: { contact_ids: contactIds }, list_ids: listIds });
  const body = { contentType: 'application/json', bytes };
  const outcome = await client.attempt({ ...options, method: 'POST', path, body }, activitySchema);
  return outcome.outcome === 'accepted' ? { outcome: 'accepted', value: toActivity(outcome.value) } : outcome;
}
