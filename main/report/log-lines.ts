import { callNames } from '../../preload/contract/channels.ts';
import { errorCodes } from '../../preload/contract/error-codes.ts';

// Lines of the log as a report may show them. Nothing is taken out of a line: a line is built anew out of what is known
// to be nobody's, and whatever else stands in it stays behind.

/** What happened, as main/desktop writes it; everything else is told as `other`. */
const knownEvents: ReadonlySet<string> = new Set([
  'about',
  'command line unreachable',
  'engine',
  'fatal',
  'notification failed',
  'open page',
  'open releases',
  'page error',
  'page gone',
  'page hangs',
  'page rejection',
  'page screen',
  'report',
  'settings damaged',
  'unhandled rejection',
  'window load',
]);
const commands: ReadonlySet<string> = new Set([
  'inspect',
  'connect',
  'lists',
  'send',
  'plan',
  'run',
  'continue',
  'history',
]);
const codes: ReadonlySet<string> = new Set(errorCodes);
const calls: ReadonlySet<string> = new Set(callNames);

const kind = /^[A-Z]?[A-Za-z]{0,40}(Error|Exception)$/;
const systemCode = /^(E[A-Z0-9]{2,30}|(SQLITE|UND_ERR|ERR|HPE)_[A-Z0-9_]{2,40})$/;
/** The end of a stack frame in our bundles or in Node itself: file, line and column. */
const frameEnd = /(?:^|[/\\(\s])((?:node:[a-z][a-z_/]{0,60}|[a-z][\w-]{0,60}\.(?:cjs|mjs|js|ts)):\d{1,7}:\d{1,7})\)?$/;
/** Why a page went, as Electron says it. */
const reasons: ReadonlySet<string> = new Set([
  'abnormal-exit',
  'clean-exit',
  'crashed',
  'integrity-failure',
  'killed',
  'launch-failed',
  'memory-eviction',
  'oom',
]);

/** One line of the log: when, what, and as much of the rest as is nobody's. */
export interface ReportedLine {
  readonly at: string;
  readonly event: string;
  readonly code?: string;
  readonly errors?: readonly string[];
  readonly places?: readonly string[];
  readonly numbers?: Readonly<Record<string, number>>;
  readonly reason?: string;
}

/** What a report shows of a line; null for what is no line of ours. */
export function reportedLine(line: string): ReportedLine | null {
  const [, at, rest = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (.*)$/.exec(line) ?? [];
  if (at === undefined) return null;
  const noted = /^(.*?) (\{.*\})$/.exec(rest);
  if (noted !== null) return { at, event: eventOf(noted[1] ?? ''), ...detailOf(noted[2] ?? '') };
  const failed = /^(.*?) error=([\w.-]+)(?: \| (.*))?$/.exec(rest);
  if (failed === null) return { at, event: 'other' };
  const parts = (failed[3] ?? '').split(' | ');
  const errors = parts.flatMap(errorKind);
  const places = parts.flatMap((part) => frameEnd.exec(part)?.[1] ?? []);
  return {
    at,
    event: eventOf(failed[1] ?? ''),
    code: codes.has(failed[2] ?? '') ? (failed[2] ?? '') : 'other',
    ...(errors.length > 0 ? { errors } : {}),
    ...(places.length > 0 ? { places } : {}),
  };
}

function eventOf(text: string): string {
  const [, what = '', name = ''] = /^(call|command) (\S+)$/.exec(text) ?? [];
  if ((what === 'call' && calls.has(name)) || (what === 'command' && commands.has(name))) return text;
  return knownEvents.has(text) ? text : 'other';
}

/** `TypeError` or `SqliteError(SQLITE_FULL)`, without a code that is none of the system's. */
function errorKind(part: string): string[] {
  const [, name = '', code = ''] = /^(\w+)(?:\((\w+)\))?$/.exec(part) ?? [];
  if (!kind.test(name)) return [];
  return [systemCode.test(code) ? `${name}(${code})` : name];
}

function detailOf(json: string): Pick<ReportedLine, 'errors' | 'places' | 'numbers' | 'reason'> {
  let detail: Record<string, unknown>;
  try {
    detail = JSON.parse(json) as Record<string, unknown>;
  } catch {
    return {};
  }
  const { name, places, reason } = detail;
  const numbers = Object.entries(detail).filter(
    (entry): entry is [string, number] => ['exitCode', 'ms'].includes(entry[0]) && typeof entry[1] === 'number',
  );
  const found = typeof places === 'string' ? places.split(' ').flatMap((place) => frameEnd.exec(place)?.[1] ?? []) : [];
  return {
    ...(typeof name === 'string' && kind.test(name) ? { errors: [name] } : {}),
    ...(found.length > 0 ? { places: found } : {}),
    ...(numbers.length > 0 ? { numbers: Object.fromEntries(numbers) } : {}),
    ...(typeof reason === 'string' && reasons.has(reason) ? { reason } : {}),
  };
}
