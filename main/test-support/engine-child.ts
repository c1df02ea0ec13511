import { DrivenEngine } from './driven-engine.ts';
import { openKeychain, plainPorts } from './plain-ports.ts';

// The engine in a process of its own, to be killed: carries out, or continues, the one export of a profile to its end.
// Arguments: the profile's folder, the keychain's key, what is to be done: `continue` only continues; `run` starts a new
// run when there is nothing to continue. Prints `running`, then the ended run's view as one line of JSON.

const [userData = '', key = '', wish = 'run'] = process.argv.slice(2);
const engine = await DrivenEngine.open(
  plainPorts({ userData, secrets: openKeychain(Buffer.from(key, 'hex')), env: process.env }),
);
const { runs, exports: saved } = await engine.call('app.getSnapshot', {});
const [last] = runs;
const running = engine.eventually('run.changed', (view) => (view.state === 'running' ? true : undefined));
void running.then(() => process.stdout.write('running\n'));
const begin = async () => {
  if (last?.canContinue) return (await engine.call('runs.continue', { runId: last.runId })).runId;
  return wish === 'run' || last === undefined ? (await engine.run(saved[0]?.exportId ?? '')).runId : last.runId;
};
const run = await engine.ended(await begin());
await engine.stop();
process.stdout.write(`${JSON.stringify({ run, surprises: engine.surprises.map(String) })}\n`);
