import { expect, it } from 'vitest';
import { taskbarProgress } from './taskbar-progress.ts';

const windows = { platform: 'win32', inFront: false };

it('shows how far a run is, and nothing when there is none', () => {
  expect(taskbarProgress(null, windows)).toEqual({ value: -1, mode: 'none' });
  expect(taskbarProgress({ share: 0.4, state: 'going' }, windows)).toEqual({ value: 0.4, mode: 'normal' });
  expect(taskbarProgress({ share: 1.2, state: 'going' }, windows)).toEqual({ value: 1, mode: 'normal' });
  expect(taskbarProgress({ share: null, state: 'going' }, windows)).toEqual({ value: 2, mode: 'indeterminate' });
});

it('shows a standstill as one', () => {
  expect(taskbarProgress({ share: 0.4, state: 'resting' }, windows)).toEqual({ value: 0.4, mode: 'paused' });
  expect(taskbarProgress({ share: null, state: 'resting' }, windows)).toEqual({ value: 1, mode: 'paused' });
});

it('shows a bad end where it looks like one, to somebody who was not there', () => {
  const failed = { share: 0.4, state: 'failed' } as const;
  expect(taskbarProgress(failed, windows)).toEqual({ value: 1, mode: 'error' });
  expect(taskbarProgress(failed, { ...windows, inFront: true })).toEqual({ value: -1, mode: 'none' });
  for (const platform of ['darwin', 'linux']) {
    expect(taskbarProgress(failed, { platform, inFront: false })).toEqual({ value: -1, mode: 'none' });
  }
});
