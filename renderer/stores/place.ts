import { call } from '../bridge/client.ts';
import { hasUnsavedChanges, useDraftStore } from './draft-store.ts';
import { currentMirror } from './mirror-store.ts';
import { useUiStore, type View, warn } from './ui-store.ts';

/** How long a place must stand before main is told of it. What is unsaved is told at once. */
const settledMs = 300;

type Draft = ReturnType<typeof useDraftStore.getState>;

interface Place extends Draft {
  readonly view: View;
}

/** From now on main knows where the window is and whether something is unsaved. What main cannot be told does no harm. */
export function keepPlace(): void {
  let told = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    clearTimeout(timer);
    told = hasUnsavedChanges();
    const place: Place = { view: useUiStore.getState().view, ...useDraftStore.getState() };
    void call('app.keepPlace', { unsaved: told, place: JSON.stringify(place) }).catch(() => undefined);
  };
  const changed = (): void => {
    clearTimeout(timer);
    if (hasUnsavedChanges() !== told) tell();
    else timer = setTimeout(tell, settledMs);
  };
  useDraftStore.subscribe(changed);
  useUiStore.subscribe((now, before) => now.view !== before.view && changed());
  tell();
}

/** Goes back to where the page before this one was, with what was being edited there. */
export function restorePlace({ place, crashed }: { readonly place: string | null; readonly crashed: boolean }): void {
  const read = place === null ? null : (JSON.parse(place) as Place);
  if (read !== null) {
    const { view, ...draft } = read;
    useDraftStore.setState(draft);
    useUiStore.setState({ view: isThere(view, draft) ? view : { name: 'exports' } });
  }
  if (crashed) warn('notice.page-crashed');
}

function isThere(view: View, { draft }: Draft): boolean {
  // What was being filled in there is not kept over a crash; its segments stay in the library.
  if (view.name === 'many-exports') return false;
  if (view.name === 'run') return currentMirror().runs[view.runId] !== undefined;
  return view.name !== 'export' || draft !== null;
}
