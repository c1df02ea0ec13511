import { Link, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ConnectionView, ExportView, RunView, SchedulesView } from '../../../preload/contract/views.ts';
import type { RecordColumn } from '../../components/table/record-table.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { openExport } from '../../stores/draft-store.ts';
import { exportState } from '../../stores/export-state.ts';
import { kindLabels, runStateLabels } from '../../text/labels.ts';
import { exportScheduleWords } from '../../text/schedule-words.ts';
import { useFormat } from '../../text/use-format.ts';
import { ExportStatus } from './export-status.tsx';

const useStyles = makeStyles({
  name: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '2px' },
  // Long names take two lines; they are whole on pointing at them, and where the export is opened.
  long: { display: '-webkit-box', WebkitLineClamp: '2', WebkitBoxOrient: 'vertical', overflow: 'hidden' },
  link: { textAlign: 'left', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
});

interface ExportColumns {
  readonly connectionOf: (view: ExportView) => ConnectionView | undefined;
  readonly runOf: (view: ExportView) => RunView | undefined;
  readonly schedules: SchedulesView;
  readonly mayManage: (view: ExportView) => boolean;
  readonly maySignIn: boolean;
  readonly onDetails: (view: ExportView) => void;
}

/** The columns of the list of exports (customer-insights-exports.md 3.3). */
export function useExportColumns(of: ExportColumns): readonly RecordColumn<ExportView>[] {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const scheduleOf = (view: ExportView) => of.schedules.exports.find(({ exportId }) => exportId === view.exportId);
  const scheduleWords = (view: ExportView): string => {
    const schedule = scheduleOf(view);
    return schedule === undefined ? '' : exportScheduleWords(schedule, of.schedules, intl);
  };
  const typeOf = (view: ExportView): string | null => {
    const kind = of.connectionOf(view)?.kind;
    return kind === undefined ? null : intl.formatMessage({ id: kindLabels[kind] });
  };
  const statusOf = (view: ExportView): string => {
    if (view.connectionId === null) return intl.formatMessage({ id: 'exports.no-connection' });
    const status = exportState(of.runOf(view), scheduleOf(view));
    return intl.formatMessage({ id: status === null ? 'exports.never-run' : runStateLabels[status] });
  };
  const rightOf = (view: ExportView): string =>
    intl.formatMessage({ id: of.mayManage(view) ? 'exports.right.edit' : 'exports.right.view' });
  return [
    {
      name: 'name',
      title: 'exports.column.name',
      width: '180px',
      sortBy: ({ name }) => name,
      cell: (view) => (
        <span className={styles.name}>
          <Link as="button" className={styles.link} title={view.name} onClick={() => openExport(view)}>
            <span className={styles.long}>{view.name}</span>
          </Link>
          <Text size={200} className={mergeClasses(styles.quiet, styles.long)}>
            {view.list === null ? (
              <FormattedMessage id="exports.no-list" />
            ) : (
              <FormattedMessage id="exports.list" values={{ name: view.list.name }} />
            )}
          </Text>
        </span>
      ),
    },
    {
      name: 'type',
      title: 'connections.column.type',
      width: '96px',
      sortBy: typeOf,
      cell: (view) => typeOf(view) ?? '–',
    },
    {
      name: 'status',
      title: 'exports.column.status',
      width: '206px',
      sortBy: statusOf,
      cell: (view) => (
        <ExportStatus
          view={view}
          run={of.runOf(view)}
          schedule={scheduleOf(view)}
          maySignIn={of.maySignIn}
          onDetails={() => of.onDetails(view)}
        />
      ),
    },
    {
      name: 'refreshed',
      title: 'exports.column.refreshed',
      width: '92px',
      sortBy: ({ refreshedAt }) => refreshedAt,
      cell: ({ refreshedAt }) => (refreshedAt === null ? '–' : <TimeAgo at={refreshedAt} />),
    },
    {
      name: 'schedule',
      title: 'exports.column.schedule',
      width: '140px',
      sortBy: (view) => scheduleOf(view)?.nextRuns[0] ?? null,
      cell: (view) => {
        const next = scheduleOf(view)?.nextRuns[0];
        return (
          <span className={styles.name}>
            <Text>{scheduleWords(view)}</Text>
            {next !== undefined && (
              <Text size={200} className={styles.quiet}>
                <FormattedMessage id="schedule.next" values={{ time: format.exactTime(next) }} />
              </Text>
            )}
          </span>
        );
      },
    },
    {
      name: 'connection',
      title: 'exports.column.connection',
      width: '112px',
      sortBy: (view) => of.connectionOf(view)?.displayName ?? null,
      cell: (view) => of.connectionOf(view)?.displayName ?? <FormattedMessage id="exports.no-connection" />,
    },
    { name: 'permissions', title: 'exports.column.permissions', width: '96px', sortBy: rightOf, cell: rightOf },
    {
      name: 'updated',
      title: 'exports.column.updated',
      width: '96px',
      sortBy: ({ updatedAt }) => updatedAt,
      cell: ({ updatedAt }) => <TimeAgo at={updatedAt} />,
    },
    {
      name: 'updated-by',
      title: 'exports.column.updated-by',
      sortBy: ({ updatedBy }) => updatedBy,
      cell: ({ updatedBy }) => updatedBy,
    },
  ];
}
