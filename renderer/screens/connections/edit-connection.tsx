import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  makeStyles,
  Text,
} from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import { FormattedMessage } from 'react-intl';
import type { ConnectionDetails, ConnectionView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useAction } from '../../components/use-action.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { callConfirmed } from '../../stores/password-question.ts';
import { notify } from '../../stores/ui-store.ts';
import { AccessFields } from './access-fields.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: '16px' },
  user: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px 12px' },
});

interface EditConnectionProps {
  readonly connection: ConnectionView;
  readonly details: ConnectionDetails;
  /** How many exports use it: they stay as they are. */
  readonly exportCount: number;
  readonly onDone: () => void;
}

/** Another name for a connection, or other people who may use it. */
export function EditConnection({ connection, details, exportCount, onDone }: EditConnectionProps) {
  const styles = useStyles();
  const me = useMirror((mirror) => mirror.person.displayName);
  const [displayName, setDisplayName] = useState(connection.displayName);
  const [sharedWith, setSharedWith] = useState(details.sharedWith);
  const save = useAction(async () => {
    const { connectionId } = connection;
    const changed = await call('connections.change', { connectionId, displayName, sharedWith });
    onDone();
    notify('connections.changed', { name: changed.displayName });
  });
  const become = useAction(async () => {
    await callConfirmed('connections.addExportUser', { connectionId: connection.connectionId });
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save.run();
  };
  return (
    <form onSubmit={submit}>
      <DialogBody>
        <DialogTitle>
          <FormattedMessage id="connections.edit.title" values={{ name: connection.displayName }} />
        </DialogTitle>
        <DialogContent className={styles.content}>
          <AccessFields
            displayName={displayName}
            sharedWith={sharedWith}
            onDisplayName={setDisplayName}
            onSharedWith={setSharedWith}
          />
          <div className={styles.user}>
            <Text>
              <FormattedMessage
                id="connections.edit.export-user"
                values={{ name: details.exportUser, b: (text) => <b key="name">{text}</b> }}
              />
            </Text>
            {details.exportUser !== me && (
              <Button size="small" disabledFocusable={become.pending} onClick={() => void become.run()}>
                <FormattedMessage id="export-user.add" />
              </Button>
            )}
          </div>
          {exportCount > 0 && (
            <Text>
              <FormattedMessage id="connections.edit.exports-stay" values={{ count: exportCount }} />
            </Text>
          )}
          <ErrorNotice error={become.error} />
          <ErrorNotice error={save.error} actions={{ retry: () => void save.run() }} />
        </DialogContent>
        <DialogActions>
          <Button
            type="submit"
            appearance="primary"
            disabled={displayName.trim() === ''}
            disabledFocusable={save.pending}
          >
            <FormattedMessage id="action.save" />
          </Button>
          <Button onClick={onDone}>
            <FormattedMessage id="action.cancel" />
          </Button>
        </DialogActions>
      </DialogBody>
    </form>
  );
}
