import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { CallInput } from '../../../preload/contract/contract.ts';
import type { ConnectionView } from '../../../preload/contract/views.ts';
import { adopt } from '../../bridge/connect-stores.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Modal } from '../../components/modal.tsx';
import { useAction } from '../../components/use-action.ts';
import { callConfirmed } from '../../stores/password-question.ts';
import { KeepSignInQuestion } from './keep-sign-in-question.tsx';
import type { SignIn } from './use-sign-in.ts';

interface SaveConnection {
  readonly save: () => void;
  readonly pending: boolean;
  /** The error of the last try, with its button. */
  readonly notice: ReactNode;
  /** The question that is asked where the computer has no keychain. */
  readonly question: ReactNode;
}

/** Saves a connection with the sign-in that succeeded; `saved` is called once nothing lies over the page any more. */
export function useSaveConnection(
  signIn: SignIn,
  connection: Pick<CallInput<'connections.save'>, 'displayName' | 'sharedWith'>,
  saved: (connection: ConnectionView) => void,
): SaveConnection {
  const [asking, setAsking] = useState(false);
  /** What follows once the question has left the page. */
  const afterQuestion = useRef<() => void>(() => undefined);
  const save = useAction(async (keepSignIn?: boolean) => {
    const signInId = signIn.view?.signInId;
    if (signInId === undefined) return;
    const view = await callConfirmed('connections.save', {
      ...connection,
      agreedToPrivacy: true,
      addYourselfAsExportUser: true,
      signInId,
      ...(keepSignIn === undefined ? {} : { keepSignIn }),
    });
    signIn.release();
    adopt({ connections: [view] });
    if (!asking) saved(view);
    else {
      afterQuestion.current = () => saved(view);
      setAsking(false);
    }
  });
  const needsAnswer = save.error?.code === 'sign-in.secrets-unavailable';
  useEffect(() => {
    if (needsAnswer) setAsking(true);
  }, [needsAnswer]);
  const giveUp = (): void => {
    setAsking(false);
    save.clear();
  };
  return {
    save: () => void save.run(),
    pending: save.pending,
    notice: <ErrorNotice error={needsAnswer ? null : save.error} actions={{ retry: () => void save.run() }} />,
    question: (
      <Modal onClose={giveUp} onGone={() => afterQuestion.current()}>
        {asking ? (
          <KeepSignInQuestion
            pending={save.pending}
            error={needsAnswer ? null : save.error}
            onChoose={(keep) => void save.run(keep)}
            onCancel={giveUp}
          />
        ) : null}
      </Modal>
    ),
  };
}
