import { create } from 'zustand';
import type { CallName } from '../../preload/contract/channels.ts';
import type { CallInput, CallOutput } from '../../preload/contract/contract.ts';
import { asClientError, ClientError, call } from '../bridge/client.ts';

interface Asked {
  readonly confirmed: () => void;
  readonly givenUp: () => void;
}

/** Who waits for the person to give their own password once more; null while nobody does. */
export const usePasswordQuestion = create<{ readonly asked: Asked | null }>(() => ({ asked: null }));

/** Asks for the person's own password. Rejects with `cancelled` when they would rather not. */
export function askOwnPassword(): Promise<void> {
  return new Promise((resolve, reject) => {
    usePasswordQuestion.getState().asked?.givenUp();
    usePasswordQuestion.setState({
      asked: { confirmed: resolve, givenUp: () => reject(new ClientError({ code: 'cancelled', params: {} })) },
    });
  });
}

/** Makes a call; where main wants the person's own password for it, asks for that and makes it again. */
export async function callConfirmed<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  try {
    return await call(name, input);
  } catch (thrown) {
    if (asClientError(thrown).code !== 'person.password-needed') throw thrown;
    await askOwnPassword();
    return call(name, input);
  }
}
