/** The systems and processors that packages are made for. */
export const systems = ['linux', 'mac', 'win'] as const;
export const processors = ['x64', 'arm64'] as const;
export type System = (typeof systems)[number];
export type Processor = (typeof processors)[number];

/** What Node calls a system. */
export const nodePlatforms: Readonly<Record<System, string>> = { linux: 'linux', mac: 'darwin', win: 'win32' };

export interface Target {
  readonly system: System;
  readonly processor: Processor;
}

/** The npm package that brings DuckDB for a target. npm installs only this computer's own (electron-facts.md 4.2). */
export function duckdbPackage({ system, processor }: Target): string {
  return `@duckdb/node-bindings-${nodePlatforms[system]}-${processor}`;
}

/** better-sqlite3 brings the binaries of all systems; this is the one that a target needs. */
export function sqliteBinary({ system, processor }: Target): string {
  return `${nodePlatforms[system]}-${processor}.node`;
}

/** File name of DuckDB's own library, which must lie beside `duckdb.node`. */
export const duckdbLibraries: Readonly<Record<System, string>> = {
  linux: 'libduckdb.so',
  mac: 'libduckdb.dylib',
  win: 'duckdb.dll',
};

/** This computer as a target; throws where no package can be made for it. */
export function ownTarget(): Target {
  const system = systems.find((name) => nodePlatforms[name] === process.platform);
  const processor = processors.find((name) => name === process.arch);
  if (system === undefined || processor === undefined)
    throw new Error(`No packages are made for ${process.platform} ${process.arch}.`);
  return { system, processor };
}
