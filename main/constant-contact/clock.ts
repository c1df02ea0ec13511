import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

/** Time as this folder sees it, so that tests can hold it in their hands. All values are milliseconds. */
export interface Clock {
  /** Wall clock, milliseconds since 1970 UTC. May jump: the computer sleeps, somebody sets it. */
  now(): number;
  /** Never goes back and never jumps: for distances between two requests. */
  monotonic(): number;
  /** Resolves after `ms`; rejects with an `AbortError` as soon as `signal` is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: async (ms, signal) => {
    await delay(Math.max(0, ms), undefined, signal ? { signal } : {});
  },
};

/** A number in [0, 1), as `Math.random` gives it. */
export type Random = () => number;

const firstBackoffMs = 1_000;
const longestBackoffMs = 30_000;

/**
 * How long to wait before try number `attempt + 1`: 1, 2, 4 … 30 seconds and up to a quarter more, so that several
 * waiters do not come back at the same instant. `attempt` counts from 1.
 */
export function backoffMs(attempt: number, random: Random): number {
  const base = Math.min(longestBackoffMs, firstBackoffMs * 2 ** (Math.max(1, attempt) - 1));
  return Math.round(base * (1 + random() / 4));
}

/**
 * The wait that a `Retry-After` header asks for, in milliseconds, or null when there is none or it says nothing.
 * Constant Contact sends none today; gateways in front of it may.
 */
export function retryAfterMs(header: string | readonly string[] | undefined, now: number): number | null {
  const text = (typeof header === 'string' ? header : header?.[0])?.trim();
  if (!text) return null;
  const wait = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
  if (!Number.isFinite(wait)) return null;
  return Math.min(Math.max(0, wait), 24 * 60 * 60 * 1_000);
}

/** The UTC date of an instant, `2026-11-23`: the day that the quota counts by. */
export function utcDay(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

/** The next 00:00 UTC, when the day's quota begins anew. */
export function nextUtcDay(now: number): number {
  return Date.parse(`${utcDay(now)}T00:00:00Z`) + 86_400_000;
}
