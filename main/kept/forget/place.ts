import type { PersonPlace } from '../../../preload/contract/views.ts';
import type { Store } from '../../store/open-store.ts';
import type { AddressPattern } from './address-pattern.ts';

/** Where one address is looked for, and with what. */
export interface Search {
  readonly pattern: AddressPattern;
  readonly store: Store;
  /** The profile's folder. */
  readonly userData: string;
  readonly tempFolder: string;
  readonly memoryLimitMb: number;
  readonly now: () => number;
}

/** What is found in a place. */
export interface Found {
  readonly place: PersonPlace;
  readonly count: number;
}

/** One kind of place in which something about a person lies. */
export interface Hideout {
  /** Counts what is there; changes nothing. */
  find(search: Search): Promise<Found[]>;
  /** Deletes it. */
  forget(search: Search): Promise<void>;
}
