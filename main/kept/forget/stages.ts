import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { quoteName, quoteText } from '../../segments/duckdb.ts';
import { type SegmentSummary, segmentSummary } from '../../segments/segment-record.ts';
import { stageTable } from '../../segments/stage.ts';
import { stageRows } from '../../segments/stage-rows.ts';
import { sampledRows, summaryOf } from '../../segments/summary.ts';
import type { SegmentRow } from '../../segments/types.ts';
import {
  emailColumnsOf,
  forgetSamplesOfEarlier,
  listSegments,
  moveStage,
  type SegmentRecord,
} from '../../store/segments.ts';
import { anyMentions, countMentions, openFor, textColumnsOf } from './parquet-files.ts';
import type { Hideout, Search } from './place.ts';

const stagesOf = (search: Search): string => path.join(search.userData, 'stages');

/** Segments in which the address stands, with the number of rows that mention it. */
export async function segmentsWith(search: Search): Promise<{ record: SegmentRecord; rows: number }[]> {
  const found: { record: SegmentRecord; rows: number }[] = [];
  for (const record of listSegments(search.store)) {
    const folder = path.join(stagesOf(search), record.stageFolder);
    const stage = stageTable(folder);
    if (!existsSync(stage)) continue;
    const beside = await Promise.all(besideStage.map((name) => mentionsIn(search, path.join(folder, name))));
    const rows = await countMentions(search, stage);
    if (rows > 0 || beside.includes(true)) found.push({ record, rows: Math.max(rows, 1) });
  }
  return found;
}

/** Texts that lie beside a stage. */
const besideStage = ['manifest.json', 'unreadable.ndjson', 'profile.json'] as const;

async function mentionsIn({ pattern }: Search, file: string): Promise<boolean> {
  return pattern.mentions(await readFile(file, 'utf8').catch(() => ''));
}

/** Stages of segments: the person's rows go, and the address out of the cells of others. */
export const stages: Hideout = {
  async find(search) {
    const found = await segmentsWith(search);
    return [{ place: 'segments', count: found.reduce((sum, { rows }) => sum + rows, 0) }];
  },
  async forget(search) {
    for (const { record } of await segmentsWith(search)) await forgetIn(search, record);
  },
};

/** Writes the stage anew in a folder of its own, since stages never change; the old one goes. */
async function forgetIn(search: Search, record: SegmentRecord): Promise<void> {
  const { store } = search;
  const before = path.join(stagesOf(search), record.stageFolder);
  const stageFolder = randomUUID();
  const folder = path.join(stagesOf(search), stageFolder);
  await mkdir(folder, { recursive: true });
  const summary = segmentSummary.parse(JSON.parse(record.summary));
  const suggested = summary.suggestedFieldMap.filter(({ field }) => field === 'email');
  const email = new Set([
    ...emailColumnsOf(store, record.segmentId),
    ...summary.emailCandidates,
    ...suggested.map(({ columnIndex }) => columnIndex),
  ]);
  const written = await rewriteStage(search, { before, folder, summary, email: [...email] });
  for (const name of ['manifest.json', 'unreadable.ndjson'] as const) {
    await copyWithout(search, path.join(before, name), path.join(folder, name));
  }
  store
    .transaction(() => {
      moveStage(store, record.segmentId, stageFolder, written.rowCount, JSON.stringify(written));
      forgetSamplesOfEarlier(store, record.segmentId);
    })
    .immediate();
  await rm(before, { recursive: true, force: true });
}

/** Answers what the stage is then. */
async function rewriteStage(
  search: Search,
  stage: {
    readonly before: string;
    readonly folder: string;
    readonly summary: SegmentSummary;
    readonly email: readonly number[];
  },
): Promise<SegmentSummary> {
  const { summary } = stage;
  const { pattern } = search;
  const db = await openFor(search, stagesOf(search));
  try {
    const from = stageTable(stage.before);
    const columns = await textColumnsOf(db, from);
    const email = columns.filter((column) => stage.email.includes(Number(column.slice(1))));
    // Where no column is known to hold addresses, whoever is mentioned is meant.
    const isPerson = anyMentions(search, email.length === 0 ? columns : email);
    const cells = columns.map(
      (column) =>
        `CASE WHEN ${pattern.mentionsSql(column)} THEN ${pattern.withoutSql(column)} ELSE ${quoteName(column)} END AS ${quoteName(column)}`,
    );
    const [written] = await db.table(
      `COPY (SELECT ${cells.join(', ')} FROM read_parquet(${quoteText(from)}) WHERE NOT (${isPerson}))
       TO ${quoteText(stageTable(stage.folder))} (FORMAT parquet, COMPRESSION lz4_raw)`,
    );
    const names = summary.columns.map((_, index) => `c${index}`).join(', ');
    const rows = (await db.table(
      `SELECT ${names} FROM ${stageRows(stageTable(stage.folder))}
       WHERE row_number <= ${sampledRows} ORDER BY row_number`,
    )) as SegmentRow[];
    const { suggestedFieldMap, emailCandidates, encodings, sheets, hiddenRows } = summary;
    const { firstRows, columns: headings } = summaryOf({
      reading: summary.reading,
      columns: summary.columns.map(({ heading }) => heading),
      rows,
      suggestion: { fieldMap: suggestedFieldMap, emailCandidates },
      sheets,
      hiddenRows,
      encodings,
    });
    const withoutWords = encodings.map((one) => ({
      ...one,
      samples: one.samples.filter((text) => !pattern.mentions(text)),
    }));
    const rowCount = Number(written?.[0] ?? 0);
    return { ...summary, firstRows, columns: headings, encodings: withoutWords, rowCount };
  } finally {
    db.close();
  }
}

/** Copies a text of JSON, whole or by lines: a line that mentions the address, and could not be read, loses its words. */
async function copyWithout({ pattern }: Search, from: string, to: string): Promise<void> {
  const text = await readFile(from, 'utf8').catch(() => null);
  if (text === null) return;
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return pattern.mentions(value) ? '' : value;
    if (Array.isArray(value)) return value.map(clean);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]));
  };
  const isLines = from.endsWith('.ndjson');
  const parts = isLines ? text.split('\n') : [text];
  const cleaned = parts.map((part) => (pattern.mentions(part) ? JSON.stringify(clean(JSON.parse(part))) : part));
  await writeFile(to, cleaned.join('\n'));
}
