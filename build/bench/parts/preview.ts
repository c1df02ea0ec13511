// The first preview of a file, four times, the first of them with everything cold. Argument: a file.
import os from 'node:os';
import { previewSegment } from '../../../main/segments/preview.ts';
import { median, tell } from '../part.ts';

const [file = ''] = process.argv.slice(2);
const times: number[] = [];
let rows = 0;
for (let turn = 0; turn < 4; turn++) {
  const began = performance.now();
  const preview = await previewSegment(file, { rows: 50, tempFolder: os.tmpdir() });
  times.push(performance.now() - began);
  rows = preview.rows.length;
}
tell({ rows, firstMs: times[0], laterMs: median(times.slice(1)) });
