import { Badge, Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import {
  DeleteRegular,
  EditRegular,
  InfoRegular,
  KeyRegular,
  OpenRegular,
  PlugConnectedRegular,
} from '@fluentui/react-icons';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ConnectionView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Modal } from '../../components/modal.tsx';
import { Page } from '../../components/page.tsx';
import { type RecordAction, type RecordColumn, RecordTable } from '../../components/table/record-table.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useAction } from '../../components/use-action.ts';
import { signInAgain } from '../../stores/draft-store.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { kindLabels, sharedWithLabels, signInStateLabels } from '../../text/labels.ts';
import { useAdministrators } from '../../text/use-administrators.ts';
import { useFormat } from '../../text/use-format.ts';
import { AddConnectionMenu } from './add-connection-menu.tsx';
import { ConnectionDetailsDialog } from './connection-details.tsx';
import { DiscoverTiles } from './discover-tiles.tsx';
import { EditConnection } from './edit-connection.tsx';
import { RemoveConnection } from './remove-connection.tsx';

const useStyles = makeStyles({
  name: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '2px' },
  quiet: { color: tokens.colorNeutralForeground3, fontVariantNumeric: 'tabular-nums' },
  paused: { color: tokens.colorStatusWarningForeground1 },
});

type Asked = { readonly what: 'details' | 'edit' | 'remove'; readonly connectionId: string };

