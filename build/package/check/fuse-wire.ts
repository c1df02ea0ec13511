import { readFileSync } from 'node:fs';

/** What Electron's builds carry right before their fuses (electron-facts.md 4.3). */
export const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** Electron's fuses by their place in the wire (electron-facts.md 2.3). */
export const fuseNames = [
  'RunAsNode',
  'EnableCookieEncryption',
  'EnableNodeOptionsEnvironmentVariable',
  'EnableNodeCliInspectArguments',
  'EnableEmbeddedAsarIntegrityValidation',
  'OnlyLoadAppFromAsar',
  'LoadBrowserProcessSpecificV8Snapshot',
  'GrantFileProtocolExtraPrivileges',
  'WasmTrapHandlers',
] as const;
export type FuseName = (typeof fuseNames)[number];
export type FuseState = 'on' | 'off' | 'removed';

const states: Readonly<Record<string, FuseState>> = { '0': 'off', '1': 'on', r: 'removed' };

/** One wire of a binary: a universal macOS binary has one per processor. Fuses beyond the known names are left out. */
export type FuseWire = ReadonlyMap<FuseName, FuseState>;

/**
 * Reads the fuses of an executable (on macOS of the Electron Framework), in every wire it holds. Throws when there is
 * none, when a wire is of another version, or when it holds a state that does not exist.
 */
export function readFuses(file: string): readonly FuseWire[] {
  const bytes = readFileSync(file);
  const wires: FuseWire[] = [];
  for (let at = bytes.indexOf(fuseSentinel); at >= 0; at = bytes.indexOf(fuseSentinel, at + 1)) {
    wires.push(readWire(bytes, at + fuseSentinel.length));
  }
  if (wires.length === 0) throw new Error('there are no fuses in it');
  return wires;
}

function readWire(bytes: Buffer, start: number): FuseWire {
  const version = bytes[start];
  const length = bytes[start + 1] ?? 0;
  if (version !== 1) throw new Error(`its fuses are of version ${version}`);
  const wire = new Map<FuseName, FuseState>();
  for (const [index, name] of fuseNames.entries()) {
    if (index >= length) break;
    const state = states[String.fromCharCode(bytes[start + 2 + index] ?? 0)];
    if (state === undefined) throw new Error(`its fuse ${name} is neither on nor off`);
    wire.set(name, state);
  }
  return wire;
}
