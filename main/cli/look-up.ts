import type { ConnectionView, ExportView, RunView, SnapshotView } from '../../preload/contract/views.ts';
import { SegueError } from '../errors/segue-error.ts';
import { type CommandCalls, type CommandIo, exitCodes } from './command-io.ts';
import type { Command } from './parse-command.ts';
import { resultOf } from './run-result.ts';

/** The lists of a connection's account, as JSON. */
export async function lists(
  application: CommandCalls,
  command: Extract<Command, { name: 'lists' }>,
  io: CommandIo,
): Promise<number> {
  const { connectionId } = findConnection(await snapshot(application), command.connection);
  const found = await application.call('lists.search', { connectionId });
  const shown = found.map(({ listId, name, membershipCount }) => ({ listId, name, membershipCount }));
  await io.write(`${JSON.stringify(shown)}\n`);
  return exitCodes.successful;
}

/** Every run, newest first. */
export async function history(
  application: CommandCalls,
  command: Extract<Command, { name: 'history' }>,
  io: CommandIo,
): Promise<number> {
  const runs = newestFirst((await snapshot(application)).runs);
  if (command.json) {
    const results = [];
    for (const run of runs) results.push(await resultOf(application, run));
    await io.write(`${JSON.stringify(results)}\n`);
    return exitCodes.successful;
  }
  const { words } = io;
  const lines = runs.map((run) =>
    words.say('cli.history.line', {
      when: words.moment(run.startedAt),
      run: run.runId,
      export: run.exportName,
      list: run.listName,
      state: words.say(`cli.state.${run.state}`),
      accepted: words.number(run.balance.accepted),
      rows: words.number(run.balance.rowsRead),
    }),
  );
  await io.write(`${lines.length === 0 ? words.say('cli.history.none') : lines.join('\n')}\n`);
  return exitCodes.successful;
}

/** Everything the application would show in its window. */
export function snapshot(application: CommandCalls): Promise<SnapshotView> {
  return application.call('app.getSnapshot', {});
}

export function newestFirst(runs: readonly RunView[]): RunView[] {
  return runs.toSorted((a, b) => b.startedAt - a.startedAt);
}

/** A connection by its display name, else by its ID. Throws `connection.not-found`. */
export function findConnection({ connections }: SnapshotView, name: string): ConnectionView {
  const found = findNamed(connections, (connection) => connection.displayName, name);
  const connection = found ?? connections.find(({ connectionId }) => connectionId === name);
  if (connection === undefined) throw new SegueError('connection.not-found', { name });
  return connection;
}

/** A saved export by its name, else by its ID. Throws `export.not-found`. */
export function findExport({ exports }: SnapshotView, name: string): ExportView {
  const found = findNamed(exports, (saved) => saved.name, name) ?? exports.find(({ exportId }) => exportId === name);
  if (found === undefined) throw new SegueError('export.not-found', { name });
  return found;
}

/** The first thing of exactly this name, else the only one whose name differs in case alone. */
export function findNamed<T>(things: readonly T[], nameOf: (thing: T) => string, name: string): T | undefined {
  const exact = things.find((thing) => nameOf(thing) === name);
  if (exact !== undefined) return exact;
  const folded = name.trim().toLocaleLowerCase('und');
  const alike = things.filter((thing) => nameOf(thing).trim().toLocaleLowerCase('und') === folded);
  return alike.length === 1 ? alike[0] : undefined;
}
