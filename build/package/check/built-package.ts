import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { type AsarArchive, openArchive } from '../asar-archive.ts';
import { standInResource } from '../stand-in-runtime.ts';
import { nodePlatforms, processors, type System, type Target } from '../targets.ts';
import { readMachine } from './machine.ts';

/** A built folder: `linux-unpacked`, `win-unpacked`, or the folder of `Segue.app`. */
export interface BuiltPackage {
  readonly folder: string;
  readonly target: Target;
  /** The program a person starts. */
  readonly executable: string;
  /** The file that holds the fuses: the executable, on macOS the Electron Framework. */
  readonly fused: string;
  readonly resources: string;
  readonly archive: AsarArchive;
  /** Whether Electron's stand-in holds the runtime's place: such a package is for checking only. */
  readonly standIn: boolean;
  /** Every file, relative to the folder, with slashes. */
  readonly files: readonly string[];
}

/** What a check has to say against a package. */
export interface Finding {
  readonly check: string;
  readonly what: string;
}

/** Opens a built folder. Throws where there is none, or its archive cannot be read at all. */
export function openPackage(folder: string): BuiltPackage {
  const { system, executable, fused, resources } = layoutOf(folder);
  const archive = path.join(resources, 'app.asar');
  if (!existsSync(archive)) throw new Error(`${folder} has no app.asar where ${system} wants it.`);
  const machine = readMachine(executable);
  return {
    folder,
    target: { system, processor: machine?.processors[0] ?? processorOfNatives(`${archive}.unpacked`, system) },
    executable,
    fused,
    resources,
    archive: openArchive(archive),
    standIn:
      machine === null ||
      (system === 'win' && readFileSync(executable).includes(Buffer.from(standInResource, 'utf16le'))),
    files: filesBelow(folder),
  };
}

function layoutOf(folder: string): { system: System; executable: string; fused: string; resources: string } {
  const mac = path.join(folder, 'Segue.app', 'Contents');
  if (existsSync(mac)) {
    const framework = path.join(
      mac,
      'Frameworks',
      'Electron Framework.framework',
      'Versions',
      'A',
      'Electron Framework',
    );
    return {
      system: 'mac',
      executable: path.join(mac, 'MacOS', 'Segue'),
      fused: framework,
      resources: path.join(mac, 'Resources'),
    };
  }
  for (const [system, name] of [
    ['win', 'Segue.exe'],
    ['linux', 'segue'],
  ] as const) {
    const executable = path.join(folder, name);
    if (existsSync(executable))
      return { system, executable, fused: executable, resources: path.join(folder, 'resources') };
  }
  throw new Error(`${folder} is no package of Segue: neither segue, Segue.exe nor Segue.app is in it.`);
}

/** Only a package with the stand-in has an executable that tells no processor. */
function processorOfNatives(unpacked: string, system: System): Target['processor'] {
  const names = existsSync(unpacked) ? filesBelow(unpacked).join('\n') : '';
  return (
    processors.find((processor) => names.includes(`node-bindings-${nodePlatforms[system]}-${processor}/`)) ?? 'x64'
  );
}

/** Every file below a folder, relative to it, with slashes. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

/** Size of a file in bytes. */
export function sizeOf(file: string): number {
  return statSync(file).size;
}
