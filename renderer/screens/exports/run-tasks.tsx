import { FormattedMessage, useIntl } from 'react-intl';
import type { Balance, ExportView, RunView } from '../../../preload/contract/views.ts';
import { DataTable } from '../../components/data-table.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useNow } from '../../components/use-now.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { isActive } from '../../stores/run-order.ts';
import { waitingRows } from '../../stores/waiting-rows.ts';
import { type ErrorAction, errorKey, unnamed } from '../../text/error-words.ts';
import { balanceParts } from '../../text/labels.ts';
import type { MessageKey } from '../../text/messages.ts';
import { useFormat } from '../../text/use-format.ts';
import { taskTimes } from './run-history.ts';

type Task = 'reading' | 'planning' | 'sending' | 'confirming';

const taskLabels: Readonly<Record<Task, MessageKey>> = {
  reading: 'exports.task.reading',
  planning: 'exports.task.planning',
  sending: 'exports.task.sending',
  confirming: 'exports.task.confirming',
};

/** What makes a run one with warnings, and what was kept back on purpose, by the task that finds it. */
const warningsOf: Readonly<Record<Task, readonly (keyof Balance)[]>> = {
  reading: ['unreadable'],
  planning: ['rejected', 'heldBack'],
  sending: ['notSent'],
  confirming: ['refused', 'unknown'],
};

interface RunTasksProps {
  readonly run: RunView;
  readonly view: ExportView;
  readonly actions: Partial<Record<ErrorAction, () => void>>;
}

/** One run, task by task: reading, planning, sending, confirming; when, how long, how many rows, warnings and errors. */
export function RunTasks({ run, view, actions }: RunTasksProps) {
  const intl = useIntl();
  const format = useFormat();
  const now = useNow(1_000, isActive(run));
  const segments = useMirror((mirror) => mirror.segments);
  const { balance, progress, error } = run;
  // A file that was read anew since is not what this run sent.
  const read = view.segments
    .flatMap(({ segmentId }) => segments[segmentId]?.readAt ?? [])
    .filter((at) => at <= run.startedAt);
  const rowsOf: Readonly<Record<Task, number>> = {
    reading: balance.rowsRead,
    planning: balance.rowsRead,
    sending: progress.rowsPosted,
    confirming: progress.rowsSettled,
  };
  const times = taskTimes(run, now);
  const last = times.findLast(({ beganAt }) => beganAt !== null)?.task;
  const said = (task: Task): string => {
    // Rows that are not settled yet stand in some of these counts while the run goes on.
    const counted = isActive(run) ? [] : warningsOf[task].filter((part) => balance[part] > 0);
    const words = counted.map((part) => {
      const label = balanceParts.find((candidate) => candidate.part === part)?.label ?? 'check.unreadable';
      return intl.formatMessage(
        { id: 'balance.piece' },
        { label: intl.formatMessage({ id: label }), count: format.number(balance[part]) },
      );
    });
    return words.length === 0 ? '–' : words.join('\n');
  };
  const failed = (task: Task): string =>
    error !== null && task === last
      ? intl.formatMessage({ id: errorKey(error.code, 'title') }, { ...unnamed, ...error.params })
      : '–';
  const row = (task: Task, began: string, took: string, rows: string) => ({
    key: task,
    cells: [<FormattedMessage key="task" id={taskLabels[task]} />, began, took, rows, said(task), failed(task)],
  });
  const waiting = waitingRows(run).all;
  return (
    <>
      <DataTable
        label={intl.formatMessage({ id: 'exports.details.tasks' })}
        maxHeight={260}
        testId="run-tasks"
        columns={[
          { name: 'task', title: <FormattedMessage id="exports.details.task" /> },
          { name: 'began', title: <FormattedMessage id="exports.details.began" /> },
          { name: 'took', title: <FormattedMessage id="exports.details.took" /> },
          { name: 'rows', title: <FormattedMessage id="runs.column.rows" />, looks: 'number' },
          { name: 'warnings', title: <FormattedMessage id="exports.details.warnings" />, looks: 'lines' },
          { name: 'errors', title: <FormattedMessage id="exports.details.errors" /> },
        ]}
        rows={[
          row(
            'reading',
            read.length === 0 ? '–' : format.exactTime(Math.max(...read)),
            '–',
            format.number(rowsOf.reading),
          ),
          ...times.map(({ task, beganAt, tookMs }) =>
            row(
              task,
              beganAt === null ? '–' : format.timeOfDay(beganAt),
              tookMs === null ? '–' : format.duration(tookMs),
              beganAt === null ? '–' : format.number(rowsOf[task]),
            ),
          ),
        ]}
      />
      {waiting > 0 && (
        <div>
          <FormattedMessage id="retry.count" values={{ count: waiting }} />
        </div>
      )}
      <ErrorNotice error={error} actions={actions} />
    </>
  );
}
