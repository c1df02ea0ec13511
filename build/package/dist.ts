// Makes packages: node build/package/dist.ts [--dir] [--linux|--mac|--win] [--x64] [--arm64] [--output FOLDER]
// build/launcher/dist.mjs has installed and built everything that they are made of.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import builder from 'electron-builder';
import { installedElectron } from '../launcher/runtime.mjs';
import { bindingsFor } from './bindings.ts';
import { builderConfig, installers } from './builder-config.ts';
import { dropEmpty } from './environment.ts';
import { makeStandInRuntime } from './stand-in-runtime.ts';
import { nodePlatforms, ownTarget, processors, type System, systems, type Target } from './targets.ts';

const projectRoot = path.resolve(import.meta.dirname, '..', '..');
const usage = `Usage: npm run dist -- [--dir] [--linux | --mac | --win] [--x64] [--arm64] [--output FOLDER]
Without --dir: installers of this system for both processors. With it: the unpacked folder for this computer.`;

interface Wanted {
  readonly targets: readonly Target[];
  readonly folderOnly: boolean;
  readonly output: string;
}

function readWishes(args: readonly string[]): Wanted {
  const { values } = parseArgs({
    args: [...args],
    options: {
      dir: { type: 'boolean', default: false },
      linux: { type: 'boolean', default: false },
      mac: { type: 'boolean', default: false },
      win: { type: 'boolean', default: false },
      x64: { type: 'boolean', default: false },
      arm64: { type: 'boolean', default: false },
      output: { type: 'string', default: 'dist' },
    },
  });
  const own = ownTarget();
  const asked = systems.filter((system) => values[system]);
  if (asked.length > 1) throw new Error('One system at a time.');
  const system = asked[0] ?? own.system;
  const named = processors.filter((processor) => values[processor]);
  const both = values.dir ? [own.processor] : processors;
  return {
    targets: (named.length > 0 ? named : both).map((processor) => ({ system, processor })),
    folderOnly: values.dir,
    output: path.resolve(projectRoot, values.output),
  };
}

/** The folder of a runtime that is here already, or null when electron-builder has to fetch the target's. */
function runtimeFor(target: Target, folderOnly: boolean): string | null {
  const own = ownTarget();
  const isOwn = target.system === own.system && target.processor === own.processor;
  const installed = isOwn ? installedElectron() : null;
  if (installed !== null) return path.join(projectRoot, 'node_modules', 'electron', 'dist');
  if (!folderOnly || target.system === 'mac') return null;
  console.error("Electron's runtime is not here: its stand-in is packed instead, for checking only.");
  const folder = path.join(projectRoot, '.cache', 'stand-in-runtime');
  makeStandInRuntime(folder, target, projectRoot);
  return folder;
}

function electronVersion(): string {
  const file = path.join(projectRoot, 'node_modules', 'electron', 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

async function make(target: Target, wanted: Wanted): Promise<void> {
  if (!existsSync(path.join(projectRoot, 'out', 'licences.txt')))
    throw new Error('out/licences.txt is missing: build.');
  bindingsFor(target, projectRoot);
  const config = builderConfig(target, {
    projectRoot,
    output: wanted.output,
    electronDist: runtimeFor(target, wanted.folderOnly),
    electronVersion: electronVersion(),
    env: process.env,
  });
  await builder.build({
    projectDir: projectRoot,
    targets: platformOf(target.system).createTarget(
      wanted.folderOnly ? 'dir' : [...installers[target.system]],
      builder.Arch[target.processor],
    ),
    publish: 'never',
    config,
  });
}

function platformOf(system: System): builder.Platform {
  return { linux: builder.Platform.LINUX, mac: builder.Platform.MAC, win: builder.Platform.WINDOWS }[system];
}

/** What an installer says about its makers; electron-builder would object only after everything is packed. */
function askForMakers(wanted: Wanted): void {
  const isDeb = !wanted.folderOnly && wanted.targets.some(({ system }) => system === 'linux');
  if (isDeb && !(process.env.SEGUE_MAINTAINER && process.env.SEGUE_HOMEPAGE)) {
    throw new Error(
      'A deb says who makes it: set SEGUE_MAINTAINER ("Name <address>") and SEGUE_HOMEPAGE (https address).',
    );
  }
}

async function main(): Promise<number> {
  dropEmpty(process.env);
  let wanted: Wanted;
  try {
    wanted = readWishes(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${wordsOf(error)}\n${usage}\n`);
    return 64;
  }
  askForMakers(wanted);
  for (const target of wanted.targets) {
    const name = `${nodePlatforms[target.system]} ${target.processor}`;
    console.error(`Packing Segue for ${name} …`);
    try {
      await make(target, wanted);
    } catch (error) {
      const words = wordsOf(error);
      const network = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|fetch failed/.test(words);
      const advice = network
        ? "\nElectron or electron-builder's tools could not be fetched. ELECTRON_MIRROR and ELECTRON_BUILDER_BINARIES_MIRROR name other places; --dir on Linux needs nothing."
        : '';
      throw new Error(`No package for ${name}: ${words}${advice}`, { cause: error });
    }
  }
  return 0;
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${wordsOf(error)}\n`);
    process.exitCode = 1;
  },
);
