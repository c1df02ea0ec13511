import type { ErrorCode, ErrorParams, WireError } from '../../preload/contract/error-codes.ts';

/**
 * The one class that Segue throws on purpose. `code` says what happened (closed list, words in the catalogues),
 * `params` fill those words (file names, counts; never addresses or secrets), `cause` is for the log.
 */
export class SegueError extends Error {
  override readonly name = 'SegueError';
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.params = params;
  }
}

/** The plain form of any thrown value. What is not a {@link SegueError} becomes `unexpected`, or `disk.full` for ENOSPC. */
export function toWireError(thrown: unknown): WireError {
  if (thrown instanceof SegueError) return { code: thrown.code, params: thrown.params };
  if (thrown instanceof Error && thrown.name === 'AbortError') return { code: 'cancelled', params: {} };
  const systemCode = (thrown as { code?: unknown } | null)?.code;
  if (systemCode === 'ENOSPC' || systemCode === 'SQLITE_FULL') return { code: 'disk.full', params: {} };
  if (systemCode === 'SQLITE_NOTADB' || String(systemCode).startsWith('SQLITE_CORRUPT'))
    return { code: 'store.damaged', params: {} };
  return { code: 'unexpected', params: {} };
}

/** The error again, on the other side of a port. */
export function fromWireError(wire: WireError): SegueError {
  return new SegueError(wire.code, wire.params);
}
