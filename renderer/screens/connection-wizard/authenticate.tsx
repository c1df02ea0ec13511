import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { FormattedMessage } from 'react-intl';
import type { ConnectionKind } from '../../../preload/contract/views.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { ApiKeyField } from './api-key-field.tsx';
import { EnterCode } from './enter-code.tsx';
import { StepPart } from './step-part.tsx';
import { isUnderWay, type SignIn, type SignInMethod, signInFailure } from './use-sign-in.ts';
import { WaitingForSignIn } from './waiting-for-sign-in.tsx';

const useStyles = makeStyles({
  hint: { color: tokens.colorNeutralForeground2 },
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  wide: { alignSelf: 'stretch' },
  otherKey: { alignSelf: 'flex-start' },
});

interface AuthenticateProps {
  readonly kind: ConnectionKind;
  /** The connection that is signed in to again, whose API key is known; null for a new one. */
  readonly connectionId: string | null;
  readonly signIn: SignIn;
}

/** The sign-in to Constant Contact: through the browser, or with a code where the browser cannot come back. */
export function Authenticate({ kind, connectionId, signIn }: AuthenticateProps) {
  const styles = useStyles();
  const [apiKey, setApiKey] = useState('');
  const { view } = signIn;
  const failure = signIn.start.error ?? (view === null ? null : signInFailure(view));
  const [otherKey, setOtherKey] = useState(connectionId === null);
  const asksKey = kind !== 'practice' && (otherKey || failure?.code === 'connection.api-key-invalid');
  const succeeded = view?.state === 'succeeded';
  const underWay = view !== null && isUnderWay(view);
  const keyMissing = asksKey && apiKey.trim() === '';
  const begin = (method: SignInMethod, useAnotherAccount = failure?.code === 'connection.other-account'): void =>
    void signIn.start.run({ kind, connectionId, apiKey: asksKey ? apiKey : '', method, useAnotherAccount });

  return (
    <>
      {asksKey && <ApiKeyField apiKey={apiKey} disabled={underWay || succeeded} onApiKey={setApiKey} />}
      {!asksKey && kind !== 'practice' && !underWay && (
        <Button className={styles.otherKey} appearance="subtle" onClick={() => setOtherKey(true)}>
          <FormattedMessage id="connection.use-other-key" />
        </Button>
      )}
      <StepPart done={succeeded}>
        {succeeded ? (
          <>
            <Text weight="semibold" role="status">
              <FormattedMessage id="sign-in.connected" values={{ name: view.organisation ?? '' }} />
            </Text>
            <Button appearance="subtle" onClick={() => begin('browser', true)}>
              <FormattedMessage id="sign-in.another-account" />
            </Button>
          </>
        ) : underWay && view.userCode !== null ? (
          <EnterCode signIn={signIn} view={view} userCode={view.userCode} onBrowser={() => begin('browser')} />
        ) : underWay ? (
          <WaitingForSignIn signIn={signIn} view={view} onCode={() => begin('code')} />
        ) : (
          <>
            <Text className={styles.hint}>
              <FormattedMessage id={kind === 'practice' ? 'sign-in.hint.practice' : 'sign-in.hint'} />
            </Text>
            <div className={styles.row}>
              <Button
                appearance="primary"
                disabled={keyMissing}
                disabledFocusable={signIn.start.pending}
                onClick={() => begin('browser')}
              >
                <FormattedMessage id="sign-in.authenticate" />
              </Button>
              <Button disabled={keyMissing} disabledFocusable={signIn.start.pending} onClick={() => begin('code')}>
                <FormattedMessage id="sign-in.use-code" />
              </Button>
            </div>
            {asksKey && (
              <Text size={200} className={styles.hint}>
                <FormattedMessage id="sign-in.code.key" />
              </Text>
            )}
          </>
        )}
        <div className={styles.wide}>
          <ErrorNotice
            error={underWay ? null : failure}
            actions={keyMissing ? {} : { retry: () => begin('browser'), 'sign-in': () => begin('browser') }}
          />
        </div>
      </StepPart>
    </>
  );
}
