import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import { SegueError } from '../errors/segue-error.ts';

/** A request that brought no answer. */
export interface NetworkFailure {
  readonly error: SegueError;
  /** False only when it is certain that no byte of the request reached the other side. */
  readonly mayHaveArrived: boolean;
}

/** Refused by undici itself before anything left: a slip of ours, such as a token with a line break. */
const ownSlips = new Set(['UND_ERR_INVALID_ARG', 'ERR_INVALID_CHAR', 'ERR_INVALID_ARG_TYPE', 'ERR_INVALID_URL']);

const neverConnected = new Set([
  ...ownSlips,
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_PRX_CONN',
  'UND_ERR_PRX_TLS',
  'PROXY_REFUSED',
]);

const timeouts = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'TimeoutError',
]);

const certificateCode =
  /^(?:CERT_|ERR_TLS_CERT|ERR_SSL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY|DECRYPT)|HOSTNAME_MISMATCH)/;

/**
 * Says what a thrown network error means. The kind is read from codes alone. The error given back keeps no cause: undici's
 * own may hold addresses and headers. `expired` tells that our own overall time limit ended the request.
 */
export function networkFailure(thrown: unknown, expired = false): NetworkFailure {
  const code = expired ? 'TimeoutError' : codeOf(thrown);
  const untrusted = certificateCode.test(code);
  return {
    error: new SegueError(errorCode(code, untrusted), { reason: code }),
    mayHaveArrived: !neverConnected.has(code) && !untrusted,
  };
}

function errorCode(code: string, untrusted: boolean): ErrorCode {
  if (untrusted) return 'network.untrusted';
  if (ownSlips.has(code)) return 'unexpected';
  // Something spoke, but not HTTP.
  if (code.startsWith('HPE_')) return 'remote.invalid-answer';
  return timeouts.has(code) ? 'network.timeout' : 'network.offline';
}

function codeOf(thrown: unknown, depth = 0): string {
  if (typeof thrown !== 'object' || thrown === null || depth > 4) return '';
  const { code, name, cause } = thrown as { code?: unknown; name?: unknown; cause?: unknown };
  // undici's fetch wraps the socket's error in a TypeError "fetch failed".
  if (cause !== undefined && (name === 'TypeError' || typeof code !== 'string')) {
    const inner = codeOf(cause, depth + 1);
    if (inner) return inner;
  }
  if (typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code)) return code;
  // undici gives its parser's errors no code when the very first byte is wrong.
  if (name === 'HTTPParserError') return 'HPE_OTHER';
  return name === 'TimeoutError' ? 'TimeoutError' : '';
}
