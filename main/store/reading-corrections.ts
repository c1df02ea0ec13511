import type { Store } from './open-store.ts';

/** Where a segment's file comes from: files that agree in folder and one of the others are of one source. */
export interface ReadingSource {
  readonly folder: string;
  /** The file's name with its numbers left open. */
  readonly namePattern: string;
  /** Hash of the headings as the file has them by itself; '' when it cannot be read by itself. */
  readonly headings: string;
}

/** JSON of the correction made for a file of this folder with a like name, undefined when there is none. */
export function correctionByName(store: Store, { folder, namePattern }: Omit<ReadingSource, 'headings'>) {
  return textOf(
    store
      .prepare('SELECT overrides FROM reading_correction WHERE folder = ? AND name_pattern = ?')
      .get(folder, namePattern),
  );
}

/** JSON of the newest correction made for a file of this folder with the same headings. */
export function correctionByHeadings(store: Store, { folder, headings }: Omit<ReadingSource, 'namePattern'>) {
  return textOf(
    store
      .prepare(
        'SELECT overrides FROM reading_correction WHERE folder = ? AND headings = ? ORDER BY corrected_at DESC LIMIT 1',
      )
      .get(folder, headings),
  );
}

const textOf = (row: unknown): string | undefined => (row as { overrides: string } | undefined)?.overrides;

/** Remembers a correction; a newer one of the same source takes its place. */
export function rememberCorrection(
  store: Store,
  source: ReadingSource,
  correction: { readonly overrides: string; readonly correctedAt: number; readonly correctedBy: string },
): void {
  store
    .prepare(
      `INSERT INTO reading_correction (folder, name_pattern, headings, overrides, corrected_at, corrected_by)
       VALUES (@folder, @namePattern, @headings, @overrides, @correctedAt, @correctedBy)
       ON CONFLICT (folder, name_pattern) DO UPDATE SET headings = excluded.headings, overrides = excluded.overrides,
         corrected_at = excluded.corrected_at, corrected_by = excluded.corrected_by`,
    )
    .run({ ...source, ...correction });
}

/** Every correction that is remembered, by folder and name; `overrides` is JSON. */
export function listCorrections(store: Store): (ReadingSource & { readonly overrides: string })[] {
  return store
    .prepare(
      `SELECT folder, name_pattern AS namePattern, headings, overrides FROM reading_correction
       ORDER BY folder, name_pattern`,
    )
    .all() as (ReadingSource & { overrides: string })[];
}

/** Files of the source are read by themselves again. */
export function forgetCorrection(store: Store, { folder, namePattern, headings }: ReadingSource): void {
  store
    .prepare(
      `DELETE FROM reading_correction WHERE folder = ? AND (name_pattern = ? OR (headings = ? AND headings <> ''))`,
    )
    .run(folder, namePattern, headings);
}
