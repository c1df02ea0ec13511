import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  makeStyles,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import { CheckmarkCircleRegular, DismissCircleRegular } from '@fluentui/react-icons';
import { type ReactNode, useEffect, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { CallOutput } from '../../../preload/contract/contract.ts';
import type { ConnectionDetails, ConnectionView, ExportView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useAction } from '../../components/use-action.ts';
import { signInAgain } from '../../stores/draft-store.ts';
import { kindLabels, sharedWithLabels, signInStateLabels } from '../../text/labels.ts';
import { useFormat } from '../../text/use-format.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: '12px' },
  facts: { display: 'grid', gridTemplateColumns: 'minmax(120px, auto) 1fr', gap: '6px 16px', margin: 0 },
  what: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, overflowWrap: 'anywhere' },
  able: { display: 'flex', gap: '8px', alignItems: 'center' },
  yes: { color: tokens.colorStatusSuccessForeground1 },
  no: { color: tokens.colorStatusDangerForeground1 },
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'flex', flexDirection: 'column', gap: '4px' },
});

/** Exports that are named; the others are counted. */
const mostNames = 5;

/** What an export needs of the account, in words, by its privileges there (constant-contact-v3.md 2.6). */
const abilities = [
  { privilege: 'contacts:read', label: 'connection.ability.contacts-read' },
  { privilege: 'contacts:write', label: 'connection.ability.contacts-write' },
  { privilege: 'contacts:lists:read', label: 'connection.ability.lists-read' },
  { privilege: 'contacts:lists:write', label: 'connection.ability.lists-write' },
] as const;

function Abilities({ connectionId }: { readonly connectionId: string }) {
  const styles = useStyles();
  const [able, setAble] = useState<CallOutput<'connections.getAbilities'> | null>(null);
  const ask = useAction(async () => setAble(await call('connections.getAbilities', { connectionId })));
  const { run } = ask;
  useEffect(() => void run(), [run]);
  if (able === null) {
    return (
      <>
        {ask.pending && <Spinner size="tiny" />}
        <ErrorNotice
          error={ask.error}
          actions={{ retry: () => void ask.run(), 'sign-in': () => signInAgain(connectionId) }}
        />
      </>
    );
  }
  return (
    <ul className={styles.list} data-testid="abilities">
      {abilities.map(({ privilege, label }) => {
        const can = able.held.includes(privilege);
        return (
          <li key={privilege} className={styles.able}>
            {can ? <CheckmarkCircleRegular className={styles.yes} /> : <DismissCircleRegular className={styles.no} />}
            <Text>
              <FormattedMessage id={label} values={{ can: can ? 'yes' : 'no' }} />
            </Text>
          </li>
        );
      })}
    </ul>
  );
}

interface ConnectionDetailsDialogProps {
  readonly connection: ConnectionView;
  readonly details: ConnectionDetails;
  readonly users: readonly ExportView[];
  readonly onClose: () => void;
}

/** Everything about one connection: whose account, what it may do there, what it used today, who agreed to what. */
export function ConnectionDetailsDialog({ connection, details, users, onClose }: ConnectionDetailsDialogProps) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const { consent } = details;
  const fact = (label: ReactNode, value: ReactNode) => (
    <>
      <dt className={styles.what}>{label}</dt>
      <dd className={styles.value}>{value}</dd>
    </>
  );
  return (
    <DialogBody>
      <DialogTitle className={styles.value}>{connection.displayName}</DialogTitle>
      <DialogContent className={styles.content}>
        <dl className={styles.facts}>
          {fact(
            <FormattedMessage id="connections.column.type" />,
            <FormattedMessage id={kindLabels[connection.kind]} />,
          )}
          {fact(<FormattedMessage id="connections.column.organisation" />, details.organisation)}
          {fact(
            <FormattedMessage id="connections.column.access" />,
            <FormattedMessage id={sharedWithLabels[details.sharedWith]} />,
          )}
          {fact(
            <FormattedMessage id="connections.column.sign-in" />,
            <FormattedMessage id={signInStateLabels[details.signInState]} />,
          )}
          {fact(<FormattedMessage id="connection.export-user" />, details.exportUser)}
          {fact(<FormattedMessage id="connections.column.created" />, format.exactTime(details.createdAt))}
          {fact(
            <FormattedMessage id="connections.column.last-used" />,
            details.lastUsedAt === null ? '–' : format.exactTime(details.lastUsedAt),
          )}
          {fact(
            <FormattedMessage id="connection.requests" />,
            <FormattedMessage
              id="connection.requests-today"
              values={{ made: details.requestsToday, limit: details.requestLimit }}
            />,
          )}
          {fact(
            <FormattedMessage id="connection.used-by" />,
            users.length === 0 ? (
              '–'
            ) : (
              <FormattedMessage
                id="connection.used-by-exports"
                values={{
                  count: users.length,
                  names: intl.formatList(
                    users.slice(0, mostNames).map(({ name }) => name),
                    { type: 'unit' },
                  ),
                  more: Math.max(0, users.length - mostNames),
                }}
              />
            ),
          )}
          {fact(<FormattedMessage id="connection.abilities" />, <Abilities connectionId={connection.connectionId} />)}
          {fact(
            <FormattedMessage id="connection.privacy.title" />,
            <>
              <FormattedMessage
                id="connection.agreed"
                values={{ name: consent.agreedBy, time: format.exactTime(consent.agreedAt) }}
              />
              <Text block size={200} className={styles.what}>
                {consent.wording}
              </Text>
            </>,
          )}
        </dl>
      </DialogContent>
      <DialogActions>
        <Button appearance="primary" onClick={onClose}>
          <FormattedMessage id="action.close" />
        </Button>
      </DialogActions>
    </DialogBody>
  );
}
