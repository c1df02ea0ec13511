const empty = 0;
const removed = -1;

/** The form under which addresses are the same (constant-contact-v3.md 9: matched case-insensitively). */
export function addressKey(address: string): string {
  return address.trim().toLowerCase();
}

/**
 * Finds contacts by address: an open hash table in three typed arrays (12 bytes a slot), because a database index written
 * in random order was the dearest part of an import. It keeps no addresses, so a hit is confirmed by the caller.
 */
export class AddressIndex {
  #seqs = new Int32Array(1 << 12);
  #marks = new Int32Array(1 << 12);
  #places = new Int32Array(1 << 12);
  #used = 0;
  readonly #hashed: Hashed = { key: null, place: 0, mark: 0 };

  /** The contact with this key, or 0. `isSame` reads the candidate's address and compares. */
  find(key: string, isSame: (seq: number) => boolean): number {
    const mask = this.#seqs.length - 1;
    this.#hash(key);
    const { place, mark } = this.#hashed;
    for (let slot = place & mask; ; slot = (slot + 1) & mask) {
      const seq = this.#seqs[slot] ?? empty;
      if (seq === empty) return 0;
      if (seq !== removed && this.#marks[slot] === mark && isSame(seq)) return seq;
    }
  }

  /** Adds a contact whose key is known to be absent. */
  add(key: string, seq: number): void {
    if (this.#used * 2 >= this.#seqs.length) this.#grow();
    this.#hash(key);
    this.#put(this.#hashed.place, this.#hashed.mark, seq);
    this.#used += 1;
  }

  /** Forgets a contact's key (its address changed). */
  remove(key: string, seq: number): void {
    const mask = this.#seqs.length - 1;
    this.#hash(key);
    for (let slot = this.#hashed.place & mask; this.#seqs[slot] !== empty; slot = (slot + 1) & mask) {
      if (this.#seqs[slot] !== seq) continue;
      this.#seqs[slot] = removed;
      return;
    }
  }

  /** Hashes a key into {@link #hashed}; who is not found is added next, so the last one is kept. */
  #hash(key: string): void {
    if (this.#hashed.key !== key) hash(key, this.#hashed);
  }

  #put(place: number, mark: number, seq: number): void {
    const mask = this.#seqs.length - 1;
    let slot = place & mask;
    while (this.#seqs[slot] !== empty) slot = (slot + 1) & mask;
    this.#seqs[slot] = seq;
    this.#marks[slot] = mark;
    this.#places[slot] = place;
  }

  #grow(): void {
    const [seqs, marks, places] = [this.#seqs, this.#marks, this.#places];
    this.#seqs = new Int32Array(seqs.length * 4);
    this.#marks = new Int32Array(seqs.length * 4);
    this.#places = new Int32Array(seqs.length * 4);
    this.#used = 0;
    for (let slot = 0; slot < seqs.length; slot += 1) {
      const seq = seqs[slot] ?? empty;
      if (seq === empty || seq === removed) continue;
      this.#put(places[slot] ?? 0, marks[slot] ?? 0, seq);
      this.#used += 1;
    }
  }
}

/** Two 32-bit hashes of a text: where to look, and what to recognise it by. */
interface Hashed {
  key: string | null;
  place: number;
  mark: number;
}

function hash(key: string, into: Hashed): void {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let index = 0; index < key.length; index += 1) {
    const code = key.charCodeAt(index);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x5bd1e995);
    b ^= b >>> 15;
  }
  a ^= a >>> 16;
  a = Math.imul(a, 0x85ebca6b);
  into.key = key;
  into.place = a ^ (a >>> 13);
  into.mark = b;
}
