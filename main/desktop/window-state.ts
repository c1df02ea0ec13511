import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const pixels = z.int().min(-100_000).max(100_000);
const windowState = z.object({
  x: pixels,
  y: pixels,
  width: pixels.min(1),
  height: pixels.min(1),
  shape: z.enum(['normal', 'maximized', 'full-screen']).default('normal'),
});

/** Where the window stands while it is neither maximised nor full screen, and whether it is one of them. */
export type WindowState = z.infer<typeof windowState>;
export type WindowShape = WindowState['shape'];

/** How the window was last, or null when that is not known. */
export function readWindowState(file: string): WindowState | null {
  try {
    return windowState.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Remembers how the window is. A disk that refuses costs nothing but the place. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file);
  } catch {
    // The window then opens at its default size.
  }
}
