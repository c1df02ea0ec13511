/** Sizes that Windows asks for, from the title bar to the largest tiles. */
const icoSizes = [16, 24, 32, 48, 64, 128, 256];

/** macOS's names of pictures; `@2x` ones hold twice the pixels of the size they stand for. */
const icnsTypes: readonly (readonly [type: string, pixels: number])[] = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
];

function picture(drawn: ReadonlyMap<number, Buffer>, size: number): Buffer {
  const bytes = drawn.get(size);
  if (bytes === undefined) throw new Error(`There is no picture of ${size} pixels.`);
  return bytes;
}

/** A Windows icon with PNG pictures, which every Windows since Vista reads. */
export function icoOf(drawn: ReadonlyMap<number, Buffer>): Buffer {
  const head = Buffer.alloc(6 + 16 * icoSizes.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(icoSizes.length, 4);
  const pictures = icoSizes.map((size) => picture(drawn, size));
  let offset = head.length;
  for (const [index, bytes] of pictures.entries()) {
    const at = 6 + 16 * index;
    const size = icoSizes[index] ?? 0;
    // 0 means 256.
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(bytes.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += bytes.length;
  }
  return Buffer.concat([head, ...pictures]);
}

/** A macOS icon with PNG pictures. */
export function icnsOf(drawn: ReadonlyMap<number, Buffer>): Buffer {
  const parts = icnsTypes.map(([type, pixels]) => {
    const bytes = picture(drawn, pixels);
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(8 + bytes.length, 4);
    return Buffer.concat([head, bytes]);
  });
  const head = Buffer.alloc(8);
  head.write('icns', 'latin1');
  head.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0), 4);
  return Buffer.concat([head, ...parts]);
}
