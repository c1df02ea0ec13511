import { Button, Tooltip } from '@fluentui/react-components';
import { AddRegular, ArrowExportRegular, PlayCircleRegular } from '@fluentui/react-icons';
import { useMemo, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ExportView, RunView } from '../../../preload/contract/views.ts';
import { ConfirmQuestion } from '../../components/confirm-question.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Modal } from '../../components/modal.tsx';
import { Page } from '../../components/page.tsx';
import { RecordTable } from '../../components/table/record-table.tsx';
import { useAction } from '../../components/use-action.ts';
import { navigate, openExport, openNewExport, signInAgain } from '../../stores/draft-store.ts';
import { currentMirror, useMirror } from '../../stores/mirror-store.ts';
import { mayManageExport } from '../../stores/rights.ts';
import { isActive, newestByExport, newestRunOf } from '../../stores/run-order.ts';
import { askPermission } from '../../stores/ui-store.ts';
import type { ErrorAction } from '../../text/error-words.ts';
import { kindLabels } from '../../text/labels.ts';
import { exportNow } from '../export/export-actions.ts';
import { ExportDetails } from './export-details.tsx';
import { detachExports, duplicateExport, removeExports, runExports } from './keep-exports.ts';
import { AttentionList } from './schedule/attention-list.tsx';
import { ScheduleDialog } from './schedule/schedule-dialog.tsx';
import { type AskedExports, useExportActions } from './use-export-actions.tsx';
import { useExportColumns } from './use-export-columns.tsx';

function AddExportButton() {
  return (
    <Button appearance="primary" icon={<AddRegular />} onClick={() => openNewExport()}>
      <FormattedMessage id="exports.add" />
    </Button>
  );
}

/** *Run all*: every export whose schedule is on (customer-insights-exports.md 3.6). */
function RunAllButton(props: { readonly count: number; readonly disabled: boolean; readonly onRun: () => void }) {
  const hint = useIntl().formatMessage({ id: 'exports.run-all.hint' }, { count: props.count });
  return (
    <Tooltip content={hint} relationship="description">
      <Button icon={<PlayCircleRegular />} disabledFocusable={props.disabled} onClick={props.onRun}>
        <FormattedMessage id="exports.run-all" />
      </Button>
    </Tooltip>
  );
}

/** Whether nothing of a run goes on any more, nor is meant to go on. */
const isAtRest = (run: RunView): boolean => !isActive(run) && run.state !== 'paused' && run.progress.phase === 'ended';

