import {
  Button,
  Checkbox,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  makeStyles,
} from '@fluentui/react-components';
import { SendRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ExportView } from '../../../preload/contract/views.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Modal } from '../../components/modal.tsx';
import { useAction } from '../../components/use-action.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { askPermission, useUiStore } from '../../stores/ui-store.ts';
import { startRun } from './export-actions.ts';
import { goToMatching } from './go-to-matching.ts';

const useStyles = makeStyles({ text: { margin: '0 0 12px' } });

const close = (): void => askPermission(null);

function PermissionQuestion({ view }: { readonly view: ExportView }) {
  const intl = useIntl();
  const styles = useStyles();
  const [agreed, setAgreed] = useState(false);
  const person = useMirror((mirror) => mirror.person);
  const send = useAction(() => startRun(view.exportId, true));
  const list = view.list?.name ?? '';
  return (
    <DialogBody>
      <DialogTitle>
        <FormattedMessage id="permission.title" values={{ list }} />
      </DialogTitle>
      <DialogContent>
        <p className={styles.text}>
          <FormattedMessage id="permission.why" values={{ name: person.displayName }} />
        </p>
        <Checkbox
          required
          checked={agreed}
          label={intl.formatMessage({ id: 'permission.statement' }, { list })}
          onChange={(_, data) => setAgreed(data.checked === true)}
        />
        <ErrorNotice
          error={send.error}
          actions={{ retry: () => void send.run(), 'show-matching': () => void goToMatching(view) }}
        />
      </DialogContent>
      <DialogActions>
        <Button
          appearance="primary"
          icon={<SendRegular />}
          disabled={!agreed}
          disabledFocusable={send.pending}
          onClick={() => void send.run()}
        >
          <FormattedMessage id="permission.send" />
        </Button>
        <Button onClick={close}>
          <FormattedMessage id="action.cancel" />
        </Button>
      </DialogActions>
    </DialogBody>
  );
}

/** Before the first send to a list: whether its people agreed to be mailed. Who said so, when and to which words is kept. */
export function PermissionDialog() {
  const exportId = useUiStore((state) => state.permissionExportId);
  const view = useMirror((mirror) => mirror.exports.find((candidate) => candidate.exportId === exportId));
  return (
    <Modal onClose={close}>{view === undefined ? null : <PermissionQuestion key={view.exportId} view={view} />}</Modal>
  );
}
