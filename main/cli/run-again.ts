import { SegueError } from '../errors/segue-error.ts';
import type { CommandCalls, CommandIo } from './command-io.ts';
import { findExport, newestFirst, snapshot } from './look-up.ts';
import type { Command } from './parse-command.ts';
import { readChangedFiles } from './read-files.ts';
import { followRun } from './run-result.ts';

/** Runs a saved export, by its name or its ID, with its files as they are now. */
export async function runExport(
  application: CommandCalls,
  command: Extract<Command, { name: 'run' }>,
  io: CommandIo,
): Promise<number> {
  const saved = findExport(await snapshot(application), command.exportName);
  await readChangedFiles(application, saved, io);
  const { exportId } = saved;
  const { accepted } = command;
  const input = { exportId, accepted, ...(command.agreedToMail ? { agreedToMail: true as const } : {}) };
  return followRun(application, () => application.call('exports.run', input), io, command.json);
}

/** Continues a run by its ID, or the newest that can be continued. */
export async function continueRun(
  application: CommandCalls,
  command: Extract<Command, { name: 'continue' }>,
  io: CommandIo,
): Promise<number> {
  const runId = command.runId ?? newestFirst((await snapshot(application)).runs).find((run) => run.canContinue)?.runId;
  if (runId === undefined) throw new SegueError('run.none-to-continue');
  return followRun(application, () => application.call('runs.continue', { runId }), io, command.json);
}
