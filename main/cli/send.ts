import { isContactField } from '../../preload/contract/contact-fields.ts';
import type { ExportView, FieldMap, ListView, MatchOptions, SegmentView } from '../../preload/contract/views.ts';
import { longestListName } from '../constant-contact/lists.ts';
import { SegueError, toWireError } from '../errors/segue-error.ts';
import { takeTurns } from '../segments/take-turns.ts';
import type { CommandCalls, CommandIo } from './command-io.ts';
import { findConnection, findNamed, snapshot } from './look-up.ts';
import { type Command, filledOnce } from './parse-command.ts';
import { readFiles } from './read-files.ts';
import { followRun } from './run-result.ts';

type SendCommand = Extract<Command, { name: 'send' }>;

/**
 * Reads segment files, matches the columns that were named, and exports them to a list. What is sent is exactly what
 * was asked for: columns that were not named stay here.
 */
export async function send(application: CommandCalls, command: SendCommand, io: CommandIo): Promise<number> {
  for (const { field } of command.map) {
    const known = isContactField(field) || field.startsWith(customPrefix);
    if (!known || field === 'email') throw new SegueError('export.field-unknown', { name: field });
  }
  const { connectionId } = findConnection(await snapshot(application), command.connection);
  const map = withChoices(await withCustomFields(application, connectionId, command.map), command);
  const list = await findList(application, connectionId, command);
  const segments = await readFiles(application, command.files, io);
  const matched = segments.map((segment) => ({
    segmentId: segment.segmentId,
    fieldMap: matchColumns(segment, { email: command.email, map }),
  }));
  const start = async () => {
    const { exports } = await snapshot(application);
    const target = targetOf(exports, segments[0]?.name ?? list.name, connectionId, list);
    const mode = command.mode === null ? {} : { mode: command.mode };
    const saved = await application.call('exports.save', {
      ...target,
      connectionId,
      list: { listId: list.listId, name: list.name },
      segments: matched,
      ...mode,
    });
    await dropUnused(application, target.exportId, exports, saved);
    const input = { exportId: saved.exportId, agreedToMail: true as const, accepted: command.accepted };
    return application.call('exports.run', input);
  };
  return followRun(application, () => startInTurn(start, new AbortController().signal), io, command.json);
}

/** Of two commands that send to one export at once, neither lets go of what the other is about to send. */
const startInTurn = takeTurns(1);

const customPrefix = 'cf:';

/** A field that a column is sent to; of a custom one, what its values have to be. */
type NamedColumn = SendCommand['map'][number] & Pick<MatchOptions, 'valueType' | 'dateOrder' | 'whenBlank'>;

/**
 * Custom fields as the account names them: they may be given by that name or by their label. The account is asked only
 * when one is named. Throws `export.field-unknown`.
 */
async function withCustomFields(
  application: CommandCalls,
  connectionId: string,
  map: SendCommand['map'],
): Promise<NamedColumn[]> {
  if (!map.some(({ field }) => field.startsWith(customPrefix))) return map;
  const held = await application.call('fields.list', { connectionId });
  const named = map.map(({ field, column }) => {
    if (!field.startsWith(customPrefix)) return { field, column };
    const name = field.slice(customPrefix.length);
    const found =
      findNamed(held, (one) => one.field.slice(customPrefix.length), name) ?? findNamed(held, (one) => one.label, name);
    if (found === undefined) throw new SegueError('export.field-unknown', { name: field });
    return { field: found.field, column, ...(found.valueType === null ? {} : { valueType: found.valueType }) };
  });
  // One field may have been named twice, by its name and by its label.
  return filledOnce(named);
}

/**
 * Columns with what was said of them: the order of their dates, and whether a blank cell clears. Throws
 * `export.field-unknown` for a field that nothing fills.
 */
