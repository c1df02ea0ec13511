import type { PracticeContext } from '../practice-context.ts';
import type { ActivityRow, Counters } from '../state/activity-store.ts';
import type { Job } from './job.ts';

export interface RemovalInput {
  /** Row numbers of the lists, tags or fields to delete. */
  readonly seqs: readonly number[];
}

/** Deletes lists, tags or custom fields, one a step. */
export class RemovalJob implements Job {
  readonly total: number;
  readonly counters: Counters;
  readonly errors: readonly string[] = [];
  position = 0;
  readonly #seqs: readonly number[];
  readonly #remove: (seq: number) => void;

  constructor(row: ActivityRow, context: PracticeContext) {
    const { clock, fields, lists, tags } = context;
    this.#seqs = (JSON.parse(row.input) as RemovalInput).seqs;
    this.total = this.#seqs.length;
    this.counters = JSON.parse(row.progress) as Counters;
    this.#remove = (seq) => {
      if (row.kind === 'tags_delete') tags.delete(seq);
      else if (row.kind === 'custom_fields_delete') fields.delete(seq);
      else if (lists.get(seq)?.deleted_at === null) lists.delete(seq, clock.now());
    };
  }

  step(items: number): void {
    for (const seq of this.#seqs.slice(this.position, this.position + items)) this.#remove(seq);
    this.position = Math.min(this.total, this.position + items);
    if (this.counters.items_total_count !== undefined) this.counters.items_completed_count = this.position;
  }
}
