import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { toWireError } from '../errors/segue-error.ts';

/** Largest size of one log file, and how many older ones are kept. */
const maxBytes = 1_000_000;
const keptFiles = 3;
const maxLineLength = 8_000;

/** Writes what went wrong to `segue.log` in the profile: codes, kinds of error and places in our code. */
export interface Log {
  /** `event` names what was being done; `detail` holds codes and counts. */
  note(event: string, detail?: Readonly<Record<string, string | number>>): void;
  /** An error's code, kind and stack frames. Never its message: that may quote a cell, an address or a token. */
  error(event: string, thrown: unknown): void;
}

/** The log as it lies on the disk. */
export interface LogFile extends Log {
  /** The newest lines, oldest first; fewer than `limit` when there are no more. */
  newest(limit: number): readonly string[];
  readonly folder: string;
}

/** A log in `folder`, which is made. A disk that takes no more lines silences the log and nothing else. */
export function createLog(folder: string, now: () => number): LogFile {
  const file = path.join(folder, 'segue.log');
  const write = (line: string) => {
    try {
      mkdirSync(folder, { recursive: true });
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxBytes) rotate(file);
      appendFileSync(file, `${new Date(now()).toISOString()} ${redact(line.slice(0, maxLineLength))}\n`, {
        mode: 0o600,
      });
    } catch {
      // Nothing better can be done about a log that cannot be written.
    }
  };
  return {
    note: (event, detail = {}) => write(`${event} ${JSON.stringify(detail)}`),
    error: (event, thrown) => write(`${event} ${describe(thrown)}`),
    newest(limit) {
      const lines = linesOf(file);
      return (lines.length < limit ? [...linesOf(`${file}.1`), ...lines] : lines).slice(-limit);
    },
    folder,
  };
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').slice(0, -1);
  } catch {
    return [];
  }
}

function rotate(file: string): void {
  rmSync(`${file}.${keptFiles}`, { force: true });
  for (let age = keptFiles - 1; age >= 1; age -= 1) {
    if (statSync(`${file}.${age}`, { throwIfNoEntry: false })) renameSync(`${file}.${age}`, `${file}.${age + 1}`);
  }
  renameSync(file, `${file}.1`);
}

/** Code, kinds and places of an error and its causes; parameters are left out since they may name a person's file. */
export function describe(thrown: unknown): string {
  const parts = [`error=${toWireError(thrown).code}`];
  for (let cause = thrown, depth = 0; cause instanceof Error && depth < 4; cause = cause.cause, depth += 1) {
    const systemCode = (cause as { code?: unknown }).code;
    parts.push(typeof systemCode === 'string' ? `${cause.name}(${systemCode})` : cause.name);
    const frames = (cause.stack ?? '').split('\n').flatMap((line) => placeOf(line) ?? []);
    parts.push(...frames.slice(0, 8));
  }
  return parts.join(' | ');
}

/**
 * A frame of a stack as its function and its file, line and column; null for any other line. Folders stay behind, since
 * they may be called after people, and so does whatever is written like no function and no file of ours: a message may
 * span lines, and one of them may look like a frame.
 */
function placeOf(line: string): string | null {
  const [, called] =
    /^ +at (?:async )?((?:new |get |set )?[\w$.<>#]{1,80}(?: \[as [\w$.]{1,60}\])?) \(/.exec(line) ?? [];
  const [, place] =
    /^ +at (?:.*[/\\( ])?(node:[a-z][a-z_/]{0,80}:\d+:\d+|[\w.-]{1,80}\.[cm]?[jt]sx?:\d+:\d+)\)?$/.exec(line) ?? [];
  if (place === undefined) return null;
  return called === undefined ? `at ${place}` : `at ${called} (${place})`;
}

const secrets: readonly (readonly [RegExp, string])[] = [
  [
    /\b(code|code_verifier|state|access_token|refresh_token|id_token|client_secret|token)(=|":\s*")[^&\s"|]+/gi,
    '$1$2…',
  ],
  [/\b(authorization:?\s*)?(bearer|basic)\s+[\w.~+/=-]+/gi, '$2 …'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '…'],
  [/[^\s"'<>|,;:=()]{1,64}@[^\s"'<>|,;:=()]{1,255}/g, '…@…'],
  // To the next separator: an account's name may be of several words.
  [/(\/home\/|\/Users\/|[A-Z]:\\Users\\)[^/\\"|]+/g, '$1…'],
];

/** `text` without tokens, sign-in codes, email addresses and the person's account name in paths. */
export function redact(text: string): string {
  return secrets.reduce((cleaned, [pattern, replacement]) => cleaned.replace(pattern, replacement), text);
}
