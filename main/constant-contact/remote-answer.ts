import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import { SegueError } from '../errors/segue-error.ts';
import { nextUtcDay } from './clock.ts';

/** What an answer that is not a success says, whatever shape it came in. */
export interface RemoteAnswer {
  readonly status: number;
  /** The first `error_key`, or empty. */
  readonly errorKey: string;
  /** The first `error_message`, cut to 200 characters and with addresses blacked out, or empty. For people, never for code. */
  readonly firstMessage: string;
}

/**
 * Reads a refusal. Constant Contact sends an array of `{error_key, error_message}` for most, a bare object for 401 and 429,
 * and gateways in front of it send HTML or nothing at all (`constant-contact-v3.md` 10).
 */
export function readAnswer(status: number, body: string): RemoteAnswer {
  const entry = firstEntry(body);
  return { status, errorKey: cleanKey(entry.error_key), firstMessage: cleanMessage(entry.error_message) };
}

/** A refusal by the other side. `params` hold status and key only; its own words stay out of logs and of the wire. */
export class RemoteError extends SegueError {
  readonly #answer: RemoteAnswer;

  constructor(answer: RemoteAnswer) {
    const { status, errorKey } = answer;
    const quota = limitKind(answer) === 'quota';
    super(codeOf(answer), { status, errorKey, ...(quota ? { resumesAt: nextUtcDay(Date.now()) } : {}) });
    this.#answer = answer;
  }

  get answer(): RemoteAnswer {
    return this.#answer;
  }
}

/** Which of the three kinds of 429 an answer is (`constant-contact-v3.md` 3). */
export type LimitKind = 'throttled' | 'quota' | 'queue-full';

export function limitKind(answer: RemoteAnswer): LimitKind | null {
  if (answer.status !== 429) return null;
  if (answer.errorKey === 'throttled') return 'throttled';
  if (answer.errorKey === 'quota_exceeded') return 'quota';
  return 'queue-full';
}

function codeOf(answer: RemoteAnswer): ErrorCode {
  switch (answer.status) {
    case 401:
      return 'remote.unauthorized';
    case 403:
      return 'remote.forbidden';
    case 404:
      return 'remote.not-found';
    case 409:
      return 'remote.conflict';
    case 429: {
      const kind = limitKind(answer);
      if (kind === 'quota') return 'remote.quota-exhausted';
      return kind === 'throttled' ? 'remote.throttled' : 'remote.queue-full';
    }
    default:
      if (answer.status >= 500) return 'remote.unavailable';
      return answer.status >= 400 ? 'remote.rejected' : 'remote.invalid-answer';
  }
}

function firstEntry(body: string): { error_key?: unknown; error_message?: unknown } {
  const parsed = parseJson(body);
  const entry = Array.isArray(parsed) ? parsed[0] : parsed;
  return typeof entry === 'object' && entry !== null ? entry : {};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function cleanKey(key: unknown): string {
  return typeof key === 'string' && /^[\w.-]{1,100}$/.test(key) ? key : '';
}

function cleanMessage(message: unknown): string {
  if (typeof message !== 'string') return '';
  return message
    .slice(0, 1_000)
    .replace(/\p{C}+/gu, ' ')
    .replace(/\S*@\S*/g, '[…]')
    .slice(0, 200);
}
