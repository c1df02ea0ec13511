import type { EventPayload } from '../../preload/contract/contract.ts';
import { isModalOpen } from '../components/modal-open.ts';
import { askBeforeClosing, navigate, openNewExport } from '../stores/draft-store.ts';
import { useMirrorStore } from '../stores/mirror-store.ts';
import { showReport } from '../stores/report-store.ts';
import { openSetUp, saveSetUp } from '../stores/set-up-store.ts';
import { useUiStore } from '../stores/ui-store.ts';
import { chooseFiles } from './export/segment-files.ts';

/** Opens what a notification was about. A question that lies over the window comes first, and a run may be gone by now. */
export function goTo(place: EventPayload<'app.goTo'>['value']): void {
  const { mirror } = useMirrorStore.getState();
  if (mirror === null || isModalOpen()) return;
  const gone = place.name === 'run' && mirror.runs[place.runId] === undefined;
  navigate(gone ? { name: 'exports' } : place);
}

/** Carries out a menu item. */
export function carryOutCommand(command: EventPayload<'app.command'>['value']): void {
  // Asked over whatever else is asked: the window may not close without.
  if (command === 'ask-to-leave') {
    askBeforeClosing();
    return;
  }
  // Helps most where nothing else can be shown.
  if (command === 'save-report') {
    if (!isModalOpen()) showReport();
    return;
  }
  if (useMirrorStore.getState().mirror === null || isModalOpen()) return;
  switch (command) {
    case 'new-export':
      if (useUiStore.getState().view.name !== 'export') openNewExport();
      return;
    case 'new-connection':
      navigate({ name: 'new-connection', kind: 'constant-contact' });
      return;
    case 'choose-files':
      void chooseFiles();
      return;
    case 'show-exports':
      navigate({ name: 'exports' });
      return;
    case 'show-segments':
      navigate({ name: 'segments' });
      return;
    case 'show-connections':
      navigate({ name: 'connections' });
      return;
    case 'show-runs':
      navigate({ name: 'runs' });
      return;
    case 'save-set-up':
      void saveSetUp();
      return;
    case 'open-set-up':
      void openSetUp();
      return;
    case 'show-settings':
      navigate({ name: 'settings' });
      return;
  }
}
