import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { FormattedMessage, useIntl } from 'react-intl';
import type { SignInView } from '../../../preload/contract/views.ts';
import { CopyField } from '../../components/copy-field.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useNow } from '../../components/use-now.ts';
import { countdown } from '../../text/format.ts';
import type { SignIn } from './use-sign-in.ts';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: '12px', alignSelf: 'stretch' },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '10px' },
  hint: { color: tokens.colorNeutralForeground2 },
});

interface EnterCodeProps {
  readonly signIn: SignIn;
  readonly view: SignInView;
  readonly userCode: string;
  readonly onBrowser: () => void;
}

/** While a code waits to be entered on a page: the code, the page, how long it holds, and every way on. */
export function EnterCode({ signIn, view, userCode, onBrowser }: EnterCodeProps) {
  const intl = useIntl();
  const styles = useStyles();
  const now = useNow(1_000);
  const finishing = view.state === 'finishing';
  return (
    <div className={styles.box}>
      <div className={styles.row}>
        <Spinner size="tiny" aria-hidden />
        <Text weight="semibold" role="status">
          <FormattedMessage id={finishing ? 'sign-in.finishing' : 'sign-in.code.waiting'} />
        </Text>
        {!finishing && (
          <Text className={styles.hint} role="timer">
            <FormattedMessage id="sign-in.time-left" values={{ time: countdown(view.expiresAt - now) }} />
          </Text>
        )}
      </div>
      <Text className={styles.hint}>
        <FormattedMessage id="sign-in.code.hint" />
      </Text>
      <CopyField label={intl.formatMessage({ id: 'sign-in.code.label' })} value={userCode} showLabel large />
      <CopyField
        label={intl.formatMessage({ id: 'sign-in.code.page' })}
        value={view.verificationUri ?? view.authorizeUrl}
        showLabel
      />
      {!view.browserOpened && (
        <Text>
          <FormattedMessage id="sign-in.browser-not-opened" />
        </Text>
      )}
      <div className={styles.row}>
        <Button appearance="primary" disabled={finishing} onClick={() => void signIn.openPageAgain.run()}>
          <FormattedMessage id="sign-in.code.open" />
        </Button>
        <Button onClick={() => void signIn.cancel.run()}>
          <FormattedMessage id="sign-in.cancel" />
        </Button>
        <Button appearance="subtle" disabled={finishing} onClick={onBrowser}>
          <FormattedMessage id="sign-in.use-browser" />
        </Button>
      </div>
      <ErrorNotice error={signIn.openPageAgain.error ?? signIn.cancel.error} />
    </div>
  );
}
