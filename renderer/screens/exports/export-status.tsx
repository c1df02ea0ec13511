import { Badge, Button, Link, makeStyles } from '@fluentui/react-components';
import { KeyRegular, PlugDisconnectedRegular } from '@fluentui/react-icons';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ExportView, RunView } from '../../../preload/contract/views.ts';
import { RunStateBadge } from '../../components/run-state-badge.tsx';
import { signInAgain } from '../../stores/draft-store.ts';
import { isActive, waitsForSignIn } from '../../stores/run-order.ts';
import { share } from '../../text/format.ts';
import { useFormat } from '../../text/use-format.ts';

const useStyles = makeStyles({
  state: { display: 'flex', flexDirection: 'column', gap: '4px', alignItems: 'flex-start' },
  link: { textAlign: 'left' },
});

interface ExportStatusProps {
  readonly view: ExportView;
  readonly run: RunView | undefined;
  readonly maySignIn: boolean;
  readonly onDetails: () => void;
}

/** How an export stands: whether it can run at all, and what became of its last run. Opens the details. */
export function ExportStatus({ view, run, maySignIn, onDetails }: ExportStatusProps) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const what =
    run === undefined
      ? intl.formatMessage({ id: 'exports.never-run' })
      : isActive(run)
        ? intl.formatMessage(
            { id: 'exports.progress' },
            { share: format.percent(share(run.progress.rowsSettled, run.progress.rowsToSend)) },
          )
        : intl.formatMessage({ id: 'exports.accepted' }, { count: run.balance.accepted });
  return (
    <span className={styles.state}>
      {view.connectionId === null ? (
        <Badge appearance="tint" color="warning" icon={<PlugDisconnectedRegular />} size="large">
          <FormattedMessage id="exports.no-connection" />
        </Badge>
      ) : (
        run !== undefined && <RunStateBadge state={run.state} waits={waitsForSignIn(run)} />
      )}
      <Link
        as="button"
        className={styles.link}
        data-testid="export-details"
        aria-label={intl.formatMessage({ id: 'exports.details-named' }, { what, name: view.name })}
        onClick={onDetails}
      >
        {what}
      </Link>
      {run !== undefined && maySignIn && waitsForSignIn(run) && (
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
  );
}
