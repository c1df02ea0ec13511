import path from 'node:path';

/** Files of one segment in their order, and what the segment is called after. */
export interface PartGroup {
  readonly files: readonly string[];
  /** The only file's name, or what the names of the parts have in common. */
  readonly fileName: string;
}

/** `name_3.csv`, also packed; a part without a number of its own is none. */
const partName = /^(.+?)[_-](\d{1,5})(\.[a-z]+)(\.gz|\.gzip)?$/i;

/** `2026-01` before a day, a year before a month of two digits. */
const endsInMonth = /(?:^|\D)(?:19|20)\d\d[-_.]?(?:0[1-9]|1[0-2])$/;
const endsInYear = /(?:^|\D)(?:19|20)\d\d$/;

/** Whether stem and number are the two halves of a date: of a day, or of a month. */
function isDate(stem: string, number: string): boolean {
  if (number.length !== 2) return false;
  return endsInMonth.test(stem) ? Number(number) <= 31 : endsInYear.test(stem) && Number(number) <= 12;
}

interface Part {
  readonly file: string;
  readonly number: number;
}

/**
 * Finds the parts of one segment among files that were dropped together (customer-insights-exports.md 5.2): the same folder, name and
 * format, packed or not, and numbers without a gap from 0 or 1. Years and dates make no parts. Groups stand where their
 * first file stood.
 */
export function groupParts(files: readonly string[]): PartGroup[] {
  const families = new Map<string, { readonly stem: string; readonly parts: Part[] }>();
  for (const file of new Set(files)) {
    const [, stem = '', number = '', extension = ''] = partName.exec(path.basename(file)) ?? [];
    if (stem === '' || isDate(stem, number)) continue;
    const key = JSON.stringify([path.dirname(file), stem.toLowerCase(), extension.toLowerCase()]);
    const family = families.get(key) ?? { stem: `${stem}${extension}`, parts: [] };
    families.set(key, family);
    family.parts.push({ file, number: Number(number) });
  }
  const groupOf = new Map<string, PartGroup>();
  for (const { stem, parts } of families.values()) {
    const ordered = parts.toSorted((a, b) => a.number - b.number);
    const first = ordered[0]?.number ?? 2;
    const whole = ordered.length > 1 && first <= 1 && ordered.every(({ number }, index) => number === first + index);
    if (!whole) continue;
    const group = { files: ordered.map(({ file }) => file), fileName: stem };
    for (const { file } of ordered) groupOf.set(file, group);
  }
  const alone = (file: string): PartGroup => ({ files: [file], fileName: path.basename(file) });
  return [...new Set(files.map((file) => groupOf.get(file) ?? alone(file)))];
}

/** Files chosen for one segment: parts by their numbers, whatever else in the order in which they came. */
export function inPartOrder(paths: readonly string[]): PartGroup {
  const groups = groupParts(paths);
  return { files: groups.flatMap(({ files }) => files), fileName: groups[0]?.fileName ?? '' };
}

/** What people are told of a segment's files: nothing where there is only one. */
export const partNames = (files: readonly string[]): string[] =>
  files.length < 2 ? [] : files.map((file) => path.basename(file));
