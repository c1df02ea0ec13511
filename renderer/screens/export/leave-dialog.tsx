import { Button, DialogActions, DialogBody, DialogContent, DialogTitle } from '@fluentui/react-components';
import { FormattedMessage } from 'react-intl';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Modal } from '../../components/modal.tsx';
import { useAction } from '../../components/use-action.ts';
import { leaveWithoutSaving, stayHere, useDraftStore } from '../../stores/draft-store.ts';
import { blocksSaving, problemsOf } from '../../stores/export-draft.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { useUiStore } from '../../stores/ui-store.ts';
import { saveDraft } from './export-actions.ts';

function LeaveQuestion() {
  const segments = useMirror((mirror) => mirror.segments);
  const draft = useDraftStore((state) => state.draft);
  const canSave = draft !== null && !problemsOf(draft, segments).some(blocksSaving);
  const save = useAction(async () => {
    await saveDraft();
    leaveWithoutSaving();
  });
  return (
    <DialogBody>
      <DialogTitle>
        <FormattedMessage id="leave.title" />
      </DialogTitle>
      <DialogContent>
        <FormattedMessage id="leave.text" />
        <ErrorNotice error={save.error} />
      </DialogContent>
      <DialogActions fluid>
        {canSave && (
          <Button appearance="primary" disabledFocusable={save.pending} onClick={() => void save.run()}>
            <FormattedMessage id="leave.save" />
          </Button>
        )}
        <Button onClick={leaveWithoutSaving}>
          <FormattedMessage id="leave.discard" />
        </Button>
        <Button onClick={stayHere}>
          <FormattedMessage id="leave.stay" />
        </Button>
      </DialogActions>
    </DialogBody>
  );
}

/** Asked when an export with unsaved changes is left. */
export function LeaveDialog() {
  const asking = useUiStore((state) => state.pendingView !== null);
  return <Modal onClose={stayHere}>{asking ? <LeaveQuestion /> : null}</Modal>;
}
