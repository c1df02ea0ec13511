import path from 'node:path';
import { SegueError } from '../../errors/segue-error.ts';
import { readZipDirectory, readZipEntry, readZipEntryWhole, type ZipEntry } from '../zip.ts';
import { type NumberFormat, numberFormat } from './number-format.ts';
import { attribute, runsOf, tagsOf, xmlText } from './xml-text.ts';

/** Parts that describe a workbook are small; anything above is no honest file. */
const maxPartBytes = 64 << 20;

/** A sheet as the workbook lists it. */
export interface Sheet {
  readonly name: string;
  readonly visible: boolean;
  readonly entry: ZipEntry;
}

/** A workbook with everything but its cells in memory. */
export interface Workbook {
  readonly file: string;
  readonly sheets: readonly Sheet[];
  readonly date1904: boolean;
  /** By a cell's style number. */
  readonly formats: readonly NumberFormat[];
  readonly strings: readonly string[];
}

/** @throws SegueError `segment.not-understood` for a damaged workbook, `segment.archive-unsafe` for a bomb. */
export async function openWorkbook(file: string, signal: AbortSignal | undefined): Promise<Workbook> {
  const entries = new Map((await readZipDirectory(file)).map((entry) => [entry.name.replace(/^\//, ''), entry]));
  const part = async (name: string): Promise<string> => {
    const entry = entries.get(name);
    return entry ? (await readZipEntryWhole(file, entry, maxPartBytes)).toString('utf8') : '';
  };
  const book = await part('xl/workbook.xml');
  const targets = new Map<string, string>();
  for (const tag of tagsOf(await part('xl/_rels/workbook.xml.rels'), 'Relationship')) {
    const target = attribute(tag, 'Target') ?? '';
    targets.set(attribute(tag, 'Id') ?? '', target.startsWith('/') ? target.slice(1) : path.posix.join('xl', target));
  }
  const sheets: Sheet[] = [];
  for (const tag of tagsOf(book, 'sheet')) {
    const entry = entries.get(targets.get(attribute(tag, '\\w+:id') ?? '') ?? '');
    const visible = (attribute(tag, 'state') ?? 'visible') === 'visible';
    if (entry && /worksheets?\//.test(entry.name)) sheets.push({ name: attribute(tag, 'name') ?? '', visible, entry });
  }
  if (sheets.length === 0) throw new SegueError('segment.not-understood', { file: path.basename(file) });
  const [properties] = tagsOf(book, 'workbookPr');
  const shared = entries.get(
    [...targets.values()].find((target) => /sharedStrings\.xml$/i.test(target)) ?? 'xl/sharedStrings.xml',
  );
  return {
    file,
    sheets,
    date1904: /^(1|true)$/.test(attribute(properties ?? '', 'date1904') ?? ''),
    formats: formatsOf(await part('xl/styles.xml')),
    strings: shared ? await readStrings(file, shared, signal) : [],
  };
}

function formatsOf(styles: string): NumberFormat[] {
  const codes = new Map<number, string>();
  for (const tag of tagsOf(styles, 'numFmt'))
    codes.set(Number(attribute(tag, 'numFmtId')), attribute(tag, 'formatCode') ?? '');
  const cells = /<(?:\w+:)?cellXfs\b[\s\S]*?<\/(?:\w+:)?cellXfs>/.exec(styles)?.[0] ?? '';
  return [...tagsOf(cells, 'xf')].map((tag) => {
    const id = Number(attribute(tag, 'numFmtId') ?? 0);
    return numberFormat(id, codes.get(id));
  });
}

/** Streams the table of strings; formatting of runs is dropped. */
async function readStrings(file: string, entry: ZipEntry, signal: AbortSignal | undefined): Promise<string[]> {
  const strings: string[] = [];
  const decoder = new TextDecoder();
  let pending = '';
  const item = /<(?:\w+:)?si\b[^>]*?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?si>)/g;
  for await (const chunk of readZipEntry(file, entry, signal ? { signal } : {})) {
    pending += decoder.decode(chunk, { stream: true });
    item.lastIndex = 0;
    let done = 0;
    for (let match = item.exec(pending); match; match = item.exec(pending)) {
      strings.push(detached(plainItem(match[1] ?? '')));
      done = item.lastIndex;
    }
    pending = pending.slice(done);
  }
  return strings;
}

/** Most items are one bare run. */
function plainItem(item: string): string {
  if (item.startsWith('<t>') && item.indexOf('<', 3) === item.length - 4) {
    const text = item.slice(3, -4);
    return text.includes('_x') ? runsOf(item) : xmlText(text);
  }
  return runsOf(item);
}

/** V8 keeps the whole chunk alive for a slice of it: a copy lets it go. */
function detached(text: string): string {
  return text.length > 12 ? Buffer.from(text, 'utf16le').toString('utf16le') : text;
}
