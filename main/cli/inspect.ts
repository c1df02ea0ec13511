import path from 'node:path';
import { inspectFile } from '../segments/inspect.ts';
import type { Inspection } from '../segments/types.ts';
import { complainOf } from './carry-out.ts';
import { type CommandIo, exitCodes } from './command-io.ts';
import type { Command } from './parse-command.ts';

/** Says what files are, without a profile and without taking the lock. */
export async function inspect(command: Extract<Command, { name: 'inspect' }>, io: CommandIo): Promise<number> {
  try {
    const found: Inspection[] = [];
    for (const file of command.files) {
      const rows = command.rows === null ? {} : { rows: command.rows };
      found.push(await inspectFile(path.resolve(io.folder, file), { ...rows, signal: io.signal }));
    }
    if (command.json) await writeJson(found, io);
    else for (const [index, inspection] of found.entries()) await describe(command.files[index] ?? '', inspection, io);
    return exitCodes.successful;
  } catch (thrown) {
    return complainOf(thrown, io);
  }
}

/** Rows in one piece of output; a file's rows together may be longer than a string can be. */
const rowsAtOnce = 5_000;

/** One object for one file, an array for several. */
async function writeJson(found: readonly Inspection[], io: CommandIo): Promise<void> {
  if (found.length > 1) await io.write('[');
  for (const [index, { rows, ...rest }] of found.entries()) {
    if (index > 0) await io.write(',');
    const head = JSON.stringify(rest);
    if (rows === undefined) {
      await io.write(head);
      continue;
    }
    await io.write(`${head.slice(0, -1)},"rows":[`);
    for (let from = 0; from < rows.length; from += rowsAtOnce) {
      const piece = JSON.stringify(rows.slice(from, from + rowsAtOnce)).slice(1, -1);
      await io.write(from === 0 ? piece : `,${piece}`);
    }
    await io.write(']}');
  }
  await io.write(found.length > 1 ? ']\n' : '\n');
}

async function describe(file: string, found: Inspection, io: CommandIo): Promise<void> {
  const { words } = io;
  const packed = found.compression === 'none' ? '' : ` (${found.compression})`;
  const lines = [
    `${file}: ${found.format}${packed}, ${found.encoding}`,
    words.say('cli.inspect.rows', { rows: found.rowCount, columns: found.columns.length }),
    words.say('cli.inspect.columns', { columns: found.columns.join(', ') }),
  ];
  if (found.unreadable.length > 0) {
    const numbers = found.unreadable.slice(0, 20).map(({ line, reason }) => `${words.number(line)} (${reason})`);
    const more = found.unreadable.length > numbers.length ? ', …' : '';
    const count = found.unreadable.length;
    lines.push(words.say('cli.inspect.unreadable', { count, lines: `${numbers.join(', ')}${more}` }));
  }
  for (const row of found.rows ?? []) lines.push(row.map((cell) => cell ?? '').join('\t'));
  await io.write(`${lines.join('\n')}\n`);
}
