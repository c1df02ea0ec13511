import { create } from 'zustand';
import type { ConnectionKind } from '../../preload/contract/views.ts';
import type { MessageKey } from '../text/messages.ts';

/** Where the window is. Ids only, never views: those come from the mirror. */
export type View =
  | { readonly name: 'exports' }
  | { readonly name: 'segments' }
  | { readonly name: 'connections' }
  | { readonly name: 'runs' }
  | { readonly name: 'settings' }
  /** Who changed what. */
  | { readonly name: 'changes' }
  | { readonly name: 'new-connection'; readonly kind: ConnectionKind }
  /** `back` is where the person came from, and goes when it is done. */
  | { readonly name: 'sign-in-again'; readonly connectionId: string; readonly back: View }
  | { readonly name: 'export' }
  /** An export that the person may look at only. */
  | { readonly name: 'view-export'; readonly exportId: string }
  /** Several segments that become an export each. */
  | { readonly name: 'many-exports' }
  | { readonly name: 'run'; readonly runId: string };

/** A sentence that stays until the next one: what has just been done. */
export interface Notice {
  readonly id: MessageKey;
  readonly values: Readonly<Record<string, string | number>>;
  /** What takes it back, or goes on from it; once. */
  readonly action?: { readonly label: MessageKey; readonly act: () => void };
  /** `warning` for what did not go as it should; success when absent. */
  readonly intent?: 'warning';
}

interface UiState {
  readonly view: View;
  /**
   * Where the window goes once the person has decided about unsaved changes; `closed` when it is to close, `locked` when
   * somebody else is to come in.
   */
  readonly pendingView: View | 'closed' | 'locked' | null;
  readonly notice: Notice | null;
  /** The part of the settings that was gone to last, by its anchor. */
  readonly settingsPart: string | null;
  /** The saved export whose first send waits for the agreement that its people may be mailed. */
  readonly permissionExportId: string | null;
  /** The saved export with uncommonly many profiles, about whose run the person is asked. */
  readonly largeExportId: string | null;
}

export const useUiStore = create<UiState>(() => ({
  view: { name: 'exports' },
  pendingView: null,
  notice: null,
  settingsPart: null,
  permissionExportId: null,
  largeExportId: null,
}));

/** Goes to a view at once, whatever is unsaved. */
export function show(view: View, notice: Notice | null = null): void {
  useUiStore.setState({ view, pendingView: null, notice });
}

export function notify(id: MessageKey, values: Notice['values'] = {}, action?: Notice['action']): void {
  useUiStore.setState({ notice: { id, values, ...(action === undefined ? {} : { action }) } });
}

export function warn(id: MessageKey, action?: Notice['action']): void {
  useUiStore.setState({ notice: { id, values: {}, intent: 'warning', ...(action === undefined ? {} : { action }) } });
}

/** The settings open at this part from now on. */
export function rememberSettingsPart(anchor: string): void {
  useUiStore.setState({ settingsPart: anchor });
}

export function dismissNotice(): void {
  useUiStore.setState({ notice: null });
}

export function askPermission(exportId: string | null): void {
  useUiStore.setState({ permissionExportId: exportId });
}

export function askAboutSize(exportId: string | null): void {
  useUiStore.setState({ largeExportId: exportId });
}
