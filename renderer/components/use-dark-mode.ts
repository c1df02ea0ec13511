import { useSyncExternalStore } from 'react';
import type { SettingsView } from '../../preload/contract/views.ts';

const query = '(prefers-color-scheme: dark)';

function subscribe(changed: () => void): () => void {
  const list = window.matchMedia(query);
  list.addEventListener('change', changed);
  return () => list.removeEventListener('change', changed);
}

/** Whether the window is dark: as the person chose, else as the system is. */
export function useDarkMode(choice: SettingsView['themeChoice']): boolean {
  const systemIsDark = useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
  return choice === 'system' ? systemIsDark : choice === 'dark';
}
