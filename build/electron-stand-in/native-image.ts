import { readFileSync } from 'node:fs';
import { strict } from './strict.ts';

/** The part of NativeImage the stand-in has: a PNG as it was read or captured. */
export type NativeImagePart = ReturnType<typeof imageFromPng>;

/** An image from PNG bytes; with none (or other bytes) it is the empty image. */
export function imageFromPng(png: Buffer) {
  const isPng = png.length > 24 && png.readUInt32BE(0) === 0x89504e47;
  const size = isPng ? { width: png.readUInt32BE(16), height: png.readUInt32BE(20) } : { width: 0, height: 0 };
  return strict('NativeImage', {
    isEmpty: () => !isPng,
    getSize: () => size,
    getAspectRatio: () => (isPng ? size.width / size.height : 1),
    toPNG: () => png,
    toDataURL: () => `data:image/png;base64,${png.toString('base64')}`,
    setTemplateImage: () => undefined,
    /** Kept by nobody: no screen of the stand-in shows an icon. */
    addRepresentation({ scaleFactor, buffer }: { scaleFactor?: number; buffer?: Buffer }) {
      if ((scaleFactor ?? 1) <= 0) throw new TypeError('Error processing argument at index 0');
      if (buffer !== undefined && imageFromPng(buffer).isEmpty()) throw new Error('no image');
    },
  });
}

export const nativeImage = strict('nativeImage', {
  createEmpty: () => imageFromPng(Buffer.alloc(0)),
  createFromBuffer: (bytes: Buffer) => imageFromPng(bytes),
  createFromDataURL: (url: string) => imageFromPng(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')),
  createFromPath(file: string) {
    try {
      return imageFromPng(readFileSync(file));
    } catch {
      return imageFromPng(Buffer.alloc(0));
    }
  },
});
