import { createHmac } from 'node:crypto';

const blockBytes = 64;

/** Bytes of a key, padded to the hash's block and changed by `by`, as an SQL literal (RFC 2104). */
function padded(key: Buffer, by: number): string {
  const block = Buffer.alloc(blockBytes);
  key.copy(block);
  return `unhex('${Buffer.from(block.map((byte) => byte ^ by)).toString('hex')}')`;
}

/** SQL of the keyed hash of a column, in hex: HMAC-SHA-256, as {@link keyedHash} makes it. */
export function keyedHashSql(key: Buffer, column: string): string {
  return `sha256(${padded(key, 0x5c)} || unhex(sha256(${padded(key, 0x36)} || encode(${column}))))`;
}

/** The keyed hash of a trimmed, lower-cased text. The key has at most 64 bytes. */
export function keyedHash(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
