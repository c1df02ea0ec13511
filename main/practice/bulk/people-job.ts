import type { PracticeContext } from '../practice-context.ts';
import type { ActivityKind, ActivityRow, Counters } from '../state/activity-store.ts';
import { unsubscribedPermission } from '../state/contact-details.ts';
import type { Job } from './job.ts';
import { PeopleReader, type PeopleSource } from './people-source.ts';

export interface PeopleInput {
  readonly source: PeopleSource;
  readonly excluded: readonly number[];
  /** Lists or tags to be added or taken away. */
  readonly targets: readonly number[];
  readonly people: number;
}

type Change = (contacts: readonly number[], input: PeopleInput, context: PracticeContext, now: number) => void;

const changes: Partial<Record<ActivityKind, Change>> = {
  add_memberships: (contacts, { targets }, context, now) => {
    const { contacts: store, lists } = context;
    const allowed = contacts.filter((seq) => {
      const contact = store.get(seq);
      if (contact === undefined) return false;
      // Adding a deleted person to a list revives them (5.2). The opted out stay off, as with imports (a guess).
      if (contact.deleted_at !== null) store.save(contact, { ...contact, updated_at: now, deleted_at: null });
      return contact.permission !== unsubscribedPermission;
    });
    for (const list of targets) if (lists.get(list)?.deleted_at === null) lists.addMembers(list, allowed);
  },
  remove_memberships: (contacts, { targets }, { lists }) => {
    for (const list of targets) lists.removeMembers(list, contacts);
  },
  taggings_add: (contacts, { targets }, { tags }) => {
    for (const tag of targets) if (tags.get(tag) !== undefined) tags.add(tag, contacts);
  },
  taggings_remove: (contacts, { targets }, { tags }) => {
    for (const tag of targets) tags.remove(tag, contacts);
  },
  contact_delete: (contacts, _input, context, now) => {
    for (const seq of contacts) deleteContact(seq, context, now);
  },
};

/** Deletes a person: no list memberships, a date, the permission unchanged (5.2). */
export function deleteContact(seq: number, context: PracticeContext, now: number): void {
  const contact = context.contacts.get(seq);
  if (contact === undefined || contact.deleted_at !== null) return;
  for (const list of context.lists.listsOf(seq)) context.lists.removeMembers(list, [seq]);
  context.contacts.save(contact, { ...contact, updated_at: now, deleted_at: now });
}

/** Does one thing to many people. Doing it twice is harmless, so a restart begins at the front. */
export class PeopleJob implements Job {
  readonly total: number;
  readonly counters: Counters;
  readonly errors: readonly string[] = [];
  position = 0;
  readonly #context: PracticeContext;
  readonly #input: PeopleInput;
  readonly #reader: PeopleReader;
  readonly #change: Change;

  constructor(row: ActivityRow, context: PracticeContext) {
    this.#context = context;
    this.#input = JSON.parse(row.input) as PeopleInput;
    this.#change = changes[row.kind] ?? (() => undefined);
    // By id, deleted people are meant too: adding them to a list revives them.
    const withDeleted = this.#input.source.kind === 'contacts';
    this.#reader = new PeopleReader(context, this.#input.source, this.#input.excluded, withDeleted);
    this.total = this.#input.people;
    this.counters = JSON.parse(row.progress) as Counters;
  }

  step(items: number): void {
    const contacts = this.#reader.next(items);
    if (contacts.length > 0) this.#change(contacts, this.#input, this.#context, this.#context.clock.now());
    // People who left the source meanwhile count as done.
    this.position = contacts.length === 0 ? this.total : Math.min(this.total, this.position + contacts.length);
    this.counters.items_completed_count = this.position;
  }
}
