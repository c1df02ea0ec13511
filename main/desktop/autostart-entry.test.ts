import { expect, it } from 'vitest';
import { autostartEntry } from './autostart-entry.ts';

it('starts the program wherever it lies', () => {
  const lineOf = (program: string) => autostartEntry('Segue', program, ['--hidden']).match(/^Exec=(.*)$/m)?.[1];
  expect(lineOf('/opt/Segue/segue')).toBe('"/opt/Segue/segue" --hidden');
  expect(lineOf('/home/a b/50%/$x.AppImage')).toBe('"/home/a b/50%%/\\\\$x.AppImage" --hidden');
});
