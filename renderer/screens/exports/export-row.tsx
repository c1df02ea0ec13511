import { Button, Link, makeStyles, TableCell, TableRow, Text, tokens } from '@fluentui/react-components';
import { DeleteRegular, EditRegular, KeyRegular } from '@fluentui/react-icons';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ConnectionView, ExportView, RunView } from '../../../preload/contract/views.ts';
import { RunStateBadge } from '../../components/run-state-badge.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { navigate, openExport, signInAgain } from '../../stores/draft-store.ts';
import { isActive, waitsForSignIn } from '../../stores/run-order.ts';
import { share } from '../../text/format.ts';
import { useFormat } from '../../text/use-format.ts';

const useStyles = makeStyles({
  name: { display: 'flex', flexDirection: 'column', padding: '10px 0', overflowWrap: 'anywhere', gap: '2px' },
  quiet: { color: tokens.colorNeutralForeground3 },
  state: { display: 'flex', flexDirection: 'column', gap: '4px', alignItems: 'flex-start', padding: '6px 0' },
  actions: { display: 'flex', justifyContent: 'flex-end', gap: '4px' },
  send: { whiteSpace: 'nowrap' },
  link: { textAlign: 'left' },
});

interface ExportRowProps {
  readonly view: ExportView;
  readonly connection: ConnectionView | undefined;
  readonly run: RunView | undefined;
  readonly starting: boolean;
  readonly onExportNow: () => void;
  readonly onRemove: () => void;
}

/** One export in the list. */
export function ExportRow({ view, connection, run, starting, onExportNow, onRemove }: ExportRowProps) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const active = run !== undefined && isActive(run);
  return (
    <TableRow>
      <TableCell>
        <span className={styles.name}>
          <Link as="button" className={styles.link} onClick={() => openExport(view)}>
            {view.name}
          </Link>
          <Text size={200} className={styles.quiet}>
            {view.list === null ? (
              <FormattedMessage id="exports.no-list" />
            ) : (
              <FormattedMessage id="exports.list" values={{ name: view.list.name }} />
            )}
            {' · '}
            {connection === undefined ? <FormattedMessage id="exports.no-connection" /> : connection.displayName}
          </Text>
        </span>
      </TableCell>
      <TableCell>
        {run === undefined ? (
          <Text className={styles.quiet}>
            <FormattedMessage id="exports.never-run" />
          </Text>
        ) : (
          <span className={styles.state}>
            <RunStateBadge state={run.state} waits={waitsForSignIn(run)} />
            <Link as="button" onClick={() => navigate({ name: 'run', runId: run.runId })}>
              {active ? (
                <FormattedMessage
                  id="exports.progress"
                  values={{ share: format.percent(share(run.progress.rowsSettled, run.progress.rowsToSend)) }}
                />
              ) : (
                <FormattedMessage id="exports.accepted" values={{ count: run.balance.accepted }} />
              )}
            </Link>
            {waitsForSignIn(run) && (
              <Button
                size="small"
                icon={<KeyRegular />}
                onClick={() => signInAgain(view.connectionId)}
                aria-label={intl.formatMessage({ id: 'connections.sign-in-again-named' }, { name: run.connectionName })}
              >
                <FormattedMessage id="connections.sign-in-again" />
              </Button>
            )}
          </span>
        )}
      </TableCell>
      <TableCell>{run?.endedAt != null ? <TimeAgo at={run.endedAt} /> : '–'}</TableCell>
      <TableCell>
        <span className={styles.actions}>
          <Button
            className={styles.send}
            disabled={active}
            disabledFocusable={starting}
            onClick={onExportNow}
            aria-label={intl.formatMessage({ id: 'exports.export-now-named' }, { name: view.name })}
          >
            <FormattedMessage id="exports.export-now" />
          </Button>
          <Button
            appearance="subtle"
            icon={<EditRegular />}
            onClick={() => openExport(view)}
            title={intl.formatMessage({ id: 'action.edit' })}
            aria-label={intl.formatMessage({ id: 'action.edit-named' }, { name: view.name })}
          />
          <Button
            appearance="subtle"
            icon={<DeleteRegular />}
            onClick={onRemove}
            title={intl.formatMessage({ id: 'action.remove' })}
            aria-label={intl.formatMessage({ id: 'action.remove-named' }, { name: view.name })}
          />
        </span>
      </TableCell>
    </TableRow>
  );
}
