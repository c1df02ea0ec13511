import { z } from 'zod';
import { languageChoice, themeChoice } from '../../preload/contract/views.ts';
import type { StoredSettings } from '../ports.ts';

/** Preferences as they lie on disk. What is missing or no longer understood falls back, each value by itself. */
const storedSettings = z.object({
  languageChoice: languageChoice.catch('system'),
  themeChoice: themeChoice.catch('system'),
  notifications: z.boolean().catch(true),
  lastFolder: z.string().max(4_096).catch(''),
});

/** Preferences out of whatever the file held. */
export function parseStoredSettings(raw: unknown): StoredSettings {
  const read = storedSettings.safeParse(raw);
  return read.success ? read.data : storedSettings.parse({});
}
