import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
} from '@fluentui/react-components';
import { useIntl } from 'react-intl';
import type { WireError } from '../../preload/contract/error-codes.ts';
import { useMirrorStore } from '../stores/mirror-store.ts';
import { type ErrorAction, errorActions, errorKey, unnamed } from '../text/error-words.ts';

const useStyles = makeStyles({
  bar: { marginTop: '8px', marginBottom: '8px' },
  title: { display: 'block' },
  advice: { whiteSpace: 'pre-line' },
});

interface ErrorNoticeProps {
  readonly error: WireError | null;
  /** `warning` for what somebody's help ends without a loss. */
  readonly intent?: 'error' | 'warning';
  /** What this screen can do about it; the error's button shows when its action is among them. */
  readonly actions?: Partial<Record<ErrorAction, () => void>>;
}

/** An error with what happened, what to do and, where one helps, its button. */
export function ErrorNotice({ error, intent = 'error', actions = {} }: ErrorNoticeProps) {
  const intl = useIntl();
  const styles = useStyles();
  // Nobody is sent to a sign-in that main would refuse them.
  const maySignIn = useMirrorStore(({ mirror }) => mirror?.person.mayCall.includes('signIn.start') ?? true);
  if (error === null) return null;
  const values = { ...unnamed, ...error.params };
  const kind = errorActions[error.code];
  const action = kind === null || (kind === 'sign-in' && !maySignIn) ? undefined : actions[kind];
  return (
    <MessageBar intent={intent} layout="multiline" className={styles.bar} role="alert">
      <MessageBarBody>
        <MessageBarTitle className={styles.title}>
          {intl.formatMessage({ id: errorKey(error.code, 'title') }, values)}
        </MessageBarTitle>
        <span className={styles.advice}>{intl.formatMessage({ id: errorKey(error.code, 'advice') }, values)}</span>
      </MessageBarBody>
      {action !== undefined && (
        <MessageBarActions>
          <Button onClick={action}>{intl.formatMessage({ id: errorKey(error.code, 'button') }, values)}</Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
