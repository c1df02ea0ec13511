import { type ByteSource, openByteSources, readHead } from './byte-source.ts';
import { readCsv, toRow } from './csv/read.ts';
import { csvRelation, likelyCsvRelation } from './csv/relation.ts';
import { type CsvReading, type CsvWatcher, realColumns, understandCsv } from './csv/understand.ts';
import { startJson, understandJson } from './json/understand.ts';
import { understandParquet } from './parquet.ts';
import { ProgressReporter } from './progress.ts';
import type { ReadingOptions } from './types.ts';
import type { UnderstoodFile } from './understood-file.ts';
import { understandWorkbook } from './xlsx/understand.ts';

/** What a file will most likely turn out to be, while it is still being read. */
export interface LikelyFile {
  readonly relation: string;
  readonly columns: readonly string[];
}

/** Hears early of files that DuckDB can probably read by itself. */
export interface FileWatcher {
  likely(file: LikelyFile): void;
  /** It is not so. May be told more than once, and without anything before it. */
  refuted(): void;
}

/**
 * Recognises a file by its content and reads the whole of it once: one table, or the parts of one that an archive packs
 * together, in their order. The caller disposes of the results.
 * @throws SegueError see {@link inspectFile}
 */
export async function understandFile(
  file: string,
  options: ReadingOptions,
  progress?: ProgressReporter,
  watcher?: FileWatcher,
): Promise<[UnderstoodFile, ...UnderstoodFile[]]> {
  const [first, ...others] = await openByteSources(file);
  const reporter = progress ?? new ProgressReporter(options, first.size);
  const understood: [UnderstoodFile, ...UnderstoodFile[]] = [
    await understandSource(first, options, reporter, others.length === 0 ? watcher : undefined),
  ];
  try {
    for (const source of others) {
      reporter.nextFile();
      understood.push(await understandSource(source, options, reporter));
    }
    return understood;
  } catch (error) {
    for (const part of understood) await part.dispose();
    throw error;
  }
}

async function understandSource(
  source: ByteSource,
  options: ReadingOptions,
  reporter: ProgressReporter,
  watcher?: FileWatcher,
): Promise<UnderstoodFile> {
  const overrides = options.overrides ?? {};
  const kind = await kindOfTable(source);
  if (kind === 'xlsx') return understandWorkbook(source, overrides, options.tempFolder, reporter);
  if (kind === 'parquet') return understandParquet(source, options.tempFolder, reporter);
  const json = await startJson(source);
  if (json !== null) return understandJson(source, json, reporter);
  return understoodCsv(
    source,
    await understandCsv(source, overrides, reporter, watcher && csvWatcher(source, watcher)),
  );
}

function csvWatcher(source: ByteSource, watcher: FileWatcher): CsvWatcher {
  return {
    started(start) {
      // What is packed may be a bomb: nothing of it is written before it has been measured.
      const relation = source.compression === 'none' ? likelyCsvRelation(source, start) : null;
      // Unnamed columns at the right edge exist only if some row fills them: nothing to be sure of yet.
      const columns = realColumns(start.layout, -1);
      if (relation !== null && columns.length === start.layout.width) watcher.likely({ relation, columns });
    },
    notPlain: () => watcher.refuted(),
  };
}

/** What the first bytes, unpacked, prove. */
export async function kindOfTable(source: ByteSource): Promise<'xlsx' | 'parquet' | 'text'> {
  if (source.isWorkbook) return 'xlsx';
  const head = (await readHead(source.chunks(), 4)).toString('latin1');
  if (head === 'PAR1') return 'parquet';
  // Inside gzip or zip; a zip of its own that is no workbook has been opened already.
  return head === 'PK\x03\x04' ? 'xlsx' : 'text';
}

function understoodCsv(source: ByteSource, reading: CsvReading): UnderstoodFile {
  const { dialect, layout } = reading;
  const relation = csvRelation(source, reading);
  return {
    source,
    inspection: {
      format: 'csv',
      compression: source.compression,
      encoding: reading.encoding,
      delimiter: dialect.delimiter,
      quote: reading.quoteUsed ? dialect.quote : null,
      ...(dialect.wrapper === null ? {} : { wrapped: true }),
      headerLine: layout.headerLine,
      columns: [...reading.columns],
      rowCount: reading.rowCount,
      unreadable: [...reading.unreadable],
    },
    skipped: reading.skipped,
    rawQuotes: dialect.quote === '"' && dialect.escape === 'doubled',
    breaksInCells: reading.breaksInCells,
    ...(relation === null ? {} : { relation }),
    readRecords: (visitor, progress, enough) => readCsv(source, reading, visitor, progress, enough),
    readRows: ({ row, unreadable }, progress, enough) => {
      const visitor = {
        ...(row ? { row: (scanner: Parameters<typeof toRow>[0]) => row(toRow(scanner, reading.columns.length)) } : {}),
        ...(unreadable
          ? {
              unreadable: (
                line: number,
                reason: Parameters<typeof unreadable>[1],
                scanner: Parameters<typeof toRow>[0],
              ) => unreadable(line, reason, scanner.rawText()),
            }
          : {}),
      };
      return readCsv(source, reading, visitor, progress, enough);
    },
    dispose: async () => {},
  };
}
