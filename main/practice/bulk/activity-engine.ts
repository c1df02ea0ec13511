import { queueFull } from '../http/api-error.ts';
import type { PracticeContext } from '../practice-context.ts';
import type { ActivityKind, ActivityPlan, ActivityRow, Counters } from '../state/activity-store.ts';
import type { Job } from './job.ts';
import { openJob } from './open-job.ts';

/** Items done between two looks at the network at full speed: about 15 ms. */
const sliceItems = 2_000;
/** How often work is looked at, at real pace. */
const realTick = 40;
/** How long a `late` activity waits for another to overtake it. */
const lateAtMost = { real: 15_000, 'full-speed': 500 } as const;

export interface NewJob {
  readonly kind: ActivityKind;
  readonly sourceFileName?: string;
  readonly input: unknown;
  readonly body?: Buffer;
  readonly counters: Counters;
}

interface Open {
  readonly seq: number;
  readonly createdAt: number;
  plan: ActivityPlan | null;
  job: Job | null;
  startedAt: number | null;
}

/**
 * Works the queue of activities off: some at a time, in slices, each slice one transaction together with the counters,
 * so that a restart goes on at the same row.
 */
export class ActivityEngine {
  readonly #contextOf: () => PracticeContext;
  #open: Open[] = [];
  #working = false;
  #stopped = false;
  #newestEnded = 0;
  #timer: NodeJS.Timeout | null = null;
  #work: Promise<void> = Promise.resolve();
  #failure: ((error: unknown) => void) | null = null;

  /** @param contextOf the account it works for; asked late, because the account holds its engine. */
  constructor(contextOf: () => PracticeContext) {
    this.#contextOf = contextOf;
  }

  get #context(): PracticeContext {
    return this.#contextOf();
  }

  /** Takes up what an earlier process left open. `onFailure` hears of faults in the engine itself. */
  start(onFailure: (error: unknown) => void): void {
    this.#failure = onFailure;
    for (const seq of this.#context.activities.open()) {
      const row = this.#context.activities.get(seq, this.#context.clock.now());
      if (row !== undefined) this.#open.push(asOpen(row));
    }
    this.#wake();
  }

  /** Lets go of the queue once the step in work is done; what is open stays open in the state file. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#work;
  }

  /** How many activities have not ended. */
  get queued(): number {
    return this.#open.length;
  }

  /**
   * Makes an activity and queues it.
   * @throws ApiError 429 when too many are queued
   */
  submit(job: NewJob): ActivityRow {
    const { activities, clock, faults, settings } = this.#context;
    if (settings.pace === 'real' && this.#open.length >= settings.queuedActivities) throw queueFull();
    const row = activities.create(
      {
        kind: job.kind,
        sourceFileName: job.sourceFileName ?? null,
        input: job.input,
        body: job.body ?? null,
        counters: job.counters,
        plan: faults.onActivity(job.kind),
      },
      clock.now(),
    );
    this.#open.push(asOpen(row));
    this.#wake();
    return row;
  }

  /** Lets an activity go on that a fault holds back; false when it is not open. */
  release(seq: number): boolean {
    const open = this.#open.find((candidate) => candidate.seq === seq);
    if (open === undefined) return false;
    open.plan = null;
    return true;
  }

  #wake(): void {
    if (this.#working || this.#stopped || this.#open.length === 0) return;
    this.#working = true;
    const wait = this.#context.settings.pace === 'full-speed' ? null : realTick;
    const tick = () => {
      this.#timer = null;
      this.#work = this.#tick()
        .catch((error: unknown) => this.#failure?.(error))
        .finally(() => {
          this.#working = false;
          this.#wake();
        });
    };
    // Held-back activities alone must not keep a processor busy at full speed.
    if (wait === null && this.#open.some((open) => !this.#isHeld(open))) setImmediate(tick);
    else this.#timer = setTimeout(tick, realTick);
  }

  async #tick(): Promise<void> {
    if (this.#stopped) return;
    const working = this.#open.filter((open) => !this.#isHeld(open));
    for (const open of working.slice(0, this.#context.settings.parallelActivities)) {
      try {
        await this.#advance(open);
      } catch (error) {
        this.#failure?.(error);
        if (!this.#stopped) this.#close(open, 'failed');
      }
    }
  }

  /** Whether a fault keeps an activity where it is. */
  #isHeld(open: Open): boolean {
    const { plan, job, startedAt } = open;
    if (plan === null || job === null || startedAt === null || !reached(job, plan)) return false;
    if (plan.outcome === 'stuck') return true;
    const { clock, settings } = this.#context;
    const waited = clock.now() - startedAt >= lateAtMost[settings.pace];
    return plan.outcome === 'late' && this.#newestEnded < open.seq && !waited;
  }

  async #advance(open: Open): Promise<void> {
    const { activities, clock, database, settings } = this.#context;
    const now = clock.now();
    const isReal = settings.pace === 'real';
    if (open.job === null) {
      if (isReal && now < open.createdAt + settings.initializedFor) return;
      const row = activities.get(open.seq, now);
      if (row === undefined) {
        // Older than ten days: nobody can ask for it any more.
        this.#close(open, 'timed_out');
        return;
      }
      if (row.state === 'initialized') activities.start(open.seq, now);
      open.startedAt = row.started_at ?? now;
      open.job = openJob(row, this.#context);
    }
    const { job, plan } = open;
    const allowed = isReal
      ? Math.floor(((now - (open.startedAt ?? now)) / 1_000) * settings.rowsPerSecond) - job.position
      : sliceItems;
    const stopAt = plan === null || plan.outcome === 'late' ? job.total : Math.ceil((job.total * plan.atPercent) / 100);
    const items = Math.min(allowed, stopAt - job.position, sliceItems);
    if (items > 0) {
      database.transaction(() => {
        job.step(items);
        const percent = job.total === 0 ? 99 : Math.min(99, Math.floor((job.position / job.total) * 100));
        activities.saveProgress(
          open.seq,
          { position: job.position, percent, counters: job.counters, errors: job.errors },
          now,
        );
      })();
    }
    await this.#endIfDue(open, job);
  }

  async #endIfDue(open: Open, job: Job): Promise<void> {
    const { plan } = open;
    if (plan !== null && reached(job, plan)) {
      if (plan.outcome === 'stuck') return;
      if (plan.outcome !== 'late') {
        this.#close(open, plan.outcome);
        return;
      }
      if (this.#isHeld(open)) return;
    }
    if (job.position < job.total) return;
    await job.finish?.();
    if (this.#stopped) return;
    const { activities, clock } = this.#context;
    const { position, counters, errors } = job;
    activities.saveProgress(open.seq, { position, percent: 100, counters, errors }, clock.now());
    this.#close(open, 'completed');
  }

  #close(open: Open, state: 'completed' | 'cancelled' | 'failed' | 'timed_out'): void {
    this.#context.activities.end(open.seq, state, this.#context.clock.now());
    this.#newestEnded = Math.max(this.#newestEnded, open.seq);
    this.#open = this.#open.filter((other) => other !== open);
  }
}

/** Whether a job is as far as its fault lets it get. */
function reached(job: Job, plan: ActivityPlan): boolean {
  if (plan.outcome === 'late') return job.position >= job.total;
  return job.position >= Math.min(job.total, Math.ceil((job.total * plan.atPercent) / 100));
}

function asOpen(row: ActivityRow): Open {
  const plan = row.plan === null ? null : (JSON.parse(row.plan) as ActivityPlan);
  return { seq: row.seq, createdAt: row.created_at, plan, job: null, startedAt: null };
}
