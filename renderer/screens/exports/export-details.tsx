import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  makeStyles,
  Radio,
  RadioGroup,
  Text,
  tokens,
} from '@fluentui/react-components';
import { ArrowRightRegular, StopRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ExportView, RunView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { RunStateBadge } from '../../components/run-state-badge.tsx';
import { useAction } from '../../components/use-action.ts';
import { useNow } from '../../components/use-now.ts';
import { navigate } from '../../stores/draft-store.ts';
import { shownState, skippedNow } from '../../stores/export-state.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { isActive, newestFirst, waitsForSignIn } from '../../stores/run-order.ts';
import { waitingRows } from '../../stores/waiting-rows.ts';
import { balanceParts, startedViaLabels } from '../../text/labels.ts';
import { useFormat } from '../../text/use-format.ts';
import { DurationChart } from './duration-chart.tsx';
import { durationOf, durationTrend, type HistoryDays, historyDays, runsWithin, taskTimes } from './run-history.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: '12px' },
  head: { display: 'flex', flexWrap: 'wrap', gap: '8px 12px', alignItems: 'center' },
  title: { margin: '4px 0 0', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2 },
  warnings: { margin: 0, paddingLeft: '18px' },
});

const taskLabels = {
  planning: 'exports.task.planning',
  sending: 'exports.task.sending',
  confirming: 'exports.task.confirming',
} as const;

/** What makes a run one with warnings, and what was kept back on purpose. */
const warningParts = new Set(['rejected', 'refused', 'heldBack', 'notSent', 'unknown']);

/** One run, part by part: reading, planning, sending, confirming; its warnings and its error. */
function RunTasks({ run, view }: { readonly run: RunView; readonly view: ExportView }) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const now = useNow(1_000, isActive(run));
  const segments = useMirror((mirror) => mirror.segments);
  const read = Math.max(0, ...view.segments.map(({ segmentId }) => segments[segmentId]?.readAt ?? 0));
  const rowsOf = {
    planning: run.balance.rowsRead,
    sending: run.progress.rowsPosted,
    confirming: run.progress.rowsSettled,
  };
  const waiting = waitingRows(run).all;
  const warnings = balanceParts.filter(({ part }) => warningParts.has(part) && run.balance[part] > 0 && !isActive(run));
  return (
    <>
      <DataTable
        label={intl.formatMessage({ id: 'exports.details.tasks' })}
        maxHeight={220}
        testId="run-tasks"
        columns={[
          { name: 'task', title: <FormattedMessage id="exports.details.task" /> },
          { name: 'began', title: <FormattedMessage id="exports.details.began" /> },
          { name: 'took', title: <FormattedMessage id="exports.details.took" /> },
          { name: 'rows', title: <FormattedMessage id="runs.column.rows" />, looks: 'number' },
        ]}
        rows={[
          {
            key: 'reading',
            cells: [
              <FormattedMessage key="task" id="exports.task.reading" />,
              read === 0 ? '–' : format.exactTime(read),
              '–',
              format.number(run.balance.rowsRead),
            ],
          },
          ...taskTimes(run, now).map(({ task, beganAt, tookMs }) => ({
            key: task,
            cells: [
              <FormattedMessage key="task" id={taskLabels[task]} />,
              beganAt === null ? '–' : format.timeOfDay(beganAt),
              tookMs === null ? '–' : format.duration(tookMs),
              beganAt === null ? '–' : format.number(rowsOf[task]),
            ],
          })),
        ]}
      />
      {warnings.length > 0 && (
        <div>
          <Text weight="semibold">
            <FormattedMessage id="exports.details.warnings" />
          </Text>
          <ul className={styles.warnings}>
            {warnings.map(({ part, label }) => (
              <li key={part}>
                {intl.formatMessage(
                  { id: 'balance.piece' },
                  { label: intl.formatMessage({ id: label }), count: format.number(run.balance[part]) },
                )}
              </li>
            ))}
            {waiting > 0 && (
              <li>
                <FormattedMessage id="retry.count" values={{ count: waiting }} />
              </li>
            )}
          </ul>
        </div>
      )}
      <ErrorNotice error={run.error} />
    </>
  );
}