function withChoices(map: readonly NamedColumn[], command: SendCommand): NamedColumn[] {
  const places = command.map.map(({ field }) => plain(field));
  const orders = new Map(command.dateOrders.map(({ field, order }) => [plain(field), order]));
  const clears = new Set(command.clears.map(plain));
  const named = [...command.dateOrders.map(({ field }) => field), ...command.clears];
  const stray = named.find((field) => !places.includes(plain(field)));
  if (stray !== undefined) throw new SegueError('export.field-unknown', { name: stray });
  return map.map((match, index) => {
    const place = places[index] ?? '';
    const dateOrder = orders.get(place);
    return {
      ...match,
      ...(dateOrder === undefined ? {} : { dateOrder }),
      ...(clears.has(place) ? { whenBlank: 'clear' as const } : {}),
    };
  });
}

const plain = (field: string): string => field.toLocaleLowerCase('und');

/** The longest web address that is looked at (preload/contract/calls/lists.ts). */
const longestReference = 2_000;

/**
 * The list by name, ID or web address; a name that is not there is created when the command says so. Throws
 * `list.invalid-reference` for what cannot be any of these, and what the calls throw.
 */
async function findList(application: CommandCalls, connectionId: string, command: SendCommand): Promise<ListView> {
  const length = command.list.trim().length;
  if (length === 0 || length > longestReference) throw new SegueError('list.invalid-reference', { list: '' });
  try {
    return await application.call('lists.resolve', { connectionId, reference: command.list });
  } catch (thrown) {
    const isName = !/^https?:|^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(command.list);
    if (!command.createList || !isName || toWireError(thrown).code !== 'list.not-found') throw thrown;
    if (length > longestListName) throw new SegueError('list.invalid-reference', { list: '' });
    return application.call('lists.create', { connectionId, name: command.list }).catch((refusal: unknown) => {
      // Somebody else has made it in the same moment.
      if (toWireError(refusal).code !== 'list.name-taken') throw refusal;
      return application.call('lists.resolve', { connectionId, reference: command.list });
    });
  }
}

/** The positions of the named columns. Throws `export.column-not-found`. */
export function matchColumns(
  segment: Pick<SegmentView, 'name' | 'columns'>,
  command: { readonly email: string; readonly map: readonly NamedColumn[] },
): FieldMap {
  const columns = segment.columns.map(({ heading }, columnIndex) => ({ heading, columnIndex }));
  return [{ field: 'email', column: command.email }, ...command.map].map(({ column, ...match }: NamedColumn) => {
    const found = findNamed(columns, ({ heading }) => heading, column);
    if (found === undefined) throw new SegueError('export.column-not-found', { column, segment: segment.name });
    return { ...match, columnIndex: found.columnIndex };
  });
}

/**
 * The export that a segment and a list mean: the same name to the same list of the same account is the same export, so
 * that its history stays together. A name that another export has gets the list's name added, then a number.
 */
export function targetOf(
  exports: readonly ExportView[],
  segmentName: string,
  connectionId: string,
  list: Pick<ListView, 'listId' | 'name'>,
): { exportId?: string; name: string } {
  for (let attempt = 0; ; attempt += 1) {
    const suffix = attempt === 0 ? '' : attempt === 1 ? ` – ${list.name}` : ` – ${list.name} ${attempt}`;
    const name = `${segmentName.slice(0, Math.max(255 - suffix.length, 1))}${suffix}`.slice(0, 255);
    const holder = exports.find((saved) => saved.name.toLocaleLowerCase('und') === name.toLocaleLowerCase('und'));
    if (holder === undefined) return { name };
    if (holder.connectionId === connectionId && holder.list?.listId === list.listId) {
      return { exportId: holder.exportId, name: holder.name };
    }
  }
}

/** Lets go of the segments that the export used before and nothing uses now. */
async function dropUnused(
  application: CommandCalls,
  exportId: string | undefined,
  exports: readonly ExportView[],
  saved: ExportView,
): Promise<void> {
  const before = exports.find((known) => known.exportId === exportId)?.segments ?? [];
  const inUse = new Set(
    [saved, ...exports.filter((known) => known.exportId !== saved.exportId)].flatMap((known) =>
      known.segments.map(({ segmentId }) => segmentId),
    ),
  );
  for (const { segmentId } of before) {
    if (inUse.has(segmentId)) continue;
    // A run that still needs it keeps it; that is no reason not to send.
    await application.call('segments.remove', { segmentId }).catch(() => undefined);
  }
}
