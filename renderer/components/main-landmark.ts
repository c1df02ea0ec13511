import { useSyncExternalStore } from 'react';

const never = () => () => undefined;
const find = (): HTMLElement | null => document.querySelector('main');

/**
 * Where lists and menus that open over the page are put: inside the page's main landmark, so that screen readers find
 * them there and not outside of everything. Null until the landmark is drawn.
 */
export function useMainLandmark(): HTMLElement | null {
  return useSyncExternalStore(never, find);
}
