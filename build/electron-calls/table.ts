import type { Use } from './uses.ts';

export const tableStart = '<!-- calls: the first three columns are written by build/electron-calls/write.ts -->';
export const tableEnd = '<!-- end of calls -->';

const heading = `| what | electron.d.ts | used in | relies on; how the real runtime could differ |
| --- | --- | --- | --- |`;

/** Notes of the table in a document, by what they are about. */
export function notesIn(document: string): ReadonlyMap<string, string> {
  const notes = new Map<string, string>();
  for (const line of tableOf(document).split('\n')) {
    const [, what, , , note] = /^\| `(.+?)` \| (.*?) \| (.*?) \| (.*) \|$/.exec(line) ?? [];
    if (what !== undefined) notes.set(what, note?.trim() ?? '');
  }
  return notes;
}

/** The table as it must be: a line for each use, with the note that the document has for it, or none. */
export function formatTable(uses: readonly Use[], notes: ReadonlyMap<string, string>): string {
  const lines = uses.map(({ what, declared, files }) => {
    const places = files.map((file) => file.replace(/^main\/desktop\//, '').replace(/\.ts$/, '')).join(', ');
    return `| \`${what}\` | ${declared.join(', ')} | ${places} | ${notes.get(what) ?? ''} |`;
  });
  return `${heading}\n${lines.join('\n')}\n`;
}

/** The table's text in a document; throws where it has none. */
export function tableOf(document: string): string {
  const start = document.indexOf(tableStart);
  const end = document.indexOf(tableEnd);
  if (start < 0 || end < start) throw new Error('There is no table of calls.');
  return document.slice(start + tableStart.length + 1, end);
}
