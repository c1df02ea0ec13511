import type { PracticeContext } from '../practice-context.ts';
import type { ActivityRow, Counters } from '../state/activity-store.ts';
import { type ContactDetails, implicitPermission, most, unsubscribedPermission } from '../state/contact-details.ts';
import { detailsOf } from '../state/contact-store.ts';
import { CsvRows } from './csv-rows.ts';
import { columnOf, type ImportColumn } from './import-columns.ts';
import { merge, readRow } from './import-row.ts';
import type { Job } from './job.ts';

export interface ImportInput {
  /** Row numbers of the lists people are put on. */
  readonly lists: readonly number[];
  /** Data rows, the heading not counted. */
  readonly rows: number;
}

/** Lines told of at most; how many the service tells of is unknown. */
const mostErrors = 1_000;

interface SourceRow {
  readonly columns: readonly (ImportColumn | null)[];
  readonly values: readonly string[];
}

/** Takes the rows of an import in: permission is never touched, blanks change nothing, the last row of a person wins. */
export class ImportJob implements Job {
  readonly total: number;
  readonly counters: Counters;
  readonly errors: string[];
  #position = 0;
  readonly #context: PracticeContext;
  readonly #lists: readonly number[];
  readonly #next: () => SourceRow | null;
  /** Whether anybody can reach the most lists of a contact at all. */
  readonly #manyLists: boolean;

  constructor(row: ActivityRow, body: Buffer, context: PracticeContext) {
    const input = JSON.parse(row.input) as ImportInput;
    this.#context = context;
    this.#lists = input.lists;
    this.total = input.rows;
    this.counters = JSON.parse(row.progress) as Counters;
    this.errors = JSON.parse(row.errors) as string[];
    this.#next = row.kind === 'file_import' ? fileRows(body, context) : jsonRows(body, context);
    this.#manyLists = context.lists.count('active') > most.lists;
    while (this.#position < row.position && this.#next() !== null) this.#position += 1;
  }

  get position(): number {
    return this.#position;
  }

  step(items: number): void {
    const { lists } = this.#context;
    const now = this.#context.clock.now();
    const members: number[] = [];
    this.#context.contacts.inBatches(() => {
      for (let done = 0; done < items && this.#position < this.total; done += 1) {
        const row = this.#next();
        if (row === null) break;
        this.#take(row, now, members);
        this.#position += 1;
      }
    });
    for (const seq of this.#lists) if (lists.get(seq)?.deleted_at === null) lists.addMembers(seq, members);
  }

  #take(source: SourceRow, now: number, members: number[]): void {
    const { contacts, settings } = this.#context;
    const row = readRow(source.columns, source.values, settings.addressLimit);
    if ('problem' in row) {
      this.#refuse(row.problem === 'error' ? 'error_count' : 'correctable_count', row.message);
      return;
    }
    const known = row.address === '' ? contacts.findBySms(row.details.sms ?? '') : contacts.find(row.address);
    if (known === undefined) {
      const address = row.address === '' ? null : row.address;
      members.push(contacts.insert(address, implicitPermission, JSON.stringify(row.details), now));
      return;
    }
    const details = merge(detailsOf(known), row.details);
    if (details === null) {
      this.#refuse('error_count', 'Too many values');
      return;
    }
    this.#update(known, details, now);
    if (known.permission === unsubscribedPermission) this.#count('cannot_add_to_list_count');
    else if (this.#isOnTooMany(known.seq)) this.#refuse('error_count', 'Too many lists');
    else members.push(known.seq);
  }

  #update(
    known: NonNullable<ReturnType<PracticeContext['contacts']['find']>>,
    details: ContactDetails,
    now: number,
  ): void {
    const { contacts } = this.#context;
    const text = JSON.stringify(details);
    // A deleted person who is sent again comes back, with the permission they had.
    if (known.deleted_at !== null) contacts.save(known, { ...known, details: text, updated_at: now, deleted_at: null });
    else if (text !== known.details) contacts.saveDetails(known.seq, text, now);
  }

  #isOnTooMany(seq: number): boolean {
    if (!this.#manyLists) return false;
    const on = new Set(this.#context.lists.listsOf(seq));
    for (const list of this.#lists) on.add(list);
    return on.size > most.lists;
  }

  #refuse(counter: 'error_count' | 'correctable_count', message: string): void {
    this.#count(counter);
    // Rows are numbered as lines of a file whose first line is the heading, JSON rows too (6.1).
    if (this.errors.length < mostErrors) this.errors.push(`Line ${this.#position + 2}: ${message}`);
  }

  #count(counter: 'error_count' | 'correctable_count' | 'cannot_add_to_list_count'): void {
    this.counters[counter] = (this.counters[counter] ?? 0) + 1;
  }
}

function fileRows(body: Buffer, context: PracticeContext): () => SourceRow | null {
  const rows = new CsvRows(body);
  const columns = (rows.next() ?? []).map((name) => columnOf(name, 'file', context.fields));
  return () => {
    const values = rows.next();
    return values === null ? null : { columns, values };
  };
}

function jsonRows(body: Buffer, context: PracticeContext): () => SourceRow | null {
  const rows = JSON.parse(body.toString('utf8')) as unknown[];
  const known = new Map<string, ImportColumn | null>();
  const column = (name: string) => {
    let found = known.get(name);
    if (found === undefined) {
      found = columnOf(name, 'json', context.fields);
      known.set(name, found);
    }
    return found;
  };
  let at = 0;
  return () => {
    if (at >= rows.length) return null;
    const row = rows[at];
    at += 1;
    const entries = Object.entries(typeof row === 'object' && row !== null ? row : {});
    return { columns: entries.map(([name]) => column(name)), values: entries.map(([, value]) => textOf(value)) };
  };
}

/** The text of a JSON value; what is neither text, number nor boolean says nothing. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
