import type Database from 'better-sqlite3';
import type { ActivityEngine } from './bulk/activity-engine.ts';
import type { PracticeClock } from './clock.ts';
import type { FaultBox } from './control/fault-box.ts';
import type { GrantStore } from './oauth/grant-store.ts';
import type { Language } from './pages/words.ts';
import type { PracticeSettings } from './settings.ts';
import type { ActivityStore } from './state/activity-store.ts';
import type { ContactStore } from './state/contact-store.ts';
import type { FieldStore } from './state/field-store.ts';
import type { PracticeIds } from './state/ids.ts';
import type { ListStore } from './state/list-store.ts';
import type { AccountRow } from './state/open-state.ts';
import type { RequestStore } from './state/request-store.ts';
import type { TagStore } from './state/tag-store.ts';

/** What every resource of the practice account works with. */
export interface PracticeContext {
  readonly database: Database.Database;
  readonly account: AccountRow;
  readonly ids: PracticeIds;
  readonly clock: PracticeClock;
  readonly settings: PracticeSettings;
  /** The language it was started in; null: each browser's own. */
  readonly language: Language | null;
  readonly contacts: ContactStore;
  readonly lists: ListStore;
  readonly tags: TagStore;
  readonly fields: FieldStore;
  readonly activities: ActivityStore;
  readonly requests: RequestStore;
  readonly grants: GrantStore;
  readonly faults: FaultBox;
  /** Folder of finished export files, beside the state file. */
  readonly exportsFolder: string;
  readonly engine: ActivityEngine;
}
