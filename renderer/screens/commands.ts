import type { EventPayload } from '../../preload/contract/contract.ts';
import { isModalOpen } from '../components/modal-open.ts';
import { askBeforeClosing, navigate, openNewExport } from '../stores/draft-store.ts';
import { useMirrorStore } from '../stores/mirror-store.ts';
import { useUiStore } from '../stores/ui-store.ts';
import { chooseFiles } from './export/segment-files.ts';

/** Carries out a menu item. */
export function carryOutCommand(command: EventPayload<'app.command'>['value']): void {
  // Asked over whatever else is asked: the window may not close without.
  if (command === 'ask-to-leave') {
    askBeforeClosing();
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
    case 'show-connections':
      navigate({ name: 'connections' });
      return;
    case 'show-settings':
      navigate({ name: 'settings' });
      return;
  }
}
