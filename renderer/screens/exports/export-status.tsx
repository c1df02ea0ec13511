import { Badge, Button, Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import { KeyRegular, PlugDisconnectedRegular } from '@fluentui/react-icons';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ExportScheduleView, ExportView, RunView } from '../../../preload/contract/views.ts';
import { RunStateBadge } from '../../components/run-state-badge.tsx';
import { signInAgain } from '../../stores/draft-store.ts';
import { exportState, skippedNow } from '../../stores/export-state.ts';
import { isActive, waitsForSignIn } from '../../stores/run-order.ts';
import { waitingRows } from '../../stores/waiting-rows.ts';
import { errorKey, unnamed } from '../../text/error-words.ts';
import { share } from '../../text/format.ts';
import { useFormat } from '../../text/use-format.ts';

const useStyles = makeStyles({
  state: { display: 'flex', flexDirection: 'column', gap: '4px', alignItems: 'flex-start' },
  link: { textAlign: 'left' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

const waitLabels = { segment: 'schedule.waits.segment', account: 'schedule.waits.account' } as const;

interface ExportStatusProps {
  readonly view: ExportView;
  readonly run: RunView | undefined;
  readonly schedule: ExportScheduleView | undefined;
  readonly maySignIn: boolean;
  readonly onDetails: () => void;
}

/** How an export stands: whether it can run at all, and what became of its last run. Opens the details. */
export function ExportStatus({ view, run, schedule, maySignIn, onDetails }: ExportStatusProps) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const state = exportState(run, schedule);
  const skipped = skippedNow(run, schedule);
  const waitsFor = schedule?.waitsFor ?? null;
  const what = (): string => {
    if (run !== undefined && isActive(run)) {
      const done = share(run.progress.rowsSettled, run.progress.rowsToSend);
      return intl.formatMessage({ id: 'exports.progress' }, { share: format.percent(done) });
    }
    if (waitsFor !== null) return intl.formatMessage({ id: waitLabels[waitsFor] });
    const stopped = state === 'failed' || state === 'interrupted' || run?.skipped === true;
    const error = stopped ? (run?.error ?? null) : (skipped?.error ?? null);
    if (error !== null && (stopped || state === 'skipped')) {
      return intl.formatMessage({ id: errorKey(error.code, 'title') }, { ...unnamed, ...error.params });
    }
    if (run === undefined) return intl.formatMessage({ id: 'exports.never-run' });
    if (run.kind === 'undo')
      return intl.formatMessage({ id: 'exports.undone' }, { time: format.exactTime(run.startedAt) });
    return intl.formatMessage({ id: 'exports.accepted' }, { count: run.balance.accepted });
  };
  const said = what();
  const waiting = run === undefined ? 0 : waitingRows(run).all;
  return (
    <span className={styles.state}>
      {view.connectionId === null ? (
        <Badge
          appearance="tint"
          color="warning"
          icon={<PlugDisconnectedRegular />}
          size="large"
          title={intl.formatMessage({ id: 'exports.no-connection.meaning' })}
        >
          <FormattedMessage id="exports.no-connection" />
        </Badge>
      ) : (
        state !== null && <RunStateBadge state={state} waits={run !== undefined && waitsForSignIn(run)} />
      )}
      <Link
        as="button"
        className={styles.link}
        data-testid="export-details"
        aria-label={intl.formatMessage({ id: 'exports.details-named' }, { what: said, name: view.name })}
        onClick={onDetails}
      >
        {said}
      </Link>
      {waiting > 0 && (
        <Text size={200} className={styles.quiet}>
          <FormattedMessage id="retry.count" values={{ count: waiting }} />
        </Text>
      )}
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
