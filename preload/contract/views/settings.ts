import { z } from 'zod';

export const language = z.enum(['en', 'fr']);
export type Language = z.infer<typeof language>;
export const languageChoice = z.enum(['system', 'en', 'fr']);
export const themeChoice = z.enum(['system', 'light', 'dark']);

export const settingsView = z.strictObject({
  /** What the person chose. */
  languageChoice,
  themeChoice,
  /** What the choice comes to on this computer. */
  language,
  /** BCP 47 tag for numbers and dates, from the system. */
  formatLocale: z.string(),
  /** Whether the system's notifications tell what happened while the person looked elsewhere. */
  notifications: z.boolean(),
});
export type SettingsView = z.infer<typeof settingsView>;
