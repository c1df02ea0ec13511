import { useCallback, useEffect, useRef, useState } from 'react';
import type { WireError } from '../../../preload/contract/error-codes.ts';
import type { ConnectionKind, SignInView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { adopt } from '../../bridge/connect-stores.ts';
import { useAction } from '../../components/use-action.ts';
import { useMirror } from '../../stores/mirror-store.ts';

/** Whether a sign-in still waits for the person or for the other side. */
export const isUnderWay = (view: SignInView): boolean => view.state === 'waiting' || view.state === 'finishing';

/** What a sign-in that came to nothing has to say; null while it may still succeed, or when the person gave it up. */
export function signInFailure(view: SignInView): WireError | null {
  if (view.error !== null && view.state !== 'succeeded') return view.error;
  if (view.state === 'denied') return { code: 'sign-in.denied', params: {} };
  if (view.state === 'timed-out') return { code: 'sign-in.timed-out', params: {} };
  if (view.state === 'failed') return { code: 'unexpected', params: {} };
  return null;
}

export type SignInMethod = 'browser' | 'code';

/** How a sign-in is to begin. */
export interface SignInStart {
  readonly kind: ConnectionKind;
  /** The connection that is signed in to again; null for a new one. */
  readonly connectionId: string | null;
  /** Empty for the practice account, and for the key that the connection has. */
  readonly apiKey: string;
  readonly method: SignInMethod;
  /** Has the other side ask who is there, although it knows somebody. */
  readonly useAnotherAccount: boolean;
}

/** The wizard's sign-in: started here, followed in the mirror, given up when the wizard is left before the end. */
export function useSignIn() {
  const [signInId, setSignInId] = useState<string | null>(null);
  const view = useMirror((mirror) => (signInId === null ? undefined : mirror.signIns[signInId])) ?? null;
  const start = useAction(async ({ kind, connectionId, apiKey, method, useAnotherAccount }: SignInStart) => {
    const started = await call('signIn.start', {
      kind,
      method,
      ...(connectionId === null ? {} : { connectionId }),
      ...(apiKey === '' ? {} : { apiKey }),
      ...(useAnotherAccount ? { useAnotherAccount } : {}),
    });
    adopt({ signIns: [started] });
    setSignInId(started.signInId);
  });
  const cancel = useAction(async () => {
    if (signInId !== null) await call('signIn.cancel', { signInId });
  });
  const openPageAgain = useAction(async () => {
    if (signInId !== null) await call('signIn.openPageAgain', { signInId });
  });

  const abandoned = useRef<string | null>(null);
  abandoned.current = view !== null && view.state !== 'cancelled' ? view.signInId : null;
  useEffect(
    () => () => {
      if (abandoned.current !== null)
        void call('signIn.cancel', { signInId: abandoned.current }).catch(() => undefined);
    },
    [],
  );
  /** The sign-in now belongs to a connection: leaving the wizard no longer gives it up. */
  const release = useCallback(() => {
    abandoned.current = null;
    setSignInId(null);
  }, []);

  return { view, start, cancel, openPageAgain, release };
}

export type SignIn = ReturnType<typeof useSignIn>;
