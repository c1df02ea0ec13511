import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import type { PracticeContext } from '../practice-context.ts';
import type { ActivityRow, Counters } from '../state/activity-store.ts';
import type { Permission } from '../state/contact-details.ts';
import { permissions } from '../state/contact-details.ts';
import { detailsOf } from '../state/contact-store.ts';
import { csvLine, type ExportColumn, exportColumns, headingOf } from './export-columns.ts';
import type { Job } from './job.ts';
import { PeopleReader, type PeopleSource } from './people-source.ts';

export interface ExportInput {
  readonly source: PeopleSource;
  readonly excluded: readonly number[];
  readonly people: number;
  readonly fields: readonly string[] | null;
  readonly status: readonly ('all' | 'active' | 'deleted' | Permission)[];
}

/** Where a finished export lies. */
export function exportFile(context: PracticeContext, seq: number): string {
  return path.join(context.exportsFolder, `${seq}.csv`);
}

/** Writes the people of a source to a CSV file. A restart begins the file anew. */
export class ExportJob implements Job {
  readonly total: number;
  readonly counters: Counters;
  readonly errors: readonly string[] = [];
  position = 0;
  readonly #context: PracticeContext;
  readonly #input: ExportInput;
  readonly #columns: readonly ExportColumn[];
  readonly #reader: PeopleReader;
  readonly #file: WriteStream;

  constructor(row: ActivityRow, context: PracticeContext) {
    this.#context = context;
    this.#input = JSON.parse(row.input) as ExportInput;
    this.total = this.#input.people;
    this.counters = JSON.parse(row.progress) as Counters;
    const { source, excluded, status, fields } = this.#input;
    this.#reader = new PeopleReader(context, source, excluded, includesDeleted(status));
    this.#columns = exportColumns(fields, context);
    mkdirSync(context.exportsFolder, { recursive: true });
    this.#file = createWriteStream(exportFile(context, row.seq));
    this.#file.write(csvLine(this.#columns.map((column) => headingOf(column))));
  }

  step(items: number): void {
    const seqs = this.#reader.next(items);
    let text = '';
    for (const seq of seqs) {
      const contact = this.#context.contacts.get(seq);
      if (contact === undefined || !hasStatus(contact, this.#input.status)) continue;
      const details = detailsOf(contact);
      text += csvLine(this.#columns.map((column) => column.value(contact, details)));
    }
    if (text !== '') this.#file.write(text);
    this.position = seqs.length === 0 ? this.total : Math.min(this.total, this.position + seqs.length);
    this.counters.items_completed_count = this.position;
  }

  async finish(): Promise<void> {
    this.#file.end();
    await finished(this.#file);
  }
}

/** Whether a choice of statuses asks for deleted people. */
export function includesDeleted(status: ExportInput['status']): boolean {
  return status.some((each) => each === 'all' || each === 'deleted');
}

function hasStatus(contact: { permission: number; deleted_at: number | null }, wanted: ExportInput['status']): boolean {
  if (wanted.length === 0) return contact.deleted_at === null;
  const permission = permissions[contact.permission];
  return wanted.some((status) => {
    if (status === 'all') return true;
    if (status === 'deleted') return contact.deleted_at !== null;
    if (contact.deleted_at !== null) return false;
    return status === 'active' ? permission === 'implicit' || permission === 'explicit' : status === permission;
  });
}
