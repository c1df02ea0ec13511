import { z } from 'zod';
import { formatChoice, keepDays, languageChoice, memoryMb, themeChoice } from '../../preload/contract/views.ts';
import { usualKeepRules } from '../kept/keep-rules.ts';
import type { StoredSettings } from '../ports.ts';
import { segmentMemoryMb } from '../segments/engine-memory.ts';

/** Preferences as they lie on disk. What is missing or no longer understood falls back, each value by itself. */
const storedSettings = z.object({
  languageChoice: languageChoice.catch('system'),
  themeChoice: themeChoice.catch('system'),
  formatChoice: formatChoice.catch('system'),
  memoryMb: memoryMb.catch(segmentMemoryMb),
  keep: z
    .object({
      rowsDays: keepDays.catch(usualKeepRules.rowsDays),
      stagesDays: keepDays.catch(usualKeepRules.stagesDays),
      copiesDays: keepDays.catch(usualKeepRules.copiesDays),
      logDays: keepDays.catch(usualKeepRules.logDays),
    })
    .catch({ ...usualKeepRules }),
  notifications: z.boolean().catch(true),
  stayInTray: z.boolean().catch(false),
  lastFolder: z.string().max(4_096).catch(''),
});

/** Preferences out of whatever the file held. */
export function parseStoredSettings(raw: unknown): StoredSettings {
  const read = storedSettings.safeParse(raw);
  return read.success ? read.data : storedSettings.parse({});
}
