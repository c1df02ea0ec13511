import { readdirSync } from 'node:fs';
import { DrivenEngine } from '../../test-support/driven-engine.ts';
import { plainPorts } from '../../test-support/plain-ports.ts';

// One profile's export carried out again and again in one process, which tells after each run what it holds. Arguments:
// the segment's file, and how often. Needs --expose-gc; the account is the one the environment names.

const [file = '', times = '20'] = process.argv.slice(2);
const { gc } = globalThis;
if (gc === undefined) throw new Error('To be started with --expose-gc');

const engine = await DrivenEngine.open(plainPorts({ env: process.env }));
const { definition } = await engine.saveExport(file);
for (let run = 0; run < Number(times); run += 1) {
  const { runId } = await engine.run(definition.exportId);
  const { state } = await engine.ended(runId);
  // Twice: what finalizers let go of is collected the second time.
  gc();
  await new Promise(setImmediate);
  gc();
  const { rss, heapUsed, external } = process.memoryUsage();
  // A turn of the event loop that somebody has asked for is gone by the next one: nothing is held by it.
  const handles = process
    .getActiveResourcesInfo()
    .filter((name) => name !== 'Immediate')
    .sort();
  const files = process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
  process.stdout.write(`${JSON.stringify({ state, rss, heap: heapUsed + external, handles, files })}\n`);
}
await engine.stop();
