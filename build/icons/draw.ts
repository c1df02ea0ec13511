// Draws the app's icons from segue.svg (segue-small.svg up to 32 pixels) in every size and form that the systems want:
// node build/icons/draw.ts. The results are committed, so that no build needs a tool for them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright';
import { findChromium } from '../electron-stand-in/chromium.ts';
import { icnsOf, icoOf } from './containers.ts';

const folder = import.meta.dirname;
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
/** Up to this size a picture with fewer and thicker strokes is used. */
const smallUpTo = 32;

async function draw(): Promise<ReadonlyMap<number, Buffer>> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('There is no Chromium to draw with.');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    const drawn = new Map<number, Buffer>();
    for (const size of sizes) {
      const svg = readFileSync(path.join(folder, size <= smallUpTo ? 'segue-small.svg' : 'segue.svg'), 'utf8');
      await page.setViewportSize({ width: size, height: size });
      await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
      drawn.set(size, await page.screenshot({ omitBackground: true }));
    }
    return drawn;
  } finally {
    await browser.close();
  }
}

const drawn = await draw();
const png = path.join(folder, 'png');
mkdirSync(png, { recursive: true });
for (const [size, bytes] of drawn) writeFileSync(path.join(png, `${size}x${size}.png`), bytes);
writeFileSync(path.join(folder, 'icon.ico'), icoOf(drawn));
writeFileSync(path.join(folder, 'icon.icns'), icnsOf(drawn));
