import {
  Button,
  Checkbox,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  makeStyles,
} from '@fluentui/react-components';
import { useState } from 'react';
import { FormattedMessage } from 'react-intl';
import type { ExportView } from '../../../../preload/contract/views.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { useAction } from '../../../components/use-action.ts';
import { sendOne } from '../export-actions.ts';

const useStyles = makeStyles({ text: { margin: '0 0 12px', overflowWrap: 'anywhere' } });

interface SendOneQuestionProps {
  readonly email: string;
  readonly view: ExportView;
  readonly onClose: () => void;
}

/** Asks whether one person is sent alone, with the agreement that they may be mailed where it is missing. */
export function SendOneQuestion({ email, view, onClose }: SendOneQuestionProps) {
  const styles = useStyles();
  const needed = view.permission === null;
  const [agreed, setAgreed] = useState(false);
  const list = view.list?.name ?? '';
  const send = useAction(async () => {
    await sendOne(view.exportId, email, needed);
  });
  return (
    <DialogBody>
      <DialogTitle>
        <FormattedMessage id="plan.send-one.title" />
      </DialogTitle>
      <DialogContent>
        <p className={styles.text}>
          <FormattedMessage id="plan.send-one.text" values={{ email, list }} />
        </p>
        {needed && (
          <Checkbox
            checked={agreed}
            onChange={(_, data) => setAgreed(data.checked === true)}
            label={<FormattedMessage id="permission.statement" values={{ list }} />}
          />
        )}
        <ErrorNotice error={send.error} actions={{ retry: () => void send.run() }} />
      </DialogContent>
      <DialogActions>
        <Button
          appearance="primary"
          disabled={needed && !agreed}
          disabledFocusable={send.pending}
          onClick={() => void send.run()}
        >
          <FormattedMessage id="plan.send-one.confirm" />
        </Button>
        <Button onClick={onClose}>
          <FormattedMessage id="action.cancel" />
        </Button>
      </DialogActions>
    </DialogBody>
  );
}
