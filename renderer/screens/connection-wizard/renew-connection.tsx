import { Button, makeStyles } from '@fluentui/react-components';
import { useEffect, useRef } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ConnectionView } from '../../../preload/contract/views.ts';
import { Page } from '../../components/page.tsx';
import { Section } from '../../components/section.tsx';
import { useMirror } from '../../stores/mirror-store.ts';
import { show, type View } from '../../stores/ui-store.ts';
import { Authenticate } from './authenticate.tsx';
import { useSaveConnection } from './use-save-connection.tsx';
import { useSignIn } from './use-sign-in.ts';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '16px' },
  footer: { display: 'flex', flexWrap: 'wrap', gap: '8px', justifyContent: 'flex-end' },
});

function Renew({ connection, back }: { readonly connection: ConnectionView; readonly back: View }) {
  const intl = useIntl();
  const styles = useStyles();
  const signIn = useSignIn();
  const { connectionId, displayName, kind, details } = connection;
  const sharedWith = details?.sharedWith ?? 'administrators';
  const { save, pending, notice, question } = useSaveConnection(signIn, { displayName, sharedWith }, (view) =>
    show(back, { id: 'connection.renewed', values: { name: view.displayName } }),
  );
  // Name, agreement and export user stand as they are: there is nothing left to be decided.
  const succeeded = signIn.view?.state === 'succeeded';
  const saveNow = useRef(save);
  saveNow.current = save;
  useEffect(() => {
    if (succeeded) saveNow.current();
  }, [succeeded]);
  return (
    <Page
      title={intl.formatMessage({ id: 'connection.renew.title' }, { name: displayName })}
      description={<FormattedMessage id="connection.renew.hint" />}
      narrow
      footer={
        <div className={styles.footer}>
          <Button onClick={() => show(back)}>
            <FormattedMessage id="action.cancel" />
          </Button>
          {succeeded && (
            <Button appearance="primary" disabledFocusable={pending} onClick={save}>
              <FormattedMessage id="action.save" />
            </Button>
          )}
        </div>
      }
    >
      <div className={styles.stack}>
        <Section title={<FormattedMessage id="connection.step.sign-in" />}>
          <div className={styles.stack}>
            <Authenticate kind={kind} connectionId={connectionId} signIn={signIn} />
          </div>
        </Section>
        {notice}
      </div>
      {question}
    </Page>
  );
}

/** Signs in to a connection again, and goes back to where the person came from. */
export function RenewConnection({ connectionId, back }: { readonly connectionId: string; readonly back: View }) {
  const connection = useMirror((mirror) =>
    mirror.connections.find((candidate) => candidate.connectionId === connectionId),
  );
  const gone = connection === undefined;
  useEffect(() => {
    if (gone) show({ name: 'connections' });
  }, [gone]);
  return gone ? null : <Renew connection={connection} back={back} />;
}
