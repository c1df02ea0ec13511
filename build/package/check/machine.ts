import { closeSync, openSync, readSync } from 'node:fs';
import type { Processor, System } from '../targets.ts';

/** What an executable or library is made for. */
export interface Machine {
  readonly system: System;
  /** Several only in a universal macOS binary. An empty list: for processors that we make no packages for. */
  readonly processors: readonly Processor[];
}

const elfMachines: Readonly<Record<number, Processor>> = { 62: 'x64', 183: 'arm64' };
const peMachines: Readonly<Record<number, Processor>> = { 34404: 'x64', 43620: 'arm64' };
const machTypes: Readonly<Record<number, Processor>> = { 16777223: 'x64', 16777228: 'arm64' };

/** Reads from a file's first bytes which system and processor it is for; null when it is no native code. */
export function readMachine(file: string): Machine | null {
  const bytes = beginning(file, 4096);
  if (bytes.length < 64) return null;
  const named = (processor: Processor | undefined) => (processor === undefined ? [] : [processor]);
  if (bytes.readUInt32BE(0) === 0x7f454c46)
    return { system: 'linux', processors: named(elfMachines[bytes.readUInt16LE(18)]) };
  if (bytes.readUInt32LE(0) === 0xfeedfacf)
    return { system: 'mac', processors: named(machTypes[bytes.readUInt32LE(4)]) };
  if (bytes.readUInt32BE(0) === 0xcafebabe) {
    const count = Math.min(bytes.readUInt32BE(4), 8);
    const types = Array.from({ length: count }, (_, index) => machTypes[bytes.readUInt32BE(8 + 20 * index)]);
    return { system: 'mac', processors: types.flatMap(named) };
  }
  if (bytes.toString('latin1', 0, 2) === 'MZ') {
    const at = bytes.readUInt32LE(60);
    if (at + 6 > bytes.length || bytes.toString('latin1', at, at + 4) !== 'PE\0\0') return null;
    return { system: 'win', processors: named(peMachines[bytes.readUInt16LE(at + 4)]) };
  }
  return null;
}

function beginning(file: string, length: number): Buffer {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(handle, bytes, 0, length, 0));
  } finally {
    closeSync(handle);
  }
}
