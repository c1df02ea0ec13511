import { describe, expect, it } from 'vitest';
import { parseStoredSettings } from './stored-settings.ts';

describe('parseStoredSettings', () => {
  it('keeps what is understood and lets the rest fall back, each by itself', () => {
    expect(
      parseStoredSettings({
        languageChoice: 'fr',
        themeChoice: 'purple',
        keep: { rowsDays: 30, logDays: 3 },
        extra: 1,
      }),
    ).toEqual({
      languageChoice: 'fr',
      themeChoice: 'system',
      formatChoice: 'system',
      memoryMb: 160,
      keep: { rowsDays: 30, stagesDays: null, copiesDays: 90, logDays: 90 },
      notifications: true,
      stayInTray: false,
      lastFolder: '',
    });
    for (const nonsense of [null, undefined, 'text', 7, []]) {
      expect(parseStoredSettings(nonsense)).toEqual({
        languageChoice: 'system',
        themeChoice: 'system',
        formatChoice: 'system',
        memoryMb: 160,
        keep: { rowsDays: 90, stagesDays: null, copiesDays: 90, logDays: 90 },
        notifications: true,
        stayInTray: false,
        lastFolder: '',
      });
    }
  });
});
