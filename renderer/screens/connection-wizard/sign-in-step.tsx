import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, CircleRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ConnectionKind } from '../../../preload/contract/views.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Section } from '../../components/section.tsx';
import { useMirror } from '../../stores/mirror-store.ts';
import { ApiKeyField } from './api-key-field.tsx';
import { StepTitle } from './step-title.tsx';
import { isUnderWay, type SignIn, signInFailure } from './use-sign-in.ts';
import { WaitingForSignIn } from './waiting-for-sign-in.tsx';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '16px' },
  part: {
    display: 'grid',
    gridTemplateColumns: '28px minmax(0, 1fr)',
    gap: '8px',
    alignItems: 'start',
    paddingTop: '16px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  tick: { fontSize: '24px', lineHeight: 0, color: tokens.colorNeutralForeground3 },
  done: { fontSize: '24px', lineHeight: 0, color: tokens.colorStatusSuccessForeground1 },
  content: { display: 'flex', flexDirection: 'column', gap: '8px', alignItems: 'flex-start', minWidth: 0 },
  hint: { color: tokens.colorNeutralForeground2 },
  wide: { alignSelf: 'stretch' },
});

interface SignInStepProps {
  readonly kind: ConnectionKind;
  readonly signIn: SignIn;
  readonly exportUserAdded: boolean;
  readonly onExportUserAdded: () => void;
}

function Tick({ done }: { readonly done: boolean }) {
  const intl = useIntl();
  const styles = useStyles();
  return done ? (
    <CheckmarkCircleFilled className={styles.done} aria-label={intl.formatMessage({ id: 'step.done' })} />
  ) : (
    <CircleRegular className={styles.tick} aria-label={intl.formatMessage({ id: 'step.open' })} />
  );
}

/** The two sign-ins, each with a tick of its own. */
export function SignInStep({ kind, signIn, exportUserAdded, onExportUserAdded }: SignInStepProps) {
  const styles = useStyles();
  const person = useMirror((mirror) => mirror.person);
  const [apiKey, setApiKey] = useState('');
  const { view } = signIn;
  const succeeded = view?.state === 'succeeded';
  const underWay = view !== null && isUnderWay(view);
  const failure = signIn.start.error ?? (view === null ? null : signInFailure(view));
  const authenticate = (anotherAccount = false): void => void signIn.start.run(kind, apiKey, anotherAccount);
  const keyMissing = kind !== 'practice' && apiKey.trim() === '';

  return (
    <Section
      anchor="sign-in-step"
      title={
        <StepTitle number={3} done={succeeded && exportUserAdded}>
          <FormattedMessage id="connection.step.sign-in" />
        </StepTitle>
      }
    >
      <div className={styles.stack}>
        {kind !== 'practice' && <ApiKeyField apiKey={apiKey} disabled={underWay || succeeded} onApiKey={setApiKey} />}
        <div className={styles.part}>
          <Tick done={succeeded} />
          <div className={styles.content}>
            {succeeded ? (
              <>
                <Text weight="semibold" role="status">
                  <FormattedMessage id="sign-in.connected" values={{ name: view.organisation ?? '' }} />
                </Text>
                <Button appearance="subtle" onClick={() => authenticate(true)}>
                  <FormattedMessage id="sign-in.another-account" />
                </Button>
              </>
            ) : underWay ? (
              <WaitingForSignIn signIn={signIn} view={view} />
            ) : (
              <>
                <Text className={styles.hint}>
                  <FormattedMessage id={kind === 'practice' ? 'sign-in.hint.practice' : 'sign-in.hint'} />
                </Text>
                <Button
                  appearance="primary"
                  disabled={keyMissing}
                  disabledFocusable={signIn.start.pending}
                  onClick={() => authenticate()}
                >
                  <FormattedMessage id="sign-in.authenticate" />
                </Button>
              </>
            )}
            <div className={styles.wide}>
              <ErrorNotice
                error={underWay ? null : failure}
                actions={keyMissing ? {} : { retry: () => authenticate(), 'sign-in': () => authenticate() }}
              />
            </div>
          </div>
        </div>
        <div className={styles.part}>
          <Tick done={exportUserAdded} />
          <div className={styles.content}>
            {exportUserAdded ? (
              <Text weight="semibold" role="status">
                <FormattedMessage id="export-user.added" values={{ name: person.displayName }} />
              </Text>
            ) : (
              <>
                <Text className={styles.hint}>
                  <FormattedMessage id="export-user.hint" values={{ name: person.displayName }} />
                </Text>
                <Button onClick={onExportUserAdded}>
                  <FormattedMessage id="export-user.add" />
                </Button>
              </>
            )}
          </div>
        </div>
      </div>
    </Section>
  );
}
