import { Button, DialogActions, DialogBody, DialogContent, DialogTitle, makeStyles } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';
import type { ClientError } from '../bridge/client.ts';
import type { ErrorAction } from '../text/error-words.ts';
import { ErrorNotice } from './error-notice.tsx';

const useStyles = makeStyles({
  confirm: { whiteSpace: 'nowrap' },
  title: { overflowWrap: 'anywhere' },
});

interface ConfirmQuestionProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly confirmLabel: string;
  readonly pending?: boolean;
  readonly error?: ClientError | null;
  /** What can be done about the error from here. */
  readonly errorActions?: Partial<Record<ErrorAction, () => void>>;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** What a dialog asks before something that cannot be taken back. */
export function ConfirmQuestion(props: ConfirmQuestionProps) {
  const styles = useStyles();
  return (
    <DialogBody>
      <DialogTitle className={styles.title}>{props.title}</DialogTitle>
      <DialogContent>
        {props.children}
        <ErrorNotice error={props.error ?? null} actions={props.errorActions ?? {}} />
      </DialogContent>
      <DialogActions>
        <Button
          className={styles.confirm}
          appearance="primary"
          disabledFocusable={props.pending === true}
          onClick={props.onConfirm}
        >
          {props.confirmLabel}
        </Button>
        <Button onClick={props.onCancel}>
          <FormattedMessage id="action.cancel" />
        </Button>
      </DialogActions>
    </DialogBody>
  );
}
