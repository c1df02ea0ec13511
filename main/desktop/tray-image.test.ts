import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { traySize16, traySize32 } from './tray-image.ts';

it('is Segue’s icon in both sizes', () => {
  for (const [size, text] of [
    [16, traySize16],
    [32, traySize32],
  ] as const) {
    const icon = path.join(import.meta.dirname, '..', '..', 'build', 'icons', 'png', `${size}x${size}.png`);
    expect(Buffer.from(text, 'base64').equals(readFileSync(icon)), `${size}`).toBe(true);
  }
});
