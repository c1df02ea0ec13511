import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Bounds } from './window-options.ts';

const pixels = z.int().min(-100_000).max(100_000);
const windowState = z.object({ x: pixels, y: pixels, width: pixels.min(1), height: pixels.min(1) });

/** Where the window was when it was last moved, or null when that is not known. */
export function readWindowState(file: string): Required<Bounds> | null {
  try {
    return windowState.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Remembers where the window is. A disk that refuses costs nothing but the place. */
export function writeWindowState(file: string, bounds: Required<Bounds>): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(bounds));
    renameSync(`${file}.new`, file);
  } catch {
    // The window then opens at its default size.
  }
}
