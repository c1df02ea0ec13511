import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { FormattedMessage, useIntl } from 'react-intl';
import type { SignInView } from '../../../preload/contract/views.ts';
import { CopyField } from '../../components/copy-field.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useNow } from '../../components/use-now.ts';
import { countdown } from '../../text/format.ts';
import type { SignIn } from './use-sign-in.ts';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: '10px', alignSelf: 'stretch' },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '10px' },
  hint: { color: tokens.colorNeutralForeground2 },
});

interface WaitingForSignInProps {
  readonly signIn: SignIn;
  readonly view: SignInView;
  readonly onCode: () => void;
}

/** While the sign-in page is open in the browser: how long it waits, and every way on. */
export function WaitingForSignIn({ signIn, view, onCode }: WaitingForSignInProps) {
  const intl = useIntl();
  const styles = useStyles();
  const now = useNow(1_000);
  const finishing = view.state === 'finishing';
  return (
    <div className={styles.box}>
      <div className={styles.row}>
        <Spinner size="tiny" aria-hidden />
        <Text weight="semibold" role="status">
          <FormattedMessage id={finishing ? 'sign-in.finishing' : 'sign-in.waiting'} />
        </Text>
        {!finishing && (
          <Text className={styles.hint} role="timer">
            <FormattedMessage id="sign-in.time-left" values={{ time: countdown(view.expiresAt - now) }} />
          </Text>
        )}
      </div>
      {view.browserOpened ? (
        <Text className={styles.hint}>
          <FormattedMessage id="sign-in.in-browser" />
        </Text>
      ) : (
        <>
          <Text>
            <FormattedMessage id="sign-in.browser-not-opened" />
          </Text>
          <CopyField label={intl.formatMessage({ id: 'sign-in.address' })} value={view.authorizeUrl} />
        </>
      )}
      <div className={styles.row}>
        <Button disabled={finishing} onClick={() => void signIn.openPageAgain.run()}>
          <FormattedMessage id="sign-in.open-again" />
        </Button>
        <Button onClick={() => void signIn.cancel.run()}>
          <FormattedMessage id="sign-in.cancel" />
        </Button>
        <Button appearance="subtle" disabled={finishing} onClick={onCode}>
          <FormattedMessage id="sign-in.use-code" />
        </Button>
      </div>
      <ErrorNotice error={signIn.openPageAgain.error ?? signIn.cancel.error} />
    </div>
  );
}
