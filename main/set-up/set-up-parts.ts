import type { NeverMailService } from '../never-mail/never-mail-service.ts';
import type { Ports } from '../ports.ts';
import type { SchedulesService } from '../schedule/schedules-service.ts';
import type { SegmentsService } from '../segments/segments-service.ts';
import type { WatchedFolders } from '../segments/watch/watched-folders.ts';
import type { Store } from '../store/open-store.ts';
import type { Words } from '../words.ts';
import { connectionsPart } from './parts/connections.ts';
import { neverMailDomainsPart } from './parts/domains.ts';
import { exportsPart } from './parts/exports.ts';
import { readingCorrectionsPart, watchedFoldersPart } from './parts/rules.ts';
import { schedulesPart } from './parts/schedules.ts';
import { segmentsPart } from './parts/segments.ts';
import type { SetUpEntry } from './set-up-entry.ts';
import type { SetUpFile } from './set-up-file.ts';

/** What the parts of a set-up are made from and written to. */
export interface SetUpHome {
  readonly ports: Ports;
  readonly store: Store;
  readonly segments: SegmentsService;
  readonly watches: WatchedFolders;
  readonly neverMail: NeverMailService;
  readonly schedules: SchedulesService;
  readonly words: () => Words;
}

/** One part of a set-up file. */
export interface SetUpPartOf<K extends keyof SetUpFile> {
  readonly key: K;
  save(home: SetUpHome): SetUpFile[K];
  /** Everything of the part, held against what is here. */
  entries(home: SetUpHome, file: SetUpFile): SetUpEntry[];
}

/** In the order in which they are taken over: what refers to others stands behind them. */
export const setUpPartsInOrder = [
  connectionsPart,
  segmentsPart,
  exportsPart,
  schedulesPart,
  watchedFoldersPart,
  readingCorrectionsPart,
  neverMailDomainsPart,
] as const;
