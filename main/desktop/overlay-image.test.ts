import { inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { overlayDot } from './overlay-image.ts';

it('is a round dot of 32 pixels', () => {
  const png = Buffer.from(overlayDot, 'base64');
  expect(png.toString('latin1', 1, 4)).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([32, 32]);
  const at = png.indexOf('IDAT');
  const pixels = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  const opacity = (x: number, y: number) => pixels.readUInt8(y * (32 * 4 + 1) + 1 + x * 4 + 3);
  expect([opacity(16, 16), opacity(0, 0), opacity(31, 31)]).toEqual([255, 0, 0]);
});
