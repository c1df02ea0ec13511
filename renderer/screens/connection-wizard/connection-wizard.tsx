import { Button, makeStyles } from '@fluentui/react-components';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ConnectionKind, SharedWith } from '../../../preload/contract/views.ts';
import { Page } from '../../components/page.tsx';
import { goToSection } from '../../components/section.tsx';
import { changeDraft, navigate, useDraftStore } from '../../stores/draft-store.ts';
import { chooseConnection } from '../../stores/export-draft.ts';
import { currentMirror, useMirror } from '../../stores/mirror-store.ts';
import { show } from '../../stores/ui-store.ts';
import { freeName } from './free-name.ts';
import { NameStep } from './name-step.tsx';
import { PrivacyStep } from './privacy-step.tsx';
import { SignInStep } from './sign-in-step.tsx';
import { useSaveConnection } from './use-save-connection.tsx';
import { useSignIn } from './use-sign-in.ts';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '16px' },
  footer: { display: 'flex', flexWrap: 'wrap', gap: '8px', justifyContent: 'flex-end' },
});

/** Adds a connection, in the order of the system this one replaces. */
export function ConnectionWizard({ kind }: { readonly kind: ConnectionKind }) {
  const intl = useIntl();
  const styles = useStyles();
  const connections = useMirror((mirror) => mirror.connections);
  const proposed = intl.formatMessage({
    id: kind === 'practice' ? 'connection.default-name.practice' : 'connection.default-name.constant-contact',
  });
  const [displayName, setDisplayName] = useState(() =>
    freeName(
      proposed,
      connections.map((connection) => connection.displayName),
    ),
  );
  const [sharedWith, setSharedWith] = useState<SharedWith>('administrators');
  const [agreed, setAgreed] = useState(false);
  const [initialised, setInitialised] = useState(false);
  const [exportUserAdded, setExportUserAdded] = useState(false);
  const signIn = useSignIn();
  const { save, pending, notice, question } = useSaveConnection(signIn, { displayName, sharedWith }, (connection) => {
    const saved = { id: 'connection.saved', values: { name: connection.displayName } } as const;
    if (useDraftStore.getState().draft !== null) {
      const { connectionId } = connection;
      changeDraft((draft) => chooseConnection(draft, connectionId));
      show({ name: 'export' }, saved);
    } else show({ name: currentMirror().exports.length === 0 ? 'exports' : 'connections' }, saved);
  });

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
      title={intl.formatMessage({
        id: kind === 'practice' ? 'connection.add.practice.title' : 'connection.add.title',
      })}
      description={
        <FormattedMessage id={kind === 'practice' ? 'connection.add.practice.hint' : 'connection.add.hint'} />
      }
      narrow
      footer={
        <div className={styles.footer}>
          <Button onClick={leave}>
            <FormattedMessage id="action.cancel" />
          </Button>
          <Button appearance="primary" disabled={!complete} disabledFocusable={pending} onClick={save}>
            <FormattedMessage id="action.save" />
          </Button>
        </div>
      }
    >
      <div className={styles.stack}>
        <NameStep
          displayName={displayName}
          sharedWith={sharedWith}
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
        {notice}
      </div>
      {question}
    </Page>
  );
}
