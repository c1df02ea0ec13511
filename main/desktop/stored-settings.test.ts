import { describe, expect, it } from 'vitest';
import { parseStoredSettings } from './stored-settings.ts';

describe('parseStoredSettings', () => {
  it('keeps what is understood and lets the rest fall back, each by itself', () => {
    expect(parseStoredSettings({ languageChoice: 'fr', themeChoice: 'purple', extra: 1 })).toEqual({
      languageChoice: 'fr',
      themeChoice: 'system',
      notifications: true,
      stayInTray: false,
      lastFolder: '',
    });
    for (const nonsense of [null, undefined, 'text', 7, []]) {
      expect(parseStoredSettings(nonsense)).toEqual({
        languageChoice: 'system',
        themeChoice: 'system',
        notifications: true,
      stayInTray: false,
        lastFolder: '',
      });
    }
  });
});
