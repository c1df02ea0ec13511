import type { CallName } from '../../preload/contract/channels.ts';
import type { CallInput, CallOutput } from '../../preload/contract/contract.ts';
import type { ErrorCode, ErrorParams, WireError } from '../../preload/contract/error-codes.ts';

/** A call that main refused or could not carry out. Screens show it by its code; they never look at wording. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(error: WireError, options?: ErrorOptions) {
    super(error.code, options);
    this.code = error.code;
    this.params = error.params;
  }
}

/** Makes a call of the contract. Rejects with a {@link ClientError} and nothing else. */
export async function call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const envelope = await window.segue.call(name, input).catch((cause: unknown) => {
    throw new ClientError({ code: 'unexpected', params: {} }, { cause });
  });
  if (!envelope.ok) throw new ClientError(envelope.error);
  return envelope.value;
}

/** Any thrown value as an error with words. */
export function asClientError(thrown: unknown): ClientError {
  return thrown instanceof ClientError
    ? thrown
    : new ClientError({ code: 'unexpected', params: {} }, { cause: thrown });
}
