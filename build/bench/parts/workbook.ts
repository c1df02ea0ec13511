// Reading a workbook into the stage, as the app does: time, how often progress is told, memory. Argument: an .xlsx.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stageForLibrary } from '../../../main/segments/stage-for-library.ts';
import { watchMemory } from '../monitors.ts';
import { engineLimits, tell } from '../part.ts';

const [file = ''] = process.argv.slice(2);
const folder = mkdtempSync(path.join(os.tmpdir(), 'segue-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const memory = watchMemory();
const began = performance.now();
let last = began;
let told = 0;
let longestSilenceMs = 0;
const hear = () => {
  const now = performance.now();
  longestSilenceMs = Math.max(longestSilenceMs, now - last);
  last = now;
};
const { summary } = await stageForLibrary({
  files: [file],
  overrides: {},
  stageFolder: path.join(folder, 'stage'),
  tempFolder: folder,
  memoryLimitMb: engineLimits.memoryLimitMb,
  signal: new AbortController().signal,
  onProgress: () => {
    told += 1;
    hear();
  },
});
hear();
memory.end();
tell({ rows: summary.rowCount, ms: last - began, told, longestSilenceMs, peakMb: memory.lap() });
