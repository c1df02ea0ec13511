import { readFile as readText } from 'node:fs/promises';
import type { PersonFound, PersonPlace } from '../../../preload/contract/views.ts';
import { readFile } from '../../segments/segment-record.ts';
import type { SegmentRecord } from '../../store/segments.ts';
import { addressPattern } from './address-pattern.ts';
import { databaseCopies, fileMentions, filesBelow, looseTexts } from './loose-files.ts';
import type { Hideout, Search } from './place.ts';
import { practicePeople } from './practice-people.ts';
import { runFolders, stoppedRunsWith } from './run-folders.ts';
import { segmentsWith, stages } from './stages.ts';
import { rewriteDatabase, storedRows, storedTexts } from './stored-rows.ts';

/** Everywhere that something about a person may lie, in the order in which it is deleted. */
const hideouts: readonly Hideout[] = [
  stages,
  runFolders,
  storedRows,
  storedTexts,
  databaseCopies,
  looseTexts,
  practicePeople,
];

/** What is asked of the thread that looks and deletes. A type, not an interface: it crosses to a thread. */
export type PersonOrder = {
  /** Trimmed, lower-cased. */
  readonly address: string;
  readonly userData: string;
};

type At = Omit<Search, 'pattern' | 'userData'>;

/** Counts everything that is kept about an address; changes nothing. */
export async function findPerson(at: At, { address, userData }: PersonOrder): Promise<PersonFound> {
  const search: Search = { ...at, userData, pattern: addressPattern(address) };
  const counts = new Map<PersonPlace, number>();
  for (const hideout of hideouts) {
    for (const { place, count } of await hideout.find(search)) counts.set(place, (counts.get(place) ?? 0) + count);
  }
  const inSegments = await segmentsWith(search);
  return {
    address,
    places: [...counts].filter(([, count]) => count > 0).map(([place, count]) => ({ place, count })),
    ownFiles: [...new Set(inSegments.flatMap(({ record }) => filesOf(record)))],
    stoppedRuns: await stoppedRunsWith(search),
  };
}

const filesOf = (record: SegmentRecord): string[] =>
  record.files === null
    ? [record.filePath]
    : readFile
        .array()
        .parse(JSON.parse(record.files))
        .map((file) => file.path);

/**
 * Deletes everything about an address from the profile; no run and no reading may be under way. Then every byte of every
 * other file is looked through: what still holds the address is answered as `other`. `progress` tells how far it is.
 */
export async function forgetPerson(
  at: At,
  { address, userData }: PersonOrder,
  progress: (done: number, total: number) => void,
): Promise<PersonFound> {
  const search: Search = { ...at, userData, pattern: addressPattern(address) };
  const total = hideouts.length + 3;
  const before = await findPerson(at, { address, userData });
  progress(1, total);
  for (const [index, hideout] of hideouts.entries()) {
    await hideout.forget(search);
    progress(index + 2, total);
  }
  rewriteDatabase(search.store);
  progress(total - 1, total);
  const after = await findPerson(at, { address, userData });
  const left = await filesLeft(search);
  progress(total, total);
  const places = after.places.filter(({ place }) => place !== 'other');
  return {
    ...after,
    places: left > 0 ? [...places, { place: 'other', count: left }] : places,
    ownFiles: before.ownFiles,
    stoppedRuns: [],
  };
}

/** Databases and packed files have been asked for what they hold: in their bytes, one address runs into the next. */
const asked = /\.(sqlite|sqlite-wal|sqlite-shm|parquet)$/;

/** How many other files of the profile still hold the address. */
async function filesLeft({ userData, pattern }: Search): Promise<number> {
  let left = 0;
  for (const file of await filesBelow(userData)) {
    if (asked.test(file) || !(await fileMentions(file, pattern.address))) continue;
    const isText = /\.(json|ndjson|log|log\.\d)$/.test(file);
    if (!isText || pattern.mentions(await readText(file, 'utf8').catch(() => ''))) left += 1;
  }
  return left;
}
