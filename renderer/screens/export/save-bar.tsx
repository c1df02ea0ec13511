import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { SaveRegular, SendRegular } from '@fluentui/react-icons';
import { FormattedMessage, useIntl } from 'react-intl';
import type { CheckView } from '../../../preload/contract/views.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { goToSection } from '../../components/section.tsx';
import { useAction } from '../../components/use-action.ts';
import { reloadFields } from '../../stores/custom-fields-store.ts';
import { navigate, signInAgain, useDraftStore } from '../../stores/draft-store.ts';
import { blocksSaving, type EditedExport, isChanged, type Problem, problemsOf } from '../../stores/export-draft.ts';
import { currentMirror, useMirror } from '../../stores/mirror-store.ts';
import { usePlanStore } from '../../stores/plan-store.ts';
import { useProfiles } from '../../stores/profiles-store.ts';
import { isActive, newestRunOf } from '../../stores/run-order.ts';
import { askPermission, notify } from '../../stores/ui-store.ts';
import { problemLabels } from '../../text/labels.ts';
import { exportNow, guardsWait, saveDraft } from './export-actions.ts';
import { chooseFiles } from './segment-files.ts';

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', gap: '8px 16px', alignItems: 'center', justifyContent: 'space-between' },
  words: { flex: '1 1 300px', color: tokens.colorNeutralForeground2, minWidth: 0 },
  problems: { margin: 0, paddingLeft: '18px', maxHeight: '72px', overflow: 'auto' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
});

function Problems({ problems }: { readonly problems: readonly Problem[] }) {
  const intl = useIntl();
  const styles = useStyles();
  return (
    <div className={styles.words} role="status">
      <Text size={200} weight="semibold">
        <FormattedMessage id="export.problems" />
      </Text>
      <ul className={styles.problems}>
        {problems.map(({ kind, segmentName }) => (
          <li key={`${kind} ${segmentName}`}>
            <Text size={200}>{intl.formatMessage({ id: problemLabels[kind] }, { name: segmentName })}</Text>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** *Save*, which sends nothing, and *Save and run*; or what still keeps the export from running. */
export function SaveBar({ draft, check }: { readonly draft: EditedExport; readonly check: CheckView | null }) {
  const styles = useStyles();
  const segments = useMirror((mirror) => mirror.segments);
  const running = useMirror(
    (mirror) =>
      draft.exportId !== null &&
      Object.values(mirror.runs).some((run) => run.exportId === draft.exportId && isActive(run)),
  );
  const saved = useDraftStore((state) => state.saved);
  const profiles = useProfiles(draft.segments.flatMap(({ segmentId }) => segments[segmentId] ?? []));
  const problems = problemsOf(draft, segments, profiles);
  const cannotSave = problems.some(blocksSaving);
  const unchanged = draft.exportId !== null && saved !== null && !isChanged(draft, saved);

  const save = useAction(async () => {
    const view = await saveDraft();
    notify('export.saved', { name: view.name });
  });
  const run = useAction(async () => {
    const { exportId } = draft;
    const stored = unchanged ? currentMirror().exports.find((view) => view.exportId === exportId) : undefined;
    const view = stored ?? (await saveDraft());
    if (await guardsWait(view)) goToSection('export-plan');
    else await exportNow(view);
  });
  // What the plan says counts more than how many addresses are right: not everybody is sent in every mode.
  const plan = usePlanStore((state) => (state.exportId === draft.exportId && !state.pending ? state.view : null));
  const count = (unchanged ? plan?.toSend : undefined) ?? check?.counts.valid;
  const error = run.error ?? save.error;
  const showRun = (): void => {
    const newest = draft.exportId === null ? undefined : newestRunOf(draft.exportId, currentMirror().runs);
    if (newest !== undefined) navigate({ name: 'run', runId: newest.runId });
  };

  return (
    <>
      <ErrorNotice
        error={error}
        actions={{
          retry: () => void (run.error === null ? save.run() : run.run()),
          'choose-files': () => void chooseFiles(),
          'show-list': () => goToSection('export-destination'),
          'show-matching': () => {
            reloadFields(draft.connectionId);
            goToSection('export-matching');
          },
          'sign-in': () => signInAgain(draft.connectionId),
          'show-connections': () => navigate({ name: 'connections' }),
          'ask-permission': () => askPermission(draft.exportId),
          'show-run': showRun,
          'show-plan': () => goToSection('export-plan'),
        }}
      />
      <div className={styles.bar}>
        {problems.length > 0 ? (
          <Problems problems={problems} />
        ) : (
          <Text size={200} className={styles.words}>
            {count !== undefined && <FormattedMessage id="export.will-send" values={{ count }} />}{' '}
            <FormattedMessage id="export.save-sends-nothing" />
          </Text>
        )}
        <div className={styles.buttons}>
          <Button
            icon={<SaveRegular />}
            disabled={cannotSave || unchanged}
            disabledFocusable={save.pending || run.pending}
            onClick={() => void save.run()}
          >
            <FormattedMessage id="action.save" />
          </Button>
          <Button
            appearance="primary"
            icon={<SendRegular />}
            disabled={problems.length > 0 || running}
            disabledFocusable={save.pending || run.pending}
            onClick={() => void run.run()}
          >
            <FormattedMessage id={unchanged ? 'exports.export-now' : 'export.save-and-run'} />
          </Button>
        </div>
      </div>
    </>
  );
}
