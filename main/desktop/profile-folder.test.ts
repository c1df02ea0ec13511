import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeProfile } from './profile-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'segue-profile-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a profile is made, and one that is there is taken', () => {
  const profile = path.join(folder, 'deep', 'profile');
  makeProfile(profile);
  makeProfile(profile);
  expect(statSync(profile).isDirectory()).toBe(true);
});

test('a file in its place is told, with its name', () => {
  const file = path.join(folder, 'a file');
  writeFileSync(file, 'kept');
  for (const profile of [file, path.join(file, 'below')]) {
    expect(() => makeProfile(profile)).toThrowError(
      expect.objectContaining({ code: 'store.folder-unusable', params: { folder: profile } }),
    );
  }
});
