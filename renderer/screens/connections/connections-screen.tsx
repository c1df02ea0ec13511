import {
  Badge,
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  tokens,
} from '@fluentui/react-components';
import { AddRegular, DeleteRegular, KeyRegular, OpenRegular, PlugConnectedRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ConnectionView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { ConfirmQuestion } from '../../components/confirm-question.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useMainLandmark } from '../../components/main-landmark.ts';
import { Modal } from '../../components/modal.tsx';
import { Page } from '../../components/page.tsx';
import { useAction } from '../../components/use-action.ts';
import { navigate, signInAgain } from '../../stores/draft-store.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { notify } from '../../stores/ui-store.ts';
import { kindLabels, sharedWithLabels, signInStateLabels } from '../../text/labels.ts';
import { useFormat } from '../../text/use-format.ts';

const useStyles = makeStyles({
  scroll: {
    overflowX: 'auto',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  table: { minWidth: '760px' },
  name: { display: 'flex', flexDirection: 'column', padding: '8px 0', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
  requests: { color: tokens.colorNeutralForeground3, padding: '4px 0 8px', fontVariantNumeric: 'tabular-nums' },
  paused: { color: tokens.colorStatusWarningForeground1, paddingBottom: '8px' },
  actions: { display: 'flex', justifyContent: 'flex-end' },
  actionColumn: { width: '124px' },
  headButton: { justifyContent: 'flex-end' },
  actionHead: { width: '124px', textAlign: 'right' },
});

export function AddConnectionMenu({ primary }: { readonly primary: boolean }) {
  const mountNode = useMainLandmark();
  return (
    <Menu mountNode={mountNode}>
      <MenuTrigger disableButtonEnhancement>
        <Button appearance={primary ? 'primary' : 'secondary'} icon={<AddRegular />}>
          <FormattedMessage id="connections.add" />
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem onClick={() => navigate({ name: 'new-connection', kind: 'constant-contact' })}>
            <FormattedMessage id="connection.kind.constant-contact" />
          </MenuItem>
          <MenuItem onClick={() => navigate({ name: 'new-connection', kind: 'practice' })}>
            <FormattedMessage id="connection.kind.practice" />
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

/** Every connection, what it reaches and who may use it. */
export function ConnectionsScreen() {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const connections = useMirror((mirror) => mirror.connections);
  const exports = useMirror((mirror) => mirror.exports);
  const [removing, setRemoving] = useState<ConnectionView | null>(null);
  const remove = useAction(async (connection: ConnectionView) => {
    await call('connections.remove', { connectionId: connection.connectionId });
    setRemoving(null);
    notify('connections.removed', { name: connection.displayName });
  });
  const openPractice = useAction(async () => {
    await call('app.openPage', { page: 'practice-account' });
  });
  const users = exports.filter((view) => view.connectionId === removing?.connectionId);

  return (
    <Page
      title={intl.formatMessage({ id: 'connections.title' })}
      description={<FormattedMessage id="connections.description" />}
      actions={connections.length > 0 && <AddConnectionMenu primary />}
    >
      <ErrorNotice error={openPractice.error} actions={{ retry: () => void openPractice.run() }} />
      {connections.length === 0 ? (
        <EmptyState
          icon={<PlugConnectedRegular />}
          title={intl.formatMessage({ id: 'connections.empty.title' })}
          actions={<AddConnectionMenu primary />}
        >
          <FormattedMessage id="connections.empty.text" />
        </EmptyState>
      ) : (
        <div className={styles.scroll}>
          <Table aria-label={intl.formatMessage({ id: 'connections.title' })} className={styles.table}>
            <TableHeader>
              <TableRow>
                <TableHeaderCell>
                  <FormattedMessage id="connections.column.name" />
                </TableHeaderCell>
                <TableHeaderCell>
                  <FormattedMessage id="connections.column.organisation" />
                </TableHeaderCell>
                <TableHeaderCell>
                  <FormattedMessage id="connections.column.access" />
                </TableHeaderCell>
                <TableHeaderCell>
                  <FormattedMessage id="connections.column.created" />
                </TableHeaderCell>
                <TableHeaderCell>
                  <FormattedMessage id="connections.column.sign-in" />
                </TableHeaderCell>
                <TableHeaderCell className={styles.actionHead} button={{ className: styles.headButton }}>
                  <FormattedMessage id="column.actions" />
                </TableHeaderCell>
              </TableRow>
            </TableHeader>
            <TableBody>
              {connections.map((connection) => (
                <TableRow key={connection.connectionId}>
                  <TableCell>
                    <span className={styles.name}>
                      <Text weight="semibold">{connection.displayName}</Text>
                      <Text size={200} className={styles.quiet}>
                        <FormattedMessage id={kindLabels[connection.kind]} />
                      </Text>
                    </span>
                  </TableCell>
                  <TableCell>{connection.organisation}</TableCell>
                  <TableCell>
                    <FormattedMessage id={sharedWithLabels[connection.sharedWith]} />
                  </TableCell>
                  <TableCell>{format.exactTime(connection.createdAt)}</TableCell>
                  <TableCell>
                    <Badge
                      appearance="tint"
                      color={connection.signInState === 'signed-out' ? 'warning' : 'success'}
                      size="large"
                    >
                      <FormattedMessage id={signInStateLabels[connection.signInState]} />
                    </Badge>
                    <Text size={200} block className={styles.requests}>
                      <FormattedMessage
                        id="connection.requests-today"
                        values={{ made: connection.requestsToday, limit: connection.requestLimit }}
                      />
                    </Text>
                    {connection.pausedUntil !== null && (
                      <Text size={200} block className={styles.paused}>
                        <FormattedMessage
                          id="connection.paused-until"
                          values={{ time: format.exactTime(connection.pausedUntil) }}
                        />
                      </Text>
                    )}
                  </TableCell>
                  <TableCell className={styles.actionColumn}>
                    <span className={styles.actions}>
                      <Button
                        appearance="subtle"
                        icon={<KeyRegular />}
                        title={intl.formatMessage({ id: 'connections.sign-in-again' })}
                        aria-label={intl.formatMessage(
                          { id: 'connections.sign-in-again-named' },
                          { name: connection.displayName },
                        )}
                        onClick={() => signInAgain(connection.connectionId)}
                      />
                      {connection.kind === 'practice' && (
                        <Button
                          appearance="subtle"
                          icon={<OpenRegular />}
                          title={intl.formatMessage({ id: 'connections.open-practice' })}
                          aria-label={intl.formatMessage({ id: 'connections.open-practice' })}
                          onClick={() => void openPractice.run()}
                        />
                      )}
                      <Button
                        appearance="subtle"
                        icon={<DeleteRegular />}
                        title={intl.formatMessage({ id: 'action.remove' })}
                        aria-label={intl.formatMessage({ id: 'action.remove-named' }, { name: connection.displayName })}
                        onClick={() => {
                          remove.clear();
                          setRemoving(connection);
                        }}
                      />
                    </span>
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </div>
      )}
      <Modal onClose={() => setRemoving(null)}>
        {removing !== null ? (
          <ConfirmQuestion
            title={intl.formatMessage({ id: 'connections.remove.title' }, { name: removing.displayName })}
            confirmLabel={intl.formatMessage({ id: 'action.remove' })}
            pending={remove.pending}
            error={remove.error}
            onConfirm={() => void remove.run(removing)}
            onCancel={() => setRemoving(null)}
          >
            <FormattedMessage id="connections.remove.text" />
            {users.length > 0 && (
              <p>
                <FormattedMessage
                  id="connections.remove.used-by"
                  values={{ names: intl.formatList(users.map((view) => view.name)) }}
                />
              </p>
            )}
          </ConfirmQuestion>
        ) : null}
      </Modal>
    </Page>
  );
}
