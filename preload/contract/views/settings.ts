import { z } from 'zod';

export const language = z.enum(['en', 'fr']);
export type Language = z.infer<typeof language>;
export const languageChoice = z.enum(['system', 'en', 'fr']);
export const themeChoice = z.enum(['system', 'light', 'dark']);

/** The region whose way of writing numbers and dates is used: that of the system, or one by its two letters. */
export const formatChoice = z.union([z.literal('system'), z.string().regex(/^[A-Z]{2}$/)]);

export const settingsView = z.strictObject({
  /** What the person chose. */
  languageChoice,
  themeChoice,
  formatChoice,
  /** What the choice comes to on this computer. */
  language,
  /** BCP 47 tag for numbers and dates that the choice comes to. */
  formatLocale: z.string(),
  /** Whether the system's notifications tell what happened while the person looked elsewhere. */
  notifications: z.boolean(),
  /** Whether Segue stays in the tray when its window is closed. */
  stayInTray: z.boolean(),
  /** Whether Segue starts when the person signs in to the computer, and whether it could. */
  startAtLogin: z.boolean(),
  canStartAtLogin: z.boolean(),
});
export type SettingsView = z.infer<typeof settingsView>;
