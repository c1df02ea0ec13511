import { open } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { UnreadableText } from './unreadable-log.ts';

const chunkBytes = 64 * 1024;
const entry = z.object({ file: z.string(), line: z.number(), reason: z.string(), text: z.string() });

/** Some of the lines that could not be read, and where the next ones begin; null at the end. */
export interface UnreadablePage {
  readonly lines: (Omit<UnreadableText, 'reason'> & { readonly reason: string })[];
  readonly nextByte: number | null;
}

/**
 * Up to `limit` lines of a stage's `unreadable.ndjson` from the byte at which one begins, in flat memory however many
 * there are. A byte in the middle of a line gives what follows that line.
 */
export async function readUnreadable(stageFolder: string, fromByte: number, limit: number): Promise<UnreadablePage> {
  const handle = await open(path.join(stageFolder, 'unreadable.ndjson'), 'r');
  try {
    const lines: UnreadablePage['lines'] = [];
    let rest: Buffer = Buffer.alloc(0);
    let begin = fromByte;
    for (;;) {
      const { bytesRead, buffer } = await handle.read(
        Buffer.allocUnsafe(chunkBytes),
        0,
        chunkBytes,
        begin + rest.length,
      );
      if (bytesRead === 0) return { lines, nextByte: null };
      rest = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
      for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
        if (lines.length === limit) return { lines, nextByte: begin };
        const read = parse(rest.subarray(0, end).toString('utf8'));
        if (read !== null) lines.push(read);
        begin += end + 1;
        rest = rest.subarray(end + 1);
      }
    }
  } finally {
    await handle.close();
  }
}

function parse(text: string): UnreadablePage['lines'][number] | null {
  try {
    return entry.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
