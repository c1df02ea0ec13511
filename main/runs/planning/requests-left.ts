import { requestsPerDay } from '../../connections/connections-service.ts';
import { utcDay } from '../../constant-contact/clock.ts';
import { getConnection } from '../../store/connections.ts';
import type { Store } from '../../store/open-store.ts';
import { newestRequestDay } from '../../store/request-days.ts';

/** Requests that the day's quota of a connection's API key still leaves, as they were counted (constant-contact-v3.md 3). */
export function requestsLeft(store: Store, connectionId: string, now: number): number {
  const apiKey = getConnection(store, connectionId)?.apiKey;
  const day = apiKey === undefined ? null : newestRequestDay(store, apiKey);
  if (day === null || day.day !== utcDay(now)) return requestsPerDay;
  return day.exhausted ? 0 : Math.max(0, requestsPerDay - day.requests);
}
