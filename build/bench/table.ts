/** One line of the report: what was measured, how it came out, and what it may cost. */
export interface Line {
  readonly what: string;
  readonly measured: string;
  readonly budget: string;
  /** Null where there is nothing to keep to. */
  readonly kept: boolean | null;
}

const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const small = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const seconds = (ms: number): string => `${small.format(ms / 1_000)} s`;
export const milliseconds = (ms: number): string => `${ms < 10 ? small.format(ms) : numbers.format(ms)} ms`;
export const megabytes = (mb: number): string => `${numbers.format(mb)} MB`;
export const times = (ratio: number): string => `${small.format(ratio)} x`;
export const whole = (value: number): string => numbers.format(value);

/** The report as plain text, columns in line. */
export function formatTable(lines: readonly Line[]): string {
  const heads = { what: 'what', measured: 'measured', budget: 'budget', kept: '' };
  const told = lines.map((line) => ({ ...line, kept: line.kept === null ? '' : line.kept ? 'kept' : 'MISSED' }));
  const width = (key: keyof typeof heads) => Math.max(...[heads, ...told].map((line) => line[key].length));
  const row = (line: typeof heads) =>
    `${line.what.padEnd(width('what'))}  ${line.measured.padStart(width('measured'))}  ${line.budget.padEnd(width('budget'))}  ${line.kept}`.trimEnd();
  const rule = '-'.repeat(width('what') + width('measured') + width('budget') + 10);
  return [row(heads), rule, ...told.map(row)].join('\n');
}
