/** More than a rare control character: pictures, programs, old workbooks. */
export function isBinary(bytes: Buffer): boolean {
  const magic = bytes.subarray(0, 8).toString('latin1');
  const known = [
    '%PDF',
    '{\\rtf',
    '\u00d0\u00cf\u0011\u00e0',
    '\u0089PNG',
    'GIF8',
    '\u00ff\u00d8\u00ff',
    'Rar!',
    '7z\u00bc\u00af',
    'SQLite f',
    '\u007fELF',
  ];
  if (known.some((start) => magic.startsWith(start))) return true;
  const length = Math.min(bytes.length, 65_536);
  let controls = 0;
  for (let i = 0; i < length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 1 && (byte < 26 || byte > 31)) controls++;
  }
  return controls > Math.max(2, length / 50);
}
