import type { PracticeContext } from '../practice-context.ts';
import { permissions } from '../state/contact-details.ts';

/** Whom a bulk activity is about, as row numbers (constant-contact-v3.md 6.5). */
export type PeopleSource =
  | { readonly kind: 'contacts'; readonly seqs: readonly number[] }
  | { readonly kind: 'lists'; readonly seqs: readonly number[] }
  | { readonly kind: 'tags'; readonly seqs: readonly number[] }
  | { readonly kind: 'active' }
  | { readonly kind: 'everybody' };

const activePermissions = permissions
  .map((permission, index) => (permission === 'implicit' || permission === 'explicit' ? index : -1))
  .filter((index) => index !== -1);

/** The condition on `contact` and its parameter. */
function condition(source: PeopleSource): [string, string] {
  switch (source.kind) {
    case 'contacts':
      return ['seq IN (SELECT value FROM json_each(?))', JSON.stringify(source.seqs)];
    case 'lists':
      return [
        'seq IN (SELECT contact FROM membership WHERE list IN (SELECT value FROM json_each(?)))',
        JSON.stringify(source.seqs),
      ];
    case 'tags':
      return [
        'seq IN (SELECT contact FROM tagging WHERE tag IN (SELECT value FROM json_each(?)))',
        JSON.stringify(source.seqs),
      ];
    case 'active':
      return ['permission IN (SELECT value FROM json_each(?))', JSON.stringify(activePermissions)];
    case 'everybody':
      return ['? IS NOT NULL', ''];
  }
}

/** Reads the people of a source in order, some at a time; deleted people only when asked for. */
export class PeopleReader {
  readonly #statement;
  readonly #parameter: string;
  readonly #excluded: Set<number>;
  #after = 0;

  constructor(context: PracticeContext, source: PeopleSource, excluded: readonly number[], withDeleted = false) {
    const [where, parameter] = condition(source);
    const living = withDeleted ? '' : 'AND deleted_at IS NULL';
    // One list, the usual case, is read along its own key instead of through a set of a million; deleted people are on none.
    const only = source.kind === 'lists' && source.seqs.length === 1 ? source.seqs[0] : undefined;
    this.#parameter = only === undefined ? parameter : String(only);
    this.#excluded = new Set(excluded);
    this.#statement = context.database
      .prepare<[number, string, number], number>(
        only === undefined
          ? `SELECT seq FROM contact WHERE seq > ? AND ${where} ${living} ORDER BY seq LIMIT ?`
          : 'SELECT contact FROM membership WHERE contact > ? AND list = CAST(? AS INTEGER) ORDER BY contact LIMIT ?',
      )
      .pluck();
  }

  /** The next people, without the excluded ones; empty at the end. */
  next(items: number): number[] {
    for (;;) {
      const seqs = this.#statement.all(this.#after, this.#parameter, items);
      const last = seqs.at(-1);
      if (last === undefined) return [];
      this.#after = last;
      const kept = this.#excluded.size === 0 ? seqs : seqs.filter((seq) => !this.#excluded.has(seq));
      if (kept.length > 0) return kept;
    }
  }
}

/** How many people a source holds, the excluded ones not counted. */
export function countPeople(
  context: PracticeContext,
  source: PeopleSource,
  excluded: readonly number[],
  withDeleted = false,
): number {
  // What is kept as a number anyway is not counted again: deleted people are on no list.
  if (excluded.length === 0 && source.kind === 'everybody' && !withDeleted) return context.contacts.count();
  const only = source.kind === 'lists' && source.seqs.length === 1 ? source.seqs[0] : undefined;
  if (excluded.length === 0 && only !== undefined) return context.lists.get(only)?.member_count ?? 0;
  const [where, parameter] = condition(source);
  const living = withDeleted ? '' : 'AND deleted_at IS NULL';
  const sql = `SELECT count(*) FROM contact
    WHERE ${where} ${living} AND seq NOT IN (SELECT value FROM json_each(?))`;
  return context.database.prepare<[string, string], number>(sql).pluck().get(parameter, JSON.stringify(excluded)) ?? 0;
}
