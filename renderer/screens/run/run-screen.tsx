import { Button, Link, makeStyles } from '@fluentui/react-components';
import { ArrowClockwiseRegular, OpenRegular, PauseRegular, PlayRegular, StopRegular } from '@fluentui/react-icons';
import { FormattedMessage, useIntl } from 'react-intl';
import type { RunView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { adopt } from '../../bridge/connect-stores.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { RunStateBadge } from '../../components/run-state-badge.tsx';
import { useAction } from '../../components/use-action.ts';
import { navigate, openExport, signInAgain } from '../../stores/draft-store.ts';
import { shownState } from '../../stores/export-state.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { mayManageRun } from '../../stores/rights.ts';
import { isActive, waitsForSignIn } from '../../stores/run-order.ts';
import { startedViaLabels } from '../../text/labels.ts';
import { useFormat } from '../../text/use-format.ts';
import { exportNow } from '../export/export-actions.ts';
import { ActivitiesSection } from './activities-section.tsx';
import { BalanceSection } from './balance-section.tsx';
import { ListSection } from './list-section.tsx';
import { ProgressSection } from './progress-section.tsx';
import { RejectedSection } from './rejected-section.tsx';
import { UnsureWaiting } from './unsure-waiting.tsx';

const useStyles = makeStyles({ stack: { display: 'flex', flexDirection: 'column', gap: '16px' } });

const signedOut = { code: 'sign-in.expired', params: {} } as const;

/** What can be done with a run, as buttons and as the error of the last one pressed. */
function useRunActions(run: RunView) {
  const view = useMirror((mirror) => mirror.exports.find((candidate) => candidate.exportId === run.exportId));
  const practice = useMirror(
    (mirror) =>
      mirror.connections.find((connection) => connection.connectionId === view?.connectionId)?.kind === 'practice',
  );
  const may = useMirror((mirror) => mayManageRun(mirror, run));
  const active = isActive(run);
  const cancel = useAction(async () => {
    await call('runs.cancel', { runId: run.runId });
  });
  const pause = useAction(async () => {
    await call('runs.pause', { runId: run.runId });
  });
  const resume = useAction(async () => {
    const name = run.state === 'paused' ? 'runs.resume' : 'runs.continue';
    adopt({ runs: [await call(name, { runId: run.runId })] });
  });
  const again = useAction(async () => {
    if (view !== undefined) await exportNow(view);
  });
  const openPage = useAction(async () => {
    const listId = view?.list?.listId;
    await call('app.openPage', {
      page: practice ? 'practice-account' : 'constant-contact-list',
      ...(listId === undefined ? {} : { listId }),
    });
  });
  const stopping = run.state === 'cancelling' || cancel.pending;
  const pausing = run.state === 'pausing' || pause.pending;
  const buttons = (
    <>
      {may && active && !stopping && (
        <Button icon={<PauseRegular />} disabledFocusable={pausing} onClick={() => void pause.run()}>
          <FormattedMessage id={pausing ? 'run.pausing' : 'run.pause'} />
        </Button>
      )}
      {may && (active || run.state === 'paused') && (
        <Button icon={<StopRegular />} disabledFocusable={stopping} onClick={() => void cancel.run()}>
          <FormattedMessage id={stopping ? 'run.stopping' : 'action.cancel'} />
        </Button>
      )}
      {may && run.canContinue && (
        <Button
          appearance="primary"
          icon={<PlayRegular />}
          disabledFocusable={resume.pending}
          onClick={() => void resume.run()}
        >
          <FormattedMessage id={run.state === 'paused' ? 'run.resume' : 'run.continue'} />
        </Button>
      )}
      {view !== undefined && (
        <Button icon={<OpenRegular />} onClick={() => void openPage.run()}>
          <FormattedMessage id={practice ? 'connections.open-practice' : 'run.open-list'} />
        </Button>
      )}
      {may &&
        !active &&
        run.state !== 'paused' &&
        view !== undefined &&
        run.parentRunId === null &&
        run.kind === 'export' && (
          <Button
            appearance={run.canContinue ? 'secondary' : 'primary'}
            icon={<ArrowClockwiseRegular />}
            disabledFocusable={again.pending}
            onClick={() => void again.run()}
          >
            <FormattedMessage id="run.export-again" />
          </Button>
        )}
    </>
  );
  const error = cancel.error ?? pause.error ?? resume.error ?? again.error ?? openPage.error;
  const retry = (): void => {
    if (cancel.error !== null) void cancel.run();
    else if (pause.error !== null) void pause.run();
    else if (resume.error !== null) void resume.run();
    else if (again.error !== null) void again.run();
    else void openPage.run();
  };
  const edit = (): void => {
    if (view !== undefined) openExport(view);
  };
  const actions = {
    'sign-in': () => signInAgain(view?.connectionId ?? null),
    'show-connections': () => navigate({ name: 'connections' }),
    'show-list': edit,
    'show-matching': edit,
    'show-plan': edit,
    'choose-files': edit,
  };
  return {
    buttons,
    actions,
    notice: <ErrorNotice error={error} actions={{ ...actions, retry }} />,
  };
}

function Run({ run }: { readonly run: RunView }) {
  const styles = useStyles();
  const format = useFormat();
  const intl = useIntl();
  const { buttons, notice, actions } = useRunActions(run);
  const may = useMirror((mirror) => mayManageRun(mirror, run));
  const active = isActive(run);
  return (
    <Page
      title={
        run.kind === 'undo' ? intl.formatMessage({ id: 'undo.heading' }, { name: run.exportName }) : run.exportName
      }
      description={
        <FormattedMessage
          id="run.description"
          values={{
            list: run.listName,
            connection: run.connectionName,
            time: format.exactTime(run.startedAt),
            person: intl.formatMessage({ id: startedViaLabels[run.startedVia] }, { person: run.startedBy }),
          }}
        />
      }
      actions={
        <>
          <RunStateBadge state={shownState(run)} waits={waitsForSignIn(run)} size="large" />
          {buttons}
        </>
      }
    >
      <div className={styles.stack}>
        <MendedRunOf run={run} />
        {notice}
        <ErrorNotice error={run.error} actions={actions} />
        <ErrorNotice error={waitsForSignIn(run) ? signedOut : null} intent="warning" actions={actions} />
        {(active || run.canContinue) && <ProgressSection run={run} />}
        <BalanceSection run={run} />
        <ListSection run={run} />
        {may && run.balance.rejected > 0 && !active && <RejectedSection run={run} />}
        {!active && <UnsureWaiting run={run} />}
        <ActivitiesSection run={run} />
      </div>
    </Page>
  );
}

/** Leads from a run over mended rows to the one that rejected them. */
function MendedRunOf({ run }: { readonly run: RunView }) {
  const format = useFormat();
  const parent = useMirror((mirror) => (run.parentRunId === null ? undefined : mirror.runs[run.parentRunId]));
  if (parent === undefined) return null;
  return (
    <span>
      <Link as="button" onClick={() => navigate({ name: 'run', runId: parent.runId })}>
        <FormattedMessage id="mended.run-of" values={{ time: format.exactTime(parent.startedAt) }} />
      </Link>
    </span>
  );
}

/** One run: how far it is, and where every single row went. */
export function RunScreen({ runId }: { readonly runId: string }) {
  const intl = useIntl();
  const run = useMirror((mirror) => mirror.runs[runId]);
  if (run !== undefined) return <Run run={run} />;
  return (
    <Page title={intl.formatMessage({ id: 'runs.title' })}>
      <EmptyState
        icon={<OpenRegular />}
        title={intl.formatMessage({ id: 'run.gone.title' })}
        actions={
          <Button onClick={() => navigate({ name: 'runs' })}>
            <FormattedMessage id="run.gone.back" />
          </Button>
        }
      >
        <FormattedMessage id="run.gone.text" />
      </EmptyState>
    </Page>
  );
}
