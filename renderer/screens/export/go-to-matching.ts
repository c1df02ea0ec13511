import type { ExportView } from '../../../preload/contract/views.ts';
import { pageUncovered } from '../../components/page-uncovered.ts';
import { goToSection } from '../../components/section.tsx';
import { reloadFields } from '../../stores/custom-fields-store.ts';
import { openExport, useDraftStore } from '../../stores/draft-store.ts';
import { askPermission } from '../../stores/ui-store.ts';

/** Shows the matching of an export, with the account's fields as they are now. */
export async function goToMatching(view: ExportView): Promise<void> {
  askPermission(null);
  reloadFields(view.connectionId);
  if (useDraftStore.getState().draft?.exportId !== view.exportId) openExport(view);
  await pageUncovered();
  goToSection('export-matching');
}
