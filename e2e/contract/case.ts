import type { World } from './world.ts';

/** How sure a fact is: D documented, C seen, I inferred (constant-contact-v3.md), Sim what the practice account does. */
export type Mark = 'D' | 'C' | 'I' | 'Sim';

/** One fact of the contract. */
export interface Case<Place = World> {
  /** Section of constant-contact-v3.md. */
  readonly section: string;
  readonly mark: Mark;
  readonly fact: string;
  /** @throws Broken when the fact does not hold, NotOffered when the other side need not and does not know of it */
  run(place: Place): Promise<void>;
}

/** A documented fact: tried on any account, with things of our own only. */
export function documented(section: string, fact: string, run: (world: World) => Promise<void>): Case {
  return { section, mark: 'D', fact, run };
}
