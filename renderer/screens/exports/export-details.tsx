import {
  Badge,
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { ArrowRightRegular, PlugDisconnectedRegular, StopRegular } from '@fluentui/react-icons';
import { FormattedMessage } from 'react-intl';
import type { ExportView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { adopt } from '../../bridge/connect-stores.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { RunStateBadge } from '../../components/run-state-badge.tsx';
import { useAction } from '../../components/use-action.ts';
import { navigate } from '../../stores/draft-store.ts';
import { shownState, skippedNow } from '../../stores/export-state.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { isActive, waitsForSignIn } from '../../stores/run-order.ts';
import type { ErrorAction } from '../../text/error-words.ts';
import { stateMeanings } from '../../text/labels.ts';
import { useFormat } from '../../text/use-format.ts';
import { RunList, RunTrend } from './run-list.tsx';
import { RunTasks } from './run-tasks.tsx';
import { useExportRuns } from './use-export-runs.ts';

const useStyles = makeStyles({
  title: { overflowWrap: 'anywhere' },
  // The pane scrolls as a whole; none of its parts is squeezed.
  content: { display: 'flex', flexDirection: 'column', gap: '12px', '& > *': { flexShrink: 0 } },
  head: { display: 'flex', flexWrap: 'wrap', gap: '8px 12px', alignItems: 'center' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface ExportDetailsProps {
  readonly view: ExportView;
  readonly mayManage: boolean;
  /** What can be done about an error of its run. */
  readonly actions: Partial<Record<ErrorAction, () => void>>;
  readonly onClose: () => void;
}

/** The details behind an export's status: its newest run task by task, *Cancel job*, and all runs with a trend. */
export function ExportDetails({ view, mayManage, actions, onClose }: ExportDetailsProps) {
  const styles = useStyles();
  const format = useFormat();
  const { runs, left, showMore, error, retry } = useExportRuns(view.exportId);
  const schedule = useMirror((mirror) => mirror.schedules.exports.find(({ exportId }) => exportId === view.exportId));
  const newest = runs[0] ?? view.lastRun;
  const skipped = skippedNow(newest ?? undefined, schedule);
  const cancel = useAction(async (runId: string) => {
    await call('runs.cancel', { runId });
  });
  const open = (runId: string): void => {
    const run = runs.find((candidate) => candidate.runId === runId);
    if (run !== undefined) adopt({ runs: [run] });
    onClose();
    navigate({ name: 'run', runId });
  };
  const helps = Object.fromEntries(
    Object.entries(actions).map(([what, act]) => [
      what,
      () => {
        onClose();
        act();
      },
    ]),
  );
  return (
    <DialogBody>
      <DialogTitle className={styles.title}>
        <FormattedMessage id="exports.details.title" values={{ name: view.name }} />
      </DialogTitle>
      <DialogContent className={styles.content}>
        {view.connectionId === null && (
          <div className={styles.head}>
            <Badge appearance="tint" color="warning" icon={<PlugDisconnectedRegular />} size="large">
              <FormattedMessage id="exports.no-connection" />
            </Badge>
            <Text className={styles.quiet}>
              <FormattedMessage id="exports.no-connection.meaning" />
            </Text>
          </div>
        )}
        {skipped !== null && newest?.skipped !== true && (
          <>
            <div className={styles.head}>
              <RunStateBadge state="skipped" />
              <Text className={styles.quiet}>
                <FormattedMessage id="exports.details.skipped" values={{ time: format.exactTime(skipped.dueAt) }} />
              </Text>
            </div>
            <ErrorNotice error={skipped.error} intent="warning" actions={mayManage ? helps : {}} />
          </>
        )}
        {newest === null ? (
          <Text className={styles.quiet}>
            <FormattedMessage id="exports.never-run" />
          </Text>
        ) : (
          <>
            <div className={styles.head}>
              <RunStateBadge state={shownState(newest)} waits={waitsForSignIn(newest)} />
              <Text className={styles.quiet}>{format.exactTime(newest.startedAt)}</Text>
              {mayManage && isActive(newest) && (
                <Button
                  size="small"
                  icon={<StopRegular />}
                  disabledFocusable={cancel.pending || newest.state === 'cancelling'}
                  onClick={() => void cancel.run(newest.runId)}
                >
                  <FormattedMessage id="exports.details.cancel" />
                </Button>
              )}
              <Button size="small" icon={<ArrowRightRegular />} onClick={() => open(newest.runId)}>
                <FormattedMessage id="exports.details.open-run" />
              </Button>
            </div>
            <Text className={styles.quiet}>
              <FormattedMessage
                id={waitsForSignIn(newest) ? 'run.meaning.waits-for-sign-in' : stateMeanings[shownState(newest)]}
              />
            </Text>
            <ErrorNotice error={cancel.error} />
            <RunTasks run={newest} view={view} actions={mayManage ? helps : {}} />
            <RunTrend runs={runs} />
            <RunList runs={runs} left={left} onMore={showMore} onOpen={open} />
          </>
        )}
        <ErrorNotice error={error} actions={{ retry }} />
      </DialogContent>
      <DialogActions>
        <Button appearance="primary" onClick={onClose}>
          <FormattedMessage id="action.close" />
        </Button>
      </DialogActions>
    </DialogBody>
  );
}
