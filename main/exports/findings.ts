import type { FindingView } from '../../preload/contract/views.ts';
import type { DuckDb } from '../segments/duckdb.ts';
import type { CheckedSegment } from './check.ts';
import { CheckMemory, memoryKeys } from './check-memory.ts';
import type { CellCheck } from './checks/cell-check.ts';
import { checksOf } from './checks/cell-checks.ts';
import { wholeChecks } from './checks/whole-checks.ts';
import { withDateOrders } from './date-orders.ts';
import { type Found, foundStruct, readFound } from './found-cells.ts';
import { findRefusals } from './refusals.ts';
import { repairsOf } from './repaired-rows.ts';
import { cellsSelect, matchOf } from './stage-cells.ts';

/** What one check found in one segment's cells of a field. */
export interface FieldFinding extends Pick<FindingView, 'kind' | 'effect' | 'repair' | 'params'> {
  readonly field: string;
  readonly found: Found;
}

const severity: readonly FindingView['effect'][] = ['rejected', 'left-out', 'warning'];

/**
 * Everything that the checks find over the whole of every segment, most serious and most frequent first. Looks at cells
 * as they stand, so that choosing a repair takes no new look at the file.
 */
export async function findAll(
  db: DuckDb,
  given: readonly CheckedSegment[],
  memory: CheckMemory = new CheckMemory(),
): Promise<FindingView[]> {
  const segments = await withDateOrders(db, given, memory);
  const merged = new Map<string, FindingView>();
  for (const segment of segments) {
    for (const finding of await findInSegment(db, segment, memory)) {
      const key = `${finding.kind} ${finding.field}`;
      const view = viewOf(segment, finding);
      const before = merged.get(key);
      merged.set(key, before === undefined ? view : joined(before, view));
    }
  }
  const whole: FindingView[] = [];
  for (const check of wholeChecks) whole.push(...(await check(db, segments, memory)));
  return [...[...merged.values()].map((view) => withChoice(view, segments)), ...whole].sort(
    (a, b) => severity.indexOf(a.effect) - severity.indexOf(b.effect) || b.count - a.count,
  );
}

async function findInSegment(db: DuckDb, segment: CheckedSegment, memory: CheckMemory): Promise<FieldFinding[]> {
  const unchosen = withoutRepairs(segment);
  const keyOf = await memoryKeys([unchosen]);
  const refusals = await remembered(memory, keyOf('refusals', ['email']), () => findRefusals(db, unchosen));
  const fields = segment.fieldMap.map(({ field }) => field).filter((field) => checksOf(field).length > 0);
  const fieldKey = (field: string): string => keyOf('findings', [field]);
  const known = new Map(fields.map((field) => [field, memory.get<FieldFinding[]>(fieldKey(field))]));
  const missing = fields.filter((field) => known.get(field) === undefined);
  for (const field of missing) {
    const found = await findInField(db, unchosen, field);
    memory.set(fieldKey(field), found);
    known.set(field, found);
  }
  return [...refusals, ...fields.flatMap((field) => known.get(field) ?? [])];
}

async function remembered<T>(memory: CheckMemory, key: string, work: () => Promise<T>): Promise<T> {
  const known = memory.get<T>(key);
  if (known !== undefined) return known;
  const result = await work();
  memory.set(key, result);
  return result;
}

/** What is found hangs on the columns, not on the repairs chosen for them. */
const withoutRepairs = (segment: CheckedSegment): CheckedSegment => ({
  ...segment,
  fieldMap: segment.fieldMap.map(({ repairs: _, ...match }) => match),
});

/**
 * All checks of a field. Those that need a look at every cell have a pass of their own: they would keep the others from
 * passing over most cells at a glance.
 */
