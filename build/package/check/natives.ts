import { existsSync } from 'node:fs';
import path from 'node:path';
import { unpackedPath } from '../asar-archive.ts';
import { duckdbLibraries, duckdbPackage, sqliteBinary, type Target } from '../targets.ts';
import { type BuiltPackage, type Finding, filesBelow } from './built-package.ts';
import { readMachine } from './machine.ts';

/** The native files that a package for `target` must hold, by their names in the archive: these and no others. */
export function nativeFiles(target: Target): string[] {
  const duckdb = `node_modules/${duckdbPackage(target)}`;
  return [
    `node_modules/better-sqlite3/prebuilds/${sqliteBinary(target)}`,
    `${duckdb}/duckdb.node`,
    // Its addon looks for it in its own folder.
    `${duckdb}/${duckdbLibraries[target.system]}`,
  ];
}

/** Native code lies outside of the archive, is all there, is nothing but that, and is for the right system. */
export function checkNatives(built: BuiltPackage): Finding[] {
  const { archive, target } = built;
  const finding = (what: string) => ({ check: 'natives', what });
  const findings: Finding[] = [];
  const wanted = nativeFiles(target);
  for (const name of wanted) {
    const file = unpackedPath(archive.file, name);
    if (archive.files.get(name)?.unpacked !== true)
      findings.push(finding(`app.asar does not know ${name} as unpacked`));
    if (!existsSync(file)) {
      findings.push(finding(`${name} is missing`));
      continue;
    }
    const machine = readMachine(file);
    if (machine === null) findings.push(finding(`${name} is no native code`));
    else if (machine.system !== target.system || !machine.processors.includes(target.processor)) {
      const is = `${machine.system} ${machine.processors.join(' and ') || 'of an unknown processor'}`;
      findings.push(finding(`${name} is for ${is}, not for ${target.system} ${target.processor}`));
    }
  }
  for (const { name, unpacked } of archive.files.values()) {
    if (!unpacked && /\.(node|so(\.\d+)*|dylib|dll|exe)$/.test(name))
      findings.push(finding(`${name} is inside app.asar, from where it cannot be loaded`));
  }
  const folder = `${archive.file}.unpacked`;
  const others = existsSync(folder) ? filesBelow(folder).filter((name) => !wanted.includes(name)) : [];
  return [
    ...findings,
    ...others.map((name) => finding(`app.asar.unpacked holds ${path.basename(name)}, which nothing checks`)),
  ];
}
