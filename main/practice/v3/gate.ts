import { utcDay } from '../clock.ts';
import { forbidden, quotaExceeded, throttled, unauthorized } from '../http/api-error.ts';
import type { Call, Caller } from '../http/call.ts';
import type { Route } from '../http/router.ts';
import type { PracticeContext } from '../practice-context.ts';
import { privilegesOf } from './account.ts';

const second = 1_000;

/** Who may ask what, and how often: stands before every route under /v3 (constant-contact-v3.md 2.6, 3). */
export class Gate {
  readonly #context: PracticeContext;
  /** Times of the last second's requests, by API key. */
  readonly #recent = new Map<string, number[]>();

  constructor(context: PracticeContext) {
    this.#context = context;
  }

  /**
   * Admits a request and counts it.
   * @throws ApiError 401 for a bad token, 429 beyond the limits (real pace only)
   */
  admit(call: Pick<Call, 'headers' | 'now'>): Caller {
    const token = /^Bearer (\S+)$/i.exec(call.headers.authorization ?? '')?.[1];
    const caller = token === undefined ? null : this.#context.grants.callerOf(token);
    if (caller === null) throw unauthorized();
    const { requests, settings } = this.#context;
    const day = utcDay(call.now);
    if (settings.pace === 'real') {
      this.#throttle(caller.clientId, call.now);
      if (requests.requestsOn(caller.clientId, day) >= settings.requestsPerDay) throw quotaExceeded();
    }
    requests.countToday(caller.clientId, day, 1);
    return caller;
  }

  /** @throws ApiError 403 without the route's scope or privilege */
  authorize(caller: Caller, route: Route): void {
    if (route.scope !== undefined && !caller.scopes.includes(route.scope)) {
      throw forbidden(`The scope ${route.scope} is required.`);
    }
    if (route.privilege !== undefined && !privilegesOf(caller.role).includes(route.privilege)) {
      throw forbidden(`The user privilege ${route.privilege} is required.`);
    }
  }

  /** A sliding window of one second. Refused requests do not count, so that a client that waits gets through. */
  #throttle(clientId: string, now: number): void {
    const recent = (this.#recent.get(clientId) ?? []).filter((time) => time > now - second && time <= now);
    this.#recent.set(clientId, recent);
    if (recent.length >= this.#context.settings.requestsPerSecond) throw throttled();
    recent.push(now);
  }
}
