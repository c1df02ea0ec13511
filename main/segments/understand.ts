import { type ByteSource, openByteSource } from './byte-source.ts';
import { readCsv, toRow } from './csv/read.ts';
import { csvRelation } from './csv/relation.ts';
import { type CsvReading, understandCsv } from './csv/understand.ts';
import { ProgressReporter } from './progress.ts';
import type { ReadingOptions } from './types.ts';
import type { UnderstoodFile } from './understood-file.ts';

/**
 * Recognises a file by its content and reads the whole of it once. The caller disposes of the result.
 * @throws SegueError see {@link inspectFile}
 */
export async function understandFile(
  file: string,
  options: ReadingOptions,
  progress?: ProgressReporter,
): Promise<UnderstoodFile> {
  const source = await openByteSource(file);
  const reporter = progress ?? new ProgressReporter(options, source.size);
  return understoodCsv(source, await understandCsv(source, options.overrides ?? {}, reporter));
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
      headerLine: layout.headerLine,
      columns: [...layout.columns],
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
        ...(row ? { row: (scanner: Parameters<typeof toRow>[0]) => row(toRow(scanner, layout.width)) } : {}),
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
