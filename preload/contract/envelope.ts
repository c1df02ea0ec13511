import type { CallName, EventName } from './channels.ts';
import type { CallInput, CallOutput, EventPayload } from './contract.ts';
import type { WireError } from './error-codes.ts';

/** How every call answers: a value, or what went wrong as a code. Handlers never throw on purpose. */
export type Envelope<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: WireError };

/** What the preload puts on `window.segue`: verbs of the product and nothing else. */
export interface SegueBridge {
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<Envelope<CallOutput<N>>>;
  /** Returns the function that ends the subscription. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
  /** The dropped or chosen file's path, '' for a File made in script. */
  pathForFile(file: File): string;
}
