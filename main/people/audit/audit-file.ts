import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AuditAction, AuditChange, AuditEntry, AuditValue } from '../../../preload/contract/views.ts';
import { asWriteError } from '../../errors/write-errors.ts';
import type { Words } from '../../words.ts';

export const actionWords = (words: Words, action: AuditAction): string => words.say(`audit.action.${action}`);

/** A Monday, from which weekdays are counted. */
const monday = Date.UTC(2024, 0, 1);

const weekdayName = ({ language }: Words, day: number): string =>
  new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(monday + (day - 1) * 86_400_000);

function valueWords(words: Words, value: AuditValue | null): string {
  if (value === null || value === '') return '–';
  if (typeof value === 'number') return words.number(value);
  if (typeof value === 'string') return value;
  if ('weekdays' in value) return value.weekdays.map((day) => weekdayName(words, day)).join(', ');
  return words.say(`audit.value.${value.word}`);
}

function changeWords(words: Words, { fact, before, after }: AuditChange): string {
  return words.say('audit.change', {
    fact: words.say(`audit.fact.${fact}`),
    before: valueWords(words, before),
    after: valueWords(words, after),
  });
}

/**
 * A name may begin like a formula: spreadsheets are kept from taking it for one, also those that take another character for
 * the separator, and find a beginning in the middle of a name.
 */
function cell(text: string): string {
  const shown = text.replace(/(^|[;,\t|\r\n])(\s*)([=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g, "$1$2'$3");
  return /[";,\t\r\n]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}

const line = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

/**
 * Writes entries as CSV in the person's language: UTF-8 with a byte order mark, times as ISO 8601. `page` answers the
 * entries before the one given, newest first, none at the end. Answers how many there were; the file is only there once it
 * is whole. Throws `disk.full`, `disk.not-writable`.
 */
export async function writeAuditFile(
  file: string,
  words: Words,
  page: (before: number) => readonly AuditEntry[],
): Promise<number> {
  const headings = ['when', 'who', 'via', 'what', 'kind', 'object', 'changes'] as const;
  let count = 0;
  function* lines() {
    yield `\uFEFF${line(headings.map((heading) => words.say(`audit.column.${heading}`)))}`;
    for (let before = 0; ; ) {
      const entries = page(before);
      const last = entries.at(-1);
      if (last === undefined) return;
      yield entries
        .map((entry) =>
          line([
            new Date(entry.at).toISOString(),
            entry.personName,
            words.say(`audit.via.${entry.via}`),
            actionWords(words, entry.action),
            words.say(`audit.kind.${entry.kind}`),
            entry.objectName,
            entry.changes.map((change) => changeWords(words, change)).join(' · '),
          ]),
        )
        .join('');
      count += entries.length;
      before = last.auditId;
    }
  }
  const half = `${file}.part`;
  try {
    await pipeline(Readable.from(lines()), createWriteStream(half));
    await rename(half, file);
  } catch (error) {
    await rm(half, { force: true }).catch(() => undefined);
    throw asWriteError(error);
  }
  return count;
}
