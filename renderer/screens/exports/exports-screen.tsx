import {
  Button,
  makeStyles,
  Table,
  TableBody,
  TableHeader,
  TableHeaderCell,
  TableRow,
  tokens,
} from '@fluentui/react-components';
import { AddRegular, ArrowExportRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ExportView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { ConfirmQuestion } from '../../components/confirm-question.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Modal } from '../../components/modal.tsx';
import { Page } from '../../components/page.tsx';
import { useAction } from '../../components/use-action.ts';
import { navigate, openExport, openNewExport, signInAgain } from '../../stores/draft-store.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { newestRunOf } from '../../stores/run-order.ts';
import { notify } from '../../stores/ui-store.ts';
import { exportNow } from '../export/export-actions.ts';
import { ExportRow } from './export-row.tsx';

const useStyles = makeStyles({
  scroll: {
    overflowX: 'auto',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  table: { minWidth: '780px' },
  status: { width: '228px' },
  refreshed: { width: '104px' },
  actions: { width: '250px' },
  headButton: { justifyContent: 'flex-end' },
});

function AddExportButton() {
  return (
    <Button appearance="primary" icon={<AddRegular />} onClick={() => openNewExport()}>
      <FormattedMessage id="exports.add" />
    </Button>
  );
}

/** Home: every export, what became of its last run, and *Export now*. */
export function ExportsScreen() {
  const intl = useIntl();
  const styles = useStyles();
  const exports = useMirror((mirror) => mirror.exports);
  const connections = useMirror((mirror) => mirror.connections);
  const runs = useMirror((mirror) => mirror.runs);
  const [removing, setRemoving] = useState<ExportView | null>(null);
  const [failed, setFailed] = useState<ExportView | null>(null);
  const remove = useAction(async (view: ExportView) => {
    await call('exports.remove', { exportId: view.exportId });
    setRemoving(null);
    notify('exports.removed', { name: view.name });
  });
  const start = useAction(async (view: ExportView) => {
    setFailed(view);
    await exportNow(view);
  });
  const sorted = [...exports].sort((a, b) => a.name.localeCompare(b.name, intl.locale));
  const failedRun = failed === null ? undefined : newestRunOf(failed.exportId, runs);

  return (
    <Page
      title={intl.formatMessage({ id: 'exports.title' })}
      description={<FormattedMessage id="exports.description" />}
      actions={exports.length > 0 && <AddExportButton />}
    >
      <ErrorNotice
        error={start.error}
        actions={
          failed === null
            ? {}
            : {
                retry: () => void start.run(failed),
                'sign-in': () => signInAgain(failed.connectionId),
                'show-list': () => openExport(failed),
                'show-matching': () => openExport(failed),
                'choose-files': () => openExport(failed),
                'show-connections': () => navigate({ name: 'connections' }),
                ...(failedRun === undefined
                  ? {}
                  : { 'show-run': () => navigate({ name: 'run', runId: failedRun.runId }) }),
              }
        }
      />
      {sorted.length === 0 ? (
        <EmptyState
          icon={<ArrowExportRegular />}
          title={intl.formatMessage({ id: 'exports.empty.title' })}
          actions={<AddExportButton />}
        >
          <FormattedMessage id="exports.empty.text" />
        </EmptyState>
      ) : (
        <div className={styles.scroll}>
          <Table aria-label={intl.formatMessage({ id: 'exports.title' })} className={styles.table}>
            <TableHeader>
              <TableRow>
                <TableHeaderCell>
                  <FormattedMessage id="exports.column.name" />
                </TableHeaderCell>
                <TableHeaderCell className={styles.status}>
                  <FormattedMessage id="exports.column.status" />
                </TableHeaderCell>
                <TableHeaderCell className={styles.refreshed}>
                  <FormattedMessage id="exports.column.refreshed" />
                </TableHeaderCell>
                <TableHeaderCell className={styles.actions} button={{ className: styles.headButton }}>
                  <FormattedMessage id="column.actions" />
                </TableHeaderCell>
              </TableRow>
            </TableHeader>
            <TableBody>
              {sorted.map((view) => (
                <ExportRow
                  key={view.exportId}
                  view={view}
                  connection={connections.find((connection) => connection.connectionId === view.connectionId)}
                  run={newestRunOf(view.exportId, runs) ?? view.lastRun ?? undefined}
                  starting={start.pending}
                  onExportNow={() => void start.run(view)}
                  onRemove={() => {
                    remove.clear();
                    setRemoving(view);
                  }}
                />
              ))}
            </TableBody>
          </Table>
        </div>
      )}
      <Modal onClose={() => setRemoving(null)}>
        {removing !== null ? (
          <ConfirmQuestion
            title={intl.formatMessage({ id: 'exports.remove.title' }, { name: removing.name })}
            confirmLabel={intl.formatMessage({ id: 'action.remove' })}
            pending={remove.pending}
            error={remove.error}
            onConfirm={() => void remove.run(removing)}
            onCancel={() => setRemoving(null)}
          >
            <FormattedMessage id="exports.remove.text" />
          </ConfirmQuestion>
        ) : null}
      </Modal>
    </Page>
  );
}