async function findInField(db: DuckDb, segment: CheckedSegment, field: string): Promise<FieldFinding[]> {
  const [cell] = cellsSelect(segment, [field]).cells;
  if (cell === undefined) return [];
  const checks = checksOf(field).filter((check) => check.recognise(cell) !== 'false');
  const atGlance = checks.filter(({ glance }) => glance !== undefined);
  const others = checks.filter(({ glance }) => glance === undefined);
  const found: FieldFinding[] = [];
  for (const some of [atGlance, others]) {
    if (some.length > 0) found.push(...(await findByChecks(db, segment, field, some)));
  }
  return found;
}

/** Some checks of a field in one pass over its column. */
async function findByChecks(
  db: DuckDb,
  segment: CheckedSegment,
  field: string,
  checks: readonly CellCheck[],
): Promise<FieldFinding[]> {
  const { from, cells } = cellsSelect(segment, [field], glances(segment, field, checks));
  const [cell] = cells;
  if (cell === undefined) return [];
  const structs = checks.map((check, index) => `${foundStruct(check, cell)} AS s${index}`);
  const columns = checks.flatMap((_, index) => [
    `count(s${index}) AS count_${index}`,
    `count(s${index}.r) AS repairable_${index}`,
    `min(s${index}, 20) AS first_${index}`,
  ]);
  const [row = {}] = await db.rows(`SELECT ${columns.join(', ')} FROM (SELECT ${structs.join(', ')} FROM (${from}))`);
  const findings: FieldFinding[] = [];
  for (const [index, check] of checks.entries()) {
    const found = readFound(row[`count_${index}`], row[`repairable_${index}`], row[`first_${index}`]);
    if (found.count === 0) continue;
    const { kind, effect, repair } = check;
    findings.push({ kind, effect, repair, field, found, params: await paramsOf(db, segment, check, field) });
  }
  return findings;
}

/** Which cells of a column are worth a closer look: a condition on the stage, '' for all of them. */
function glances(segment: CheckedSegment, field: string, checks: readonly CellCheck[]): string {
  const match = matchOf(segment, field);
  if (match === undefined) return '';
  const parts = new Set<string>();
  for (const check of checks) {
    const own = check.glance?.(`c${match.columnIndex}`, field);
    if (own === undefined) return '';
    for (const part of own) parts.add(`(${part})`);
  }
  return [...parts].join(' OR ');
}

async function paramsOf(
  db: DuckDb,
  segment: CheckedSegment,
  check: CellCheck,
  field: string,
): Promise<FindingView['params']> {
  const known = check.params?.(field) ?? {};
  const { from, cells } = cellsSelect(segment, [field]);
  const [cell] = cells;
  if (check.evidence === undefined || cell === undefined) return known;
  const [row = {}] = await db.rows(check.evidence(cell, from));
  const more = Object.entries(row).map(([name, value]) => [name, typeof value === 'string' ? value : Number(value)]);
  return { ...known, ...Object.fromEntries(more) };
}

function viewOf(segment: CheckedSegment, { found, ...finding }: FieldFinding): FindingView {
  const { segmentId } = segment;
  const chosen = repairsOf(segment, finding.field).includes(finding.kind);
  return {
    ...finding,
    count: found.count,
    repairable: found.repairable,
    repaired: chosen ? found.repairable : 0,
    repairChosen: chosen,
    examples: found.first.map((cell) => ({ segmentId, ...cell })),
  };
}

const joined = (a: FindingView, b: FindingView): FindingView => ({
  ...a,
  count: a.count + b.count,
  repairable: a.repairable + b.repairable,
  repaired: a.repaired + b.repaired,
  params: a.count >= b.count ? a.params : b.params,
  examples: [...a.examples, ...b.examples].slice(0, 20),
});

/** A repair is chosen for a field as a whole: in all segments that fill it. */
function withChoice(view: FindingView, segments: readonly CheckedSegment[]): FindingView {
  const { field, kind } = view;
  if (field === null) return view;
  const matched = segments.filter((segment) => matchOf(segment, field) !== undefined);
  return { ...view, repairChosen: matched.every((segment) => repairsOf(segment, field).includes(kind)) };
}