/** Home: every export, how it stands, and what can be done with one or several. */
export function ExportsScreen() {
  const intl = useIntl();
  const exports = useMirror((mirror) => mirror.exports);
  const connections = useMirror((mirror) => mirror.connections);
  const runs = useMirror((mirror) => mirror.runs);
  const schedules = useMirror((mirror) => mirror.schedules);
  const role = useMirror((mirror) => mirror.person.role);
  const [asked, setAsked] = useState<AskedExports | null>(null);
  const [failed, setFailed] = useState<ExportView | null>(null);
  const close = (): void => setAsked(null);
  const about = exports.filter(({ exportId }) => asked?.exportIds.includes(exportId) === true);
  const [first] = about;

  const scheduleOf = useMemo(() => new Map(schedules.exports.map((each) => [each.exportId, each])), [schedules]);
  const newest = useMemo(() => newestByExport(runs), [runs]);
  const runOf = (view: ExportView) => newest.get(view.exportId) ?? view.lastRun ?? undefined;
  const connectionOf = (view: ExportView) => connections.find(({ connectionId }) => connectionId === view.connectionId);
  const mayManage = (view: ExportView): boolean => mayManageExport(currentMirror(), view);
  const isRunning = (view: ExportView): boolean => {
    const run = runOf(view);
    return run !== undefined && isActive(run);
  };

  const start = useAction(async (views: readonly ExportView[]) => {
    const [view] = views;
    setFailed(view ?? null);
    if (view !== undefined && views.length === 1) return exportNow(view);
    const wrong = await runExports(views);
    if (wrong === null) return;
    setFailed(wrong.view);
    throw wrong.error;
  });
  const duplicate = useAction((view: ExportView) =>
    duplicateExport(view, intl.formatMessage({ id: 'exports.duplicate.name' }, { name: view.name })),
  );
  const confirm = useAction(async (what: 'remove' | 'detach', views: readonly ExportView[]) => {
    await (what === 'remove' ? removeExports(views) : detachExports(views));
    close();
  });
  const ask = (next: AskedExports): void => {
    confirm.clear();
    setAsked(next);
  };
  const actionsOf = useExportActions({
    mayManage,
    isRunning,
    onRun: (views) => void start.run(views),
    onDuplicate: (view) => void duplicate.run(view),
    onAsk: ask,
  });
  const columns = useExportColumns({
    connectionOf,
    runOf,
    schedules,
    mayManage,
    maySignIn: role === 'administrator',
    onDetails: ({ exportId }) => ask({ what: 'details', exportIds: [exportId] }),
  });
  const activeIds = new Set(schedules.exports.filter(({ active }) => active).map(({ exportId }) => exportId));
  const scheduled = exports.filter((view) => activeIds.has(view.exportId) && mayManage(view));
  const runnable = scheduled.filter((view) => !isRunning(view));
  const helpFor = (view: ExportView, runId: string | undefined): Partial<Record<ErrorAction, () => void>> => ({
    retry: () => void start.run([view]),
    'sign-in': () => signInAgain(view.connectionId),
    'ask-permission': () => askPermission(view.exportId),
    'show-list': () => openExport(view),
    'show-matching': () => openExport(view),
    'show-plan': () => openExport(view),
    'choose-files': () => openExport(view),
    'show-connections': () => navigate({ name: 'connections' }),
    ...(runId === undefined ? {} : { 'show-run': () => navigate({ name: 'run', runId }) }),
  });
  const showRunUnderWay = (): void => {
    const run = about.map(runOf).find((candidate) => candidate !== undefined && !isAtRest(candidate));
    close();
    navigate(run === undefined ? { name: 'runs' } : { name: 'run', runId: run.runId });
  };
  const failedRun = failed === null ? undefined : newestRunOf(failed.exportId, runs);
  const values = { count: about.length, name: first?.name ?? '' };

  return (
    <Page
      title={intl.formatMessage({ id: 'exports.title' })}
      description={<FormattedMessage id="exports.description" />}
      actions={exports.length > 0 && role !== 'viewer' && <AddExportButton />}
    >
      <ErrorNotice
        error={start.error ?? duplicate.error}
        actions={failed === null ? {} : helpFor(failed, failedRun?.runId)}
      />
      <AttentionList
        mayManage={(exportId) => exports.some((view) => view.exportId === exportId && mayManage(view))}
        actionsFor={({ exportId, runId }) => {
          const view = exports.find((candidate) => candidate.exportId === exportId);
          return view === undefined ? {} : helpFor(view, runId ?? runOf(view)?.runId);
        }}
      />
      {exports.length === 0 ? (
        <EmptyState
          icon={<ArrowExportRegular />}
          title={intl.formatMessage({ id: 'exports.empty.title' })}
          actions={role !== 'viewer' && <AddExportButton />}
        >
          <FormattedMessage id="exports.empty.text" />
        </EmptyState>
      ) : (
        <RecordTable
          id="exports"
          label={intl.formatMessage({ id: 'exports.title' })}
          rows={exports}
          keyOf={({ exportId }) => exportId}
          nameOf={({ name }) => name}
          columns={columns}
          firstSort={{ column: 'name', descending: false }}
          minWidth={1360}
          textsOf={(view) => {
            const connection = connectionOf(view);
            const kind = connection === undefined ? '' : intl.formatMessage({ id: kindLabels[connection.kind] });
            return [view.name, connection?.displayName ?? '', kind, view.list?.name ?? '', view.updatedBy];
          }}
          actionsOf={actionsOf}
          several={role !== 'viewer'}
          beside={
            role !== 'viewer' && (
              <RunAllButton
                count={scheduled.length}
                disabled={runnable.length === 0 || start.pending}
                onRun={() => void start.run(runnable)}
              />
            )
          }
          drawnFrom={(view) => {
            const { displayName, kind, mayUse } = connectionOf(view) ?? {};
            return [
              view,
              runOf(view),
              scheduleOf.get(view.exportId),
              displayName,
              kind,
              mayUse,
              role,
              schedules.timeZone,
              schedules.systemRefresh,
            ];
          }}
          testId="export-row"
        />
      )}
      <Modal onClose={close} wide={asked?.what === 'details' && first !== undefined && runOf(first) !== undefined}>
        {asked === null || first === undefined ? null : asked.what === 'details' ? (
          <ExportDetails
            key={first.exportId}
            view={first}
            mayManage={mayManage(first)}
            actions={helpFor(first, runOf(first)?.runId)}
            onClose={close}
          />
        ) : asked.what === 'schedule' ? (
          <ScheduleDialog key={asked.exportIds.join()} views={about} onClose={close} />
        ) : (
          <ConfirmQuestion
            title={intl.formatMessage(
              { id: asked.what === 'remove' ? 'exports.remove.title' : 'exports.detach.title' },
              values,
            )}
            confirmLabel={intl.formatMessage({ id: asked.what === 'remove' ? 'action.remove' : 'exports.detach' })}
            pending={confirm.pending}
            error={confirm.error}
            errorActions={confirm.error === null ? {} : { 'show-run': showRunUnderWay }}
            onConfirm={() => void confirm.run(asked.what === 'remove' ? 'remove' : 'detach', about)}
            onCancel={close}
          >
            <FormattedMessage
              id={asked.what === 'remove' ? 'exports.remove.text' : 'connections.remove.detach-hint'}
              values={values}
            />
          </ConfirmQuestion>
        )}
      </Modal>
    </Page>
  );
}
