import { getExport } from '../../store/exports.ts';
import type { Store } from '../../store/open-store.ts';
import { getSegment } from '../../store/segments.ts';

/**
 * Another mirror to the same list, all of whose segments could be read when it was looked at: it wants who is in them, and
 * nobody else, whomever it sent before. Its next run would take those off itself.
 */
export interface OtherMirror {
  readonly exportId: string;
  /** How it stood then; see {@link standingOf}. */
  readonly standing: string;
}

/** Names where an export goes and whom it wants: another list, mode or address column, or a file read anew give another text. */
export function standingOf(store: Store, exportId: string): string | null {
  const definition = getExport(store, exportId);
  if (definition === undefined) return null;
  const { connectionId, listId, mode, segments } = definition;
  return JSON.stringify([
    connectionId,
    listId,
    mode,
    segments.map(({ segmentId, fieldMap }) => [
      segmentId,
      getSegment(store, segmentId)?.stageFolder ?? null,
      fieldMap.filter(({ field }) => field === 'email').map(({ columnIndex }) => columnIndex),
    ]),
  ]);
}

/** Those of the mirrors that still stand as they did: of the others their ledger says whom they want. */
export function asTheyStood(store: Store, mirrors: readonly OtherMirror[]): string[] {
  return mirrors
    .filter(({ exportId, standing }) => standingOf(store, exportId) === standing)
    .map(({ exportId }) => exportId);
}
