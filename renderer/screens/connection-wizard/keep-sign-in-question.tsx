import { Button, DialogActions, DialogBody, DialogContent, DialogTitle, makeStyles } from '@fluentui/react-components';
import { FormattedMessage } from 'react-intl';
import type { ClientError } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';

const useStyles = makeStyles({ text: { margin: '0 0 8px' } });

interface KeepSignInQuestionProps {
  readonly pending: boolean;
  readonly error: ClientError | null;
  readonly onChoose: (keepSignIn: boolean) => void;
  readonly onCancel: () => void;
}

/** Asked where the computer has no keychain that protects secrets: the person decides, not we. */
export function KeepSignInQuestion({ pending, error, onChoose, onCancel }: KeepSignInQuestionProps) {
  const styles = useStyles();
  return (
    <DialogBody>
      <DialogTitle>
        <FormattedMessage id="keep-sign-in.title" />
      </DialogTitle>
      <DialogContent>
        <p className={styles.text}>
          <FormattedMessage id="keep-sign-in.why" />
        </p>
        <p className={styles.text}>
          <FormattedMessage id="keep-sign-in.session.explanation" />
        </p>
        <p className={styles.text}>
          <FormattedMessage id="keep-sign-in.keep.explanation" />
        </p>
        <ErrorNotice error={error} />
      </DialogContent>
      <DialogActions fluid>
        <Button appearance="primary" disabledFocusable={pending} onClick={() => onChoose(false)}>
          <FormattedMessage id="keep-sign-in.session" />
        </Button>
        <Button disabledFocusable={pending} onClick={() => onChoose(true)}>
          <FormattedMessage id="keep-sign-in.keep" />
        </Button>
        <Button onClick={onCancel}>
          <FormattedMessage id="action.cancel" />
        </Button>
      </DialogActions>
    </DialogBody>
  );
}