interface ExportDetailsProps {
  readonly view: ExportView;
  readonly mayManage: boolean;
  readonly onClose: () => void;
}

/** The details behind an export's status: its newest run part by part, *Cancel job*, and all runs with a trend. */
export function ExportDetails({ view, mayManage, onClose }: ExportDetailsProps) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const allRuns = useMirror((mirror) => mirror.runs);
  const now = useNow(30_000);
  const [days, setDays] = useState<HistoryDays>(7);
  const schedule = useMirror((mirror) => mirror.schedules.exports.find(({ exportId }) => exportId === view.exportId));
  const runs = newestFirst(allRuns).filter(({ exportId }) => exportId === view.exportId);
  const newest = runs[0] ?? view.lastRun;
  const skipped = skippedNow(newest ?? undefined, schedule);
  const shown = runsWithin(runs, days, now);
  const { middle, before } = durationTrend(runs, days, now);
  const cancel = useAction(async (runId: string) => {
    await call('runs.cancel', { runId });
  });
  const open = (runId: string): void => {
    onClose();
    navigate({ name: 'run', runId });
  };
  return (
    <DialogBody>
      <DialogTitle>
        <FormattedMessage id="exports.details.title" values={{ name: view.name }} />
      </DialogTitle>
      <DialogContent className={styles.content}>
        {skipped !== null && newest?.skipped !== true && (
          <>
            <div className={styles.head}>
              <RunStateBadge state="skipped" />
              <Text className={styles.quiet}>
                <FormattedMessage id="exports.details.skipped" values={{ time: format.exactTime(skipped.dueAt) }} />
              </Text>
            </div>
            <ErrorNotice error={skipped.error} intent="warning" />
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
            <ErrorNotice error={cancel.error} />
            <RunTasks run={newest} view={view} />
            <h3 className={styles.title}>
              <FormattedMessage id="exports.details.history" />
            </h3>
            <RadioGroup
              layout="horizontal"
              aria-label={intl.formatMessage({ id: 'exports.details.span' })}
              value={String(days)}
              onChange={(_, data) => setDays(historyDays.find((span) => String(span) === data.value) ?? 7)}
            >
              {historyDays.map((span) => (
                <Radio
                  key={span}
                  value={String(span)}
                  label={intl.formatMessage({ id: 'exports.details.days' }, { count: span })}
                />
              ))}
            </RadioGroup>
            <DurationChart runs={shown} />
            {middle !== null && (
              <Text size={200} className={styles.quiet}>
                {before === null ? (
                  <FormattedMessage id="exports.details.middle" values={{ middle: format.duration(middle) }} />
                ) : (
                  <FormattedMessage
                    id="exports.details.trend"
                    values={{ middle: format.duration(middle), before: format.duration(before) }}
                  />
                )}
              </Text>
            )}
            <DataTable
              label={intl.formatMessage({ id: 'exports.details.history' })}
              maxHeight={200}
              testId="run-history"
              columns={[
                { name: 'started', title: <FormattedMessage id="runs.column.started" /> },
                { name: 'status', title: <FormattedMessage id="runs.column.status" /> },
                { name: 'took', title: <FormattedMessage id="exports.details.took" /> },
                { name: 'by', title: <FormattedMessage id="exports.details.started-by" /> },
                { name: 'rows', title: <FormattedMessage id="runs.column.rows" />, looks: 'number' },
              ]}
              rows={[...shown].reverse().map((run) => {
                const took = durationOf(run);
                return {
                  key: run.runId,
                  cells: [
                    format.exactTime(run.startedAt),
                    <RunStateBadge key="state" state={shownState(run)} waits={waitsForSignIn(run)} />,
                    took === null ? '–' : format.duration(took),
                    intl.formatMessage({ id: startedViaLabels[run.startedVia] }, { person: run.startedBy }),
                    format.number(run.balance.rowsRead),
                  ],
                };
              })}
            />
          </>
        )}
      </DialogContent>
      <DialogActions>
        <Button appearance="primary" onClick={onClose}>
          <FormattedMessage id="action.close" />
        </Button>
      </DialogActions>
    </DialogBody>
  );
}
