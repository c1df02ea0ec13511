import type { SetUpItem } from '../../preload/contract/views.ts';
import type { PersonRecord } from '../store/persons.ts';

/** Whether an entry is here already, and what of it is other. */
export interface Compared {
  readonly state: SetUpItem['state'];
  readonly changes: SetUpItem['changes'];
}

/** One thing of a set-up file that a person can choose, held against what is here. */
export interface SetUpEntry extends SetUpItem {
  /** Entries that it cannot do without: those that are not here come along. */
  readonly needs: readonly string[];
  /** Takes it over, over what is here by that name. */
  take(person: PersonRecord): void | Promise<void>;
}

export const isNew: Compared = { state: 'new', changes: [] };

/** The comparison that a list of possible changes comes to. */
export function comparedBy(changes: Partial<Record<Compared['changes'][number], boolean>>): Compared {
  const found = (Object.keys(changes) as SetUpItem['changes']).filter((change) => changes[change] === true);
  return { state: found.length === 0 ? 'same' : 'changed', changes: found };
}

export const entryId = (part: SetUpItem['part'], index: number): string => `${part}:${index}`;
