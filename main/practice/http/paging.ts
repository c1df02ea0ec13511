import type { IdKind, PracticeIds } from '../state/ids.ts';
import { validationError } from './api-error.ts';
import type { Call } from './call.ts';

export interface Page {
  readonly limit: number;
  /** Row number after which the page begins; 0 is the beginning. */
  readonly after: number;
}

/**
 * Reads `limit` and `cursor`. A cursor is base64 of `limit=N&next=<uuid>`, the form of the one printed in the vendor's
 * document (constant-contact-v3.md 1); its limit counts, whatever else is asked for.
 */
export function readPage(call: Call, ids: PracticeIds, kind: IdKind, most: number, usual = 50): Page {
  const cursor = call.query.get('cursor');
  if (cursor === null) return { limit: readLimit(call, most, usual), after: 0 };
  const inside = new URLSearchParams(Buffer.from(cursor, 'base64').toString('latin1'));
  const after = ids.parse(kind, inside.get('next') ?? '');
  const limit = Number(inside.get('limit'));
  if (after === null || !(limit >= 1 && limit <= most)) throw validationError('cursor does not have a valid value');
  return { limit, after };
}

/** The `limit` of a request: 1 to `most`. */
export function readLimit(call: Call, most: number, usual = 50): number {
  const text = call.query.get('limit');
  if (text === null) return usual;
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > most) throw validationError('limit does not have a valid value');
  return limit;
}

/** The `_links` of a page that is not the last, to be spread into the envelope; nothing on the last page. */
export function nextLink(call: Call, limit: number, nextId: string | null): { _links?: { next: { href: string } } } {
  if (nextId === null) return {};
  const query = new URLSearchParams(call.query);
  query.delete('limit');
  query.set('cursor', Buffer.from(`limit=${limit}&next=${nextId}`).toString('base64'));
  return { _links: { next: { href: `${call.path}?${query.toString()}` } } };
}

/** A query value that is `true` or `false`. */
export function readFlag(call: Call, name: string): boolean {
  const text = call.query.get(name);
  if (text === null || text === 'false') return false;
  if (text === 'true') return true;
  throw validationError(`${name} does not have a valid value`);
}

/** A query value that is one of several words. */
export function readWord<T extends string>(call: Call, name: string, words: readonly T[]): T | null {
  const text = call.query.get(name);
  if (text === null) return null;
  const word = words.find((candidate) => candidate === text);
  if (word === undefined) throw validationError(`${name} does not have a valid value`);
  return word;
}
