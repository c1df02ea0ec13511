import { stat } from 'node:fs/promises';
import { basisOf, type SegmentSource } from './stage-cells.ts';

/** Mappings remembered; then it is begun anew. */
const mostRemembered = 500;

/** Results by what they hang on. Stages never change, so what was counted once holds until its columns are others. */
export class CheckMemory {
  readonly #results = new Map<string, unknown>();

  get<T>(key: string): T | undefined {
    return this.#results.get(key) as T | undefined;
  }

  set(key: string, result: unknown): void {
    if (this.#results.size > mostRemembered) this.#results.clear();
    this.#results.set(key, result);
  }
}

/** Names what a result over some of the segments' fields hangs on: the stages, as they are on the disk, and the matches. */
export async function memoryKeys(
  segments: readonly SegmentSource[],
): Promise<(what: string, fields: readonly string[]) => string> {
  const marks = await Promise.all(segments.map(async ({ stageFile }) => (await stat(stageFile)).mtimeMs));
  return (what, fields) =>
    JSON.stringify([
      what,
      segments.map((segment, index) => [segment.stageFile, marks[index], basisOf(segment, fields)]),
    ]);
}
