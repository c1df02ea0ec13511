/** What an id names. The number is part of the id, so that an id of one kind never opens a thing of another. */
export const idKinds = {
  contact: 0x001,
  list: 0x002,
  customField: 0x003,
  tag: 0x004,
  activity: 0x005,
  export: 0x006,
  phone: 0x007,
  streetAddress: 0x008,
  note: 0x009,
} as const;
export type IdKind = keyof typeof idKinds;

const spread = 2_654_435_761;
/** The inverse of `spread` modulo 2^32. */
const gather = 244_002_641;

/**
 * Ids look like Constant Contact's (version-1 UUIDs that end in the account's node, constant-contact-v3.md 1), yet are
 * computed from a table's row number and back: a million contacts need no id column and no index on it.
 */
export class PracticeIds {
  readonly #node: string;

  /** @param node 12 hex digits of the account, so that another account's ids are unknown here. */
  constructor(node: string) {
    this.#node = node;
  }

  /** The id of row `seq` (1 to 2^32 - 1). */
  format(kind: IdKind, seq: number): string {
    const low = (Math.imul(seq, spread) >>> 0).toString(16).padStart(8, '0');
    return `${low}-c0de-11f1-8${idKinds[kind].toString(16).padStart(3, '0')}-${this.#node}`;
  }

  /** The row number an id stands for, or null when it is no id of this kind in this account. */
  parse(kind: IdKind, id: string): number | null {
    const seq = Math.imul(Number.parseInt(id.slice(0, 8), 16), gather) >>> 0;
    return seq > 0 && this.format(kind, seq) === id.toLowerCase() ? seq : null;
  }
}

/** Whether a text has the shape of a UUID. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}
