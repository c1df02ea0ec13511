import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { readWindowState, writeWindowState } from './window-state.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'segue-window-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('remembers, and forgets what it does not understand', () => {
  const file = path.join(folder, 'window.json');
  expect(readWindowState(file)).toBeNull();
  const state = { x: 1, y: 2, width: 1000, height: 700, shape: 'maximized' } as const;
  writeWindowState(file, state);
  expect(readWindowState(file)).toEqual(state);
  writeFileSync(file, '{"x":1,"y":2,"width":1000,"height":700}');
  expect(readWindowState(file)).toEqual({ ...state, shape: 'normal' });
  writeFileSync(file, '{"x":"far"}');
  expect(readWindowState(file)).toBeNull();
  expect(() => writeWindowState(path.join(folder, 'no', 'folder.json'), state)).not.toThrow();
});
