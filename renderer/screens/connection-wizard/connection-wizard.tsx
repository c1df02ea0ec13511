import { Button, makeStyles } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ConnectionKind, SharedWith } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { adopt } from '../../bridge/connect-stores.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Modal } from '../../components/modal.tsx';
import { Page } from '../../components/page.tsx';
import { goToSection } from '../../components/section.tsx';
import { useAction } from '../../components/use-action.ts';
import { changeDraft, navigate, useDraftStore } from '../../stores/draft-store.ts';
import { currentMirror, useMirror } from '../../stores/mirror-store.ts';
import { show } from '../../stores/ui-store.ts';
import { freeName } from './free-name.ts';
import { KeepSignInQuestion } from './keep-sign-in-question.tsx';
import { NameStep } from './name-step.tsx';
import { PrivacyStep } from './privacy-step.tsx';
import { SignInStep } from './sign-in-step.tsx';
import { useSignIn } from './use-sign-in.ts';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '16px' },
  footer: { display: 'flex', flexWrap: 'wrap', gap: '8px', justifyContent: 'flex-end' },
});

interface ConnectionWizardProps {
  readonly kind: ConnectionKind;
  /** The connection that is signed in to again; null for a new one. */
  readonly renews: string | null;
}

/** Adds a connection, in the order of the system this one replaces; or signs in to one again. */
export function ConnectionWizard({ kind, renews }: ConnectionWizardProps) {
  const intl = useIntl();
  const styles = useStyles();
  const connections = useMirror((mirror) => mirror.connections);
  const proposed = intl.formatMessage({
    id: kind === 'practice' ? 'connection.default-name.practice' : 'connection.default-name.constant-contact',
  });
  const renewed = connections.find((connection) => connection.connectionId === renews);
  const [displayName, setDisplayName] = useState(
    () =>
      renewed?.displayName ??
      freeName(
        proposed,
        connections.map((connection) => connection.displayName),
      ),
  );
  const [sharedWith, setSharedWith] = useState<SharedWith>(renewed?.sharedWith ?? 'administrators');
  const [agreed, setAgreed] = useState(false);
  const [initialised, setInitialised] = useState(false);
  const [exportUserAdded, setExportUserAdded] = useState(false);
  const [askingToKeep, setAskingToKeep] = useState(false);
  const signIn = useSignIn();
  /** What follows once the question about keeping the sign-in has left the page. */
  const afterQuestion = useRef<() => void>(() => undefined);

  const save = useAction(async (keepSignIn?: boolean) => {
    const signInId = signIn.view?.signInId;
    if (signInId === undefined) return;
    const connection = await call('connections.save', {
      displayName,
      sharedWith,
      agreedToPrivacy: true,
      addYourselfAsExportUser: true,
      signInId,
      ...(keepSignIn === undefined ? {} : { keepSignIn }),
    });
    signIn.release();
    adopt({ connections: [connection] });
    const notice = { id: 'connection.saved', values: { name: connection.displayName } } as const;
    const goOn = (): void => {
      if (useDraftStore.getState().draft !== null) {
        const { connectionId } = connection;
        changeDraft((draft) => (draft.connectionId === connectionId ? draft : { ...draft, connectionId, list: null }));
        show({ name: 'export' }, notice);
      } else show({ name: currentMirror().exports.length === 0 ? 'exports' : 'connections' }, notice);
    };
    if (!askingToKeep) goOn();
    else {
      afterQuestion.current = goOn;
      setAskingToKeep(false);
    }
  });

  const needsAnswer = save.error?.code === 'sign-in.secrets-unavailable';
  useEffect(() => {
    if (needsAnswer) setAskingToKeep(true);
  }, [needsAnswer]);

  const giveUpKeeping = (): void => {
    setAskingToKeep(false);
    save.clear();
  };

  const named = displayName.trim() !== '';
  const complete = named && agreed && exportUserAdded && signIn.view?.state === 'succeeded';
  const connect = (): void => {
    setInitialised(true);
    requestAnimationFrame(() => goToSection('sign-in-step'));
  };
  const leave = (): void => {
    if (useDraftStore.getState().draft !== null) show({ name: 'export' });
    else navigate({ name: connections.length === 0 ? 'exports' : 'connections' });
  };

  return (
    <Page
      title={
        renewed === undefined
          ? intl.formatMessage({ id: kind === 'practice' ? 'connection.add.practice.title' : 'connection.add.title' })
          : intl.formatMessage({ id: 'connection.renew.title' }, { name: renewed.displayName })
      }
      description={
        <FormattedMessage id={kind === 'practice' ? 'connection.add.practice.hint' : 'connection.add.hint'} />
      }
      narrow
      footer={
        <div className={styles.footer}>
          <Button onClick={leave}>
            <FormattedMessage id="action.cancel" />
          </Button>
          <Button
            appearance="primary"
            disabled={!complete}
            disabledFocusable={save.pending}
            onClick={() => void save.run()}
          >
            <FormattedMessage id="action.save" />
          </Button>
        </div>
      }
    >
      <div className={styles.stack}>
        <NameStep
          displayName={displayName}
          sharedWith={sharedWith}
          fixedName={renewed !== undefined}
          onDisplayName={setDisplayName}
          onSharedWith={setSharedWith}
        />
        <PrivacyStep
          kind={kind}
          agreed={agreed}
          ready={named && agreed}
          initialised={initialised}
          onAgreed={setAgreed}
          onConnect={connect}
        />
        {initialised && (
          <SignInStep
            kind={kind}
            signIn={signIn}
            exportUserAdded={exportUserAdded}
            onExportUserAdded={() => setExportUserAdded(true)}
          />
        )}
        <ErrorNotice error={needsAnswer ? null : save.error} actions={{ retry: () => void save.run() }} />
      </div>
      <Modal onClose={giveUpKeeping} onGone={() => afterQuestion.current()}>
        {askingToKeep ? (
          <KeepSignInQuestion
            pending={save.pending}
            error={needsAnswer ? null : save.error}
            onChoose={(keep) => void save.run(keep)}
            onCancel={giveUpKeeping}
          />
        ) : null}
      </Modal>
    </Page>
  );
}
