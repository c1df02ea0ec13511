import { Button, DialogActions, DialogBody, DialogContent, DialogTitle, makeStyles } from '@fluentui/react-components';
import type { FormEvent, ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';
import type { ClientError } from '../bridge/client.ts';
import { ErrorNotice } from './error-notice.tsx';

const useStyles = makeStyles({ content: { display: 'flex', flexDirection: 'column', gap: '16px' } });

interface FormDialogProps {
  readonly title: string;
  readonly confirmLabel: string;
  /** Whether it can be confirmed as it stands. */
  readonly ready: boolean;
  readonly pending: boolean;
  readonly error: ClientError | null;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

/** What a dialog holds that asks for several things at once; Enter confirms. */
export function FormDialog(props: FormDialogProps) {
  const styles = useStyles();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (props.ready && !props.pending) props.onConfirm();
  };
  return (
    <form onSubmit={submit}>
      <DialogBody>
        <DialogTitle>{props.title}</DialogTitle>
        <DialogContent className={styles.content}>
          {props.children}
          <ErrorNotice error={props.error} />
        </DialogContent>
        <DialogActions>
          <Button type="submit" appearance="primary" disabled={!props.ready} disabledFocusable={props.pending}>
            {props.confirmLabel}
          </Button>
          <Button onClick={props.onCancel}>
            <FormattedMessage id="action.cancel" />
          </Button>
        </DialogActions>
      </DialogBody>
    </form>
  );
}
