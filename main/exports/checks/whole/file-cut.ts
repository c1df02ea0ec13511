import path from 'node:path';
import type { FindingView } from '../../../../preload/contract/views.ts';
import { readStageManifest, type StageManifest } from '../../../segments/stage.ts';
import type { WholeCheck } from '../whole-checks.ts';

/**
 * Row counts at which programs stop: Excel's sheets of old and of today, downloads of tables and exports of segment members
 * in Customer Insights (customer-insights-exports.md 5.2).
 */
const limits = [
  { rows: 65_536, source: 'spreadsheet' },
  { rows: 1_048_576, source: 'spreadsheet' },
  { rows: 100_000, source: 'download' },
  { rows: 750_000, source: 'members' },
] as const;

type Limit = (typeof limits)[number];
type File = StageManifest['files'][number];

/**
 * The limit at which a file ends, if it does: with its rows alone, or counted with the lines down to its headings. Lines
 * that could not be read count too.
 */
export function limitOf(
  file: { readonly rowCount: number; readonly reading: { readonly headerLine: number | null } },
  unreadable: number,
): Limit | undefined {
  const records = file.rowCount + unreadable;
  const lines = records + (file.reading.headerLine ?? 0);
  return limits.find(({ rows }) => rows === records || rows === lines);
}

/** The file of a segment that may be cut: its last part, for the others are followed by one. */
function cutFile({ files, unreadableCount }: StageManifest): { file: File; limit: Limit } | null {
  const file = files.at(-1);
  const limit = file && limitOf(file, files.length === 1 ? unreadableCount : 0);
  return file !== undefined && limit !== undefined ? { file, limit } : null;
}

/** Files that end exactly where some program stops: people are probably missing. */
export const fileCut: WholeCheck = async (_db, segments) => {
  const cut = await Promise.all(
    segments.map(async ({ segmentId, stageFile }) => {
      const manifest = await readStageManifest(path.dirname(stageFile));
      const found = manifest && cutFile(manifest);
      return found ? { segmentId, ...found } : null;
    }),
  );
  const found = cut.filter((entry) => entry !== null);
  const [first] = found;
  if (first === undefined) return [];
  const finding: FindingView = {
    kind: 'file-cut',
    field: null,
    effect: 'warning',
    count: found.length,
    repairable: 0,
    repaired: 0,
    repair: 'none',
    repairChosen: false,
    examples: found.slice(0, 20).map(({ segmentId, file }) => ({
      segmentId,
      rowNumber: file.firstRow + file.rowCount - 1,
      cell: file.name,
      repaired: null,
    })),
    params: { file: first.file.name, limit: first.limit.rows, source: first.limit.source },
  };
  return [finding];
};
