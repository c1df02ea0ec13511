import type { Store } from './open-store.ts';

/** The words put on a segment, in the order of the alphabet. */
export function tagsOf(store: Store, segmentId: string): string[] {
  const rows = store.prepare('SELECT tag FROM segment_tag WHERE segment_id = ? ORDER BY tag').all(segmentId);
  return (rows as { tag: string }[]).map(({ tag }) => tag);
}

/** Puts words on a segment; one that it has, whatever its case, stays as it is written. */
export function addTags(store: Store, segmentId: string, tags: readonly string[]): void {
  const add = store.prepare('INSERT INTO segment_tag (segment_id, tag) VALUES (?, ?) ON CONFLICT DO NOTHING');
  for (const tag of tags) add.run(segmentId, tag);
}

/** Takes words off a segment, whatever their case. */
export function removeTags(store: Store, segmentId: string, tags: readonly string[]): void {
  const remove = store.prepare('DELETE FROM segment_tag WHERE segment_id = ? AND tag = ?');
  for (const tag of tags) remove.run(segmentId, tag);
}
