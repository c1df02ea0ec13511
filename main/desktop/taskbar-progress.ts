import type { ShownProgress } from '../ports.ts';

/** What `BrowserWindow.setProgressBar` is given: a share, -1 for none, 2 for one that is not known. */
export interface ProgressBar {
  readonly value: number;
  readonly mode: Electron.ProgressBarOptions['mode'];
}

/**
 * What the taskbar or dock shows. Only Windows has colours for standing still and for a bad end; elsewhere the one looks
 * like going on, and the other, which would look like success, is not shown. Nor is it to somebody who is `inFront`.
 */
export function taskbarProgress(
  progress: ShownProgress | null,
  { platform, inFront }: { readonly platform: string; readonly inFront: boolean },
): ProgressBar {
  const none = { value: -1, mode: 'none' } as const;
  if (progress === null) return none;
  if (progress.state === 'failed') return platform === 'win32' && !inFront ? { value: 1, mode: 'error' } : none;
  const mode = progress.state === 'resting' ? 'paused' : 'normal';
  // Paused and of no known length is none of the bars there are.
  if (progress.share === null) return mode === 'paused' ? { value: 1, mode } : { value: 2, mode: 'indeterminate' };
  return { value: Math.min(Math.max(progress.share, 0), 1), mode };
}
