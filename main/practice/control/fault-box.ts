import type { ActivityKind, ActivityPlan } from '../state/activity-store.ts';

/** What goes wrong with a request. */
export type RequestFault =
  | { readonly kind: 'status'; readonly status: number; readonly body?: unknown; readonly contentType?: string }
  | { readonly kind: 'drop'; readonly when: 'before' | 'after' }
  | { readonly kind: 'slow'; readonly milliseconds: number }
  | { readonly kind: 'truncate'; readonly bytes: number }
  | { readonly kind: 'html'; readonly status: number }
  | { readonly kind: 'throttled' | 'quota' | 'queue-full' | 'unauthorized' };

export interface RequestRule {
  /** `POST` or `*`. */
  readonly method: string;
  /** A path in which `*` stands for one part and a last `**` for the rest. */
  readonly path: string;
  /** The first matching call it hits, counted from 1. */
  readonly nth: number;
  /** How many calls in a row it hits. */
  readonly times: number;
  readonly fault: RequestFault;
}

export interface ActivityRule {
  /** The kind it hits; null: every kind. */
  readonly activity: ActivityKind | null;
  readonly nth: number;
  readonly times: number;
  readonly plan: ActivityPlan;
}

type Counted<T> = T & { seen: number };

/** The faults switched on at the moment. Each counts the calls it has seen. */
export class FaultBox {
  #requests: Counted<RequestRule>[] = [];
  #activities: Counted<ActivityRule>[] = [];

  addRequestRule(rule: RequestRule): void {
    this.#requests.push({ ...rule, seen: 0 });
  }

  addActivityRule(rule: ActivityRule): void {
    this.#activities.push({ ...rule, seen: 0 });
  }

  clear(): void {
    this.#requests = [];
    this.#activities = [];
  }

  /** Everything switched on, with what it has seen. */
  list(): unknown[] {
    return [...this.#requests, ...this.#activities];
  }

  /** The fault of a request that just came in, or null. */
  onRequest(method: string, path: string): RequestFault | null {
    let fault: RequestFault | null = null;
    for (const rule of this.#requests) {
      if ((rule.method !== '*' && rule.method !== method) || !matches(rule.path, path)) continue;
      if (hits(rule)) fault ??= rule.fault;
    }
    return fault;
  }

  /** What becomes of an activity that is just being made, or null. */
  onActivity(kind: ActivityKind): ActivityPlan | null {
    let plan: ActivityPlan | null = null;
    for (const rule of this.#activities) {
      if (rule.activity !== null && rule.activity !== kind) continue;
      if (hits(rule)) plan ??= rule.plan;
    }
    return plan;
  }
}

function hits(rule: Counted<{ readonly nth: number; readonly times: number }>): boolean {
  rule.seen += 1;
  return rule.seen >= rule.nth && rule.seen < rule.nth + rule.times;
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const parts = path.split('/');
  if (wanted.at(-1) === '**') {
    wanted.pop();
    parts.length = Math.min(parts.length, wanted.length);
  }
  return wanted.length === parts.length && wanted.every((part, index) => part === '*' || part === parts[index]);
}
