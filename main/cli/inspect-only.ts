// `inspect` in plain Node, straight from the sources: it needs neither Electron nor a build.
// node main/cli/inspect-only.ts inspect FILE… ; SEGUE_CLI_CWD is where the person stands.
import { readStartOptions } from '../desktop/start-options.ts';
import { createWords, languageOf } from '../words.ts';
import { complainOf } from './carry-out.ts';
import { exitCodes } from './command-io.ts';
import { inspect } from './inspect.ts';
import { parseCommand } from './parse-command.ts';
import { languageTags, processIo } from './process-io.ts';

async function main(): Promise<number> {
  const start = readStartOptions(['--cli', ...process.argv.slice(2)], process.env, process.cwd());
  const words = createWords(languageOf([start.language ?? undefined, ...languageTags(process.env)]) ?? 'en');
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupt.abort());
  const io = processIo({ folder: start.folder, words, signal: interrupt.signal });
  try {
    const command = parseCommand(start.command ?? []);
    if (command.name === 'inspect') return await inspect(command, io);
    if (command.name === 'help') {
      await io.write(`${words.say('cli.help')}\n`);
      return exitCodes.successful;
    }
    throw new Error(`${command.name} needs the app`);
  } catch (thrown) {
    return complainOf(thrown, io);
  }
}

void main().then((code) => process.exit(code));
