import { isPlausibleEmail } from '../cell-kinds.ts';
import type { Sample } from './sample.ts';
import { wrappedLine } from './wrapped-line.ts';

/** What separates the cells of the tables in whose first column whole lines stand. */
export const outerDelimiters: readonly string[] = [';', ',', '\t'];

const lf = 10;
const cr = 13;

/**
 * Whether lines of a sample hold whole records in one more pair of quotes: nearly every such line with an address has it as
 * the only one, in a cell of its own. A single column of names or of several addresses has not.
 *
 * @param asked a person says so: any such line is enough
 */
export function holdsWrappedRecords(sample: Sample, wrapper: string, delimiter: string, asked: boolean): boolean {
  const { bytes } = sample;
  const wrapping = { wrapper: wrapper.charCodeAt(0), delimiter: delimiter.charCodeAt(0) };
  let records = 0;
  let others = 0;
  for (let position = 0; position < bytes.length; ) {
    const wrapped = wrappedLine(bytes, position, wrapping, true);
    if (wrapped === null || wrapped === 'cut') {
      while (position < bytes.length && bytes[position] !== lf && bytes[position] !== cr) position++;
    } else {
      position = wrapped.end;
      const text = wrapped.content.toString('latin1');
      if (asked) return true;
      if (text.includes('@')) {
        if (holdsOneAddress(text, delimiter)) records++;
        else others++;
      }
    }
    position++;
  }
  return records > 0 && records >= others * 4;
}

function holdsOneAddress(text: string, delimiter: string): boolean {
  const cells = text.split(delimiter).map((cell) => cell.replace(/^"(.*)"$/, '$1'));
  return cells.filter((cell) => cell.includes('@')).length === 1 && cells.some(isOnlyAddress);
}

/** Behind a delimiter and a blank stands the rest of a sentence rather than a cell. */
const isOnlyAddress = (cell: string): boolean => !cell.startsWith(' ') && isPlausibleEmail(cell);
