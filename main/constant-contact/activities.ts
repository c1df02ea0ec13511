import { z } from 'zod';
import type { ApiClient, CallOptions } from './http-client.ts';
import { pages, pagingLinks } from './paging.ts';

/** States of a bulk activity (`constant-contact-v3.md` 6.1). The last four are final. */
export const activityStates = ['initialized', 'processing', 'completed', 'cancelled', 'failed', 'timed_out'] as const;
export type ActivityState = (typeof activityStates)[number];

const finalStates: ReadonlySet<ActivityState> = new Set(['completed', 'cancelled', 'failed', 'timed_out']);

const count = z.number().int().nullish();

/** The wire form of an activity; kinds differ only in which counters they carry. */
export const activitySchema = z.looseObject({
  activity_id: z.string().min(1),
  state: z.string(),
  created_at: z.string().nullish(),
  updated_at: z.string().nullish(),
  started_at: z.string().nullish(),
  completed_at: z.string().nullish(),
  percent_done: z.number().nullish(),
  source_file_name: z.string().nullish(),
  activity_errors: z.array(z.union([z.string(), z.looseObject({ message: z.string().nullish() })])).nullish(),
  status: z
    .looseObject({
      items_total_count: count,
      items_completed_count: count,
      person_count: count,
      error_count: count,
      correctable_count: count,
      cannot_add_to_list_count: count,
      list_count: count,
    })
    .nullish(),
  _links: z.looseObject({ results: z.looseObject({ href: z.string() }).nullish() }).nullish(),
});

const envelopeSchema = z.looseObject({ activities: z.array(activitySchema).nullish(), _links: pagingLinks });

/** What an activity counted. Null means that the answer did not carry the counter, which is not the same as none. */
export interface ActivityCounters {
  /** Rows of the import, for CSV (and perhaps JSON) with the header row: n or n + 1. */
  readonly itemsTotal: number | null;
  readonly itemsCompleted: number | null;
  readonly person: number | null;
  /** Errors that nobody can correct. */
  readonly error: number | null;
  /** Bad address, birthday or anniversary; correctable in the web application only. */
  readonly correctable: number | null;
  /** People who had unsubscribed, and so stay off the list. */
  readonly cannotAddToList: number | null;
  readonly list: number | null;
}

/** A bulk activity. */
export interface Activity {
  readonly activityId: string;
  /** A state this list does not know counts as `processing`: it is asked for again. */
  readonly state: ActivityState;
  readonly createdAt: string | null;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
  readonly percentDone: number | null;
  /** The file name given with a file import: the mark by which a lost answer is found again. */
  readonly sourceFileName: string | null;
  /** Free text, such as `Line 2: …`. May hold personal data: never for logs. */
  readonly errors: readonly string[];
  readonly counters: ActivityCounters;
  /** Where the file of a contact export is, to be followed as it is. */
  readonly resultsLink: string | null;
}

/** Whether nothing more will happen to an activity. */
export function isFinal(activity: Pick<Activity, 'state'>): boolean {
  return finalStates.has(activity.state);
}

/** One activity. Throws `remote.not-found` after its ten days. */
export async function fetchActivity(
  client: ApiClient,
  activityId: string,
  options: CallOptions = {},
): Promise<Activity> {
  const path = `/activities/${encodeURIComponent(activityId)}`;
  return toActivity(await client.call({ ...options, method: 'GET', path }, activitySchema));
}

/**
 * The account's activities, as many pages of `limit` (1-500) as asked for; one page of 100 by default, which is how several
 * running imports are followed with one request. The order is the other side's and is not promised.
 */
export async function fetchActivities(
  client: ApiClient,
  options: CallOptions & { readonly limit?: number; readonly maxPages?: number } = {},
): Promise<readonly Activity[]> {
  const { limit = 100, maxPages = 1, ...call } = options;
  const activities: Activity[] = [];
  let read = 0;
  for await (const page of pages(client, { path: '/activities', query: { limit } }, envelopeSchema, call)) {
    for (const activity of page.activities ?? []) activities.push(toActivity(activity));
    read += 1;
    if (read >= maxPages) break;
  }
  return activities;
}

/** The wire form as the rest of Segue knows it. */
export function toActivity(wire: z.output<typeof activitySchema>): Activity {
  const status = wire.status ?? {};
  return {
    activityId: wire.activity_id,
    state: activityStates.find((state) => state === wire.state) ?? 'processing',
    createdAt: wire.created_at ?? null,
    startedAt: wire.started_at ?? null,
    completedAt: wire.completed_at ?? null,
    percentDone: wire.percent_done ?? null,
    sourceFileName: wire.source_file_name ?? null,
    errors: (wire.activity_errors ?? []).map((error) => (typeof error === 'string' ? error : (error.message ?? ''))),
    counters: {
      itemsTotal: status.items_total_count ?? null,
      itemsCompleted: status.items_completed_count ?? null,
      person: status.person_count ?? null,
      error: status.error_count ?? null,
      correctable: status.correctable_count ?? null,
      cannotAddToList: status.cannot_add_to_list_count ?? null,
      list: status.list_count ?? null,
    },
    resultsLink: wire._links?.results?.href ?? null,
  };
}
