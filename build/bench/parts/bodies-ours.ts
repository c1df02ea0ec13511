// From the file to the last body as the app does it: stage, plan, bodies. Argument: a CSV.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildBody, buildPlan } from '../../../main/runs/plan.ts';
import { openDuckDb } from '../../../main/segments/duckdb.ts';
import { stageTable } from '../../../main/segments/stage.ts';
import { stageForLibrary } from '../../../main/segments/stage-for-library.ts';
import type { FieldMap } from '../../../preload/contract/views.ts';
import { cpuMs, engineLimits, measuredFields, tell } from '../part.ts';

const [file = ''] = process.argv.slice(2);
const folder = mkdtempSync(path.join(os.tmpdir(), 'segue-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const began = performance.now();
const stageFolder = path.join(folder, 'stage');
const { summary } = await stageForLibrary({
  files: [file],
  overrides: {},
  stageFolder,
  tempFolder: folder,
  memoryLimitMb: engineLimits.memoryLimitMb,
  signal: new AbortController().signal,
  onProgress: () => undefined,
});
const staged = performance.now();
const headings = summary.columns.map((column) => column.heading);
const fieldMap: FieldMap = measuredFields.map(([field, heading]) => ({
  field,
  columnIndex: headings.indexOf(heading),
}));
const db = await openDuckDb({
  ...engineLimits,
  file: path.join(folder, 'plan.duckdb'),
  tempFolder: folder,
  readable: [folder],
  writable: [folder],
});
const plan = await buildPlan(db, [
  { segmentId: 's', stageFile: stageTable(stageFolder), fieldMap, columnCount: headings.length },
]);
const planned = performance.now();
let bytes = 0;
for (const batch of plan.batches) bytes += (await buildBody(db, plan.fields, batch)).length;
const done = performance.now();
db.close();
tell({
  ms: done - began,
  stageMs: staged - began,
  planMs: planned - staged,
  bodiesMs: done - planned,
  contacts: plan.toSend,
  bodies: plan.batches.length,
  bytes,
  cpuMs: cpuMs(),
  peakMb: process.resourceUsage().maxRSS / 1_024,
});