/** Every connection, what it reaches and who may use it; *Discover* shows what there is to connect to. */
export function ConnectionsScreen() {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const connections = useMirror((mirror) => mirror.connections);
  const exports = useMirror((mirror) => mirror.exports);
  const mayManage = useMirror((mirror) => mirror.person.role === 'administrator');
  const administrators = useAdministrators();
  const [asked, setAsked] = useState<Asked | null>(null);
  const about = connections.find(({ connectionId }) => connectionId === asked?.connectionId);
  const close = (): void => setAsked(null);
  const openPractice = useAction(async () => {
    await call('app.openPage', { page: 'practice-account' });
  });
  const usersOf = (connectionId: string) => exports.filter((view) => view.connectionId === connectionId);
  const kindOf = ({ kind }: ConnectionView) => intl.formatMessage({ id: kindLabels[kind] });

  const names: readonly RecordColumn<ConnectionView>[] = [
    {
      name: 'name',
      title: 'connections.column.name',
      sortBy: ({ displayName }) => displayName,
      cell: (view) =>
        view.details === null ? (
          <Text weight="semibold">{view.displayName}</Text>
        ) : (
          <span className={styles.name}>
            <Link as="button" onClick={() => setAsked({ what: 'details', connectionId: view.connectionId })}>
              {view.displayName}
            </Link>
            <Text size={200} className={styles.quiet}>
              {view.details.organisation}
            </Text>
          </span>
        ),
    },
    { name: 'type', title: 'connections.column.type', sortBy: kindOf, cell: kindOf, width: '14%' },
  ];
  const details: readonly RecordColumn<ConnectionView>[] = [
    {
      name: 'access',
      title: 'connections.column.access',
      sortBy: ({ details: of }) => of && intl.formatMessage({ id: sharedWithLabels[of.sharedWith] }),
      cell: ({ details: of }) => of && <FormattedMessage id={sharedWithLabels[of.sharedWith]} />,
    },
    {
      name: 'created',
      title: 'connections.column.created',
      width: '12%',
      sortBy: ({ details: of }) => of?.createdAt ?? null,
      cell: ({ details: of }) => of && <TimeAgo at={of.createdAt} />,
    },
    {
      name: 'last-used',
      title: 'connections.column.last-used',
      width: '14%',
      sortBy: ({ details: of }) => of?.lastUsedAt ?? null,
      cell: ({ details: of }) => (of?.lastUsedAt == null ? '–' : <TimeAgo at={of.lastUsedAt} />),
    },
    {
      name: 'sign-in',
      title: 'connections.column.sign-in',
      sortBy: ({ details: of }) => of && intl.formatMessage({ id: signInStateLabels[of.signInState] }),
      cell: ({ details: of }) =>
        of && (
          <span className={styles.name}>
            <Badge appearance="tint" color={of.signInState === 'signed-out' ? 'warning' : 'success'} size="large">
              <FormattedMessage id={signInStateLabels[of.signInState]} />
            </Badge>
            <Text size={200} className={styles.quiet}>
              <FormattedMessage
                id="connection.requests-today"
                values={{ made: of.requestsToday, limit: of.requestLimit }}
              />
            </Text>
            {of.pausedUntil !== null && (
              <Text size={200} className={styles.paused}>
                <FormattedMessage id="connection.paused-until" values={{ time: format.exactTime(of.pausedUntil) }} />
              </Text>
            )}
          </span>
        ),
    },
  ];
  function actionsOf({ connectionId, kind }: ConnectionView): RecordAction[] {
    const ask = (what: Asked['what']) => () => setAsked({ what, connectionId });
    return [
      {
        name: 'edit',
        label: intl.formatMessage({ id: 'action.edit' }),
        icon: <EditRegular />,
        shortcut: 'Enter',
        act: ask('edit'),
      },
      {
        name: 'sign-in',
        label: intl.formatMessage({ id: 'connections.sign-in-again' }),
        icon: <KeyRegular />,
        act: () => signInAgain(connectionId),
      },
      {
        name: 'details',
        label: intl.formatMessage({ id: 'action.details' }),
        icon: <InfoRegular />,
        act: ask('details'),
      },
      ...(kind === 'practice'
        ? [
            {
              name: 'open',
              label: intl.formatMessage({ id: 'connections.open-practice' }),
              icon: <OpenRegular />,
              act: () => void openPractice.run(),
            },
          ]
        : []),
      {
        name: 'remove',
        label: intl.formatMessage({ id: 'action.remove' }),
        icon: <DeleteRegular />,
        shortcut: 'Delete',
        apart: true,
        act: ask('remove'),
      },
    ];
  }

  return (
    <Page
      title={intl.formatMessage({ id: 'connections.title' })}
      description={<FormattedMessage id={mayManage ? 'connections.description' : 'connections.description.others'} />}
      actions={mayManage && connections.length > 0 && <AddConnectionMenu primary />}
    >
      <ErrorNotice error={openPractice.error} actions={{ retry: () => void openPractice.run() }} />
      {connections.length === 0 ? (
        <EmptyState
          icon={<PlugConnectedRegular />}
          title={intl.formatMessage({ id: 'connections.empty.title' })}
          actions={mayManage && <AddConnectionMenu primary />}
        >
          <FormattedMessage
            id={mayManage ? 'connections.empty.text' : 'connections.empty.ask-whom'}
            values={{ names: administrators }}
          />
        </EmptyState>
      ) : (
        <RecordTable
          id="connections"
          label={intl.formatMessage({ id: 'connections.title' })}
          rows={connections}
          keyOf={({ connectionId }) => connectionId}
          nameOf={({ displayName }) => displayName}
          columns={mayManage ? [...names, ...details] : names}
          firstSort={{ column: 'name', descending: false }}
          minWidth={mayManage ? 800 : 400}
          textsOf={(view) => [view.displayName, kindOf(view), view.details?.organisation ?? '']}
          actionsOf={mayManage ? ([view]) => (view === undefined ? [] : actionsOf(view)) : undefined}
          testId="connection-row"
        />
      )}
      {mayManage && <DiscoverTiles />}
      <Modal onClose={close}>
        {asked === null || about === undefined || about.details === null ? null : asked.what === 'edit' ? (
          <EditConnection
            connection={about}
            details={about.details}
            exportCount={usersOf(about.connectionId).length}
            onDone={close}
          />
        ) : asked.what === 'remove' ? (
          <RemoveConnection connection={about} users={usersOf(about.connectionId)} onDone={close} />
        ) : (
          <ConnectionDetailsDialog
            connection={about}
            details={about.details}
            users={usersOf(about.connectionId)}
            onClose={close}
          />
        )}
      </Modal>
    </Page>
  );
}
