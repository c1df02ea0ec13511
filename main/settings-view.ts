import type { Language, SettingsView } from '../preload/contract/views.ts';
import type { Ports, StoredSettings } from './ports.ts';

/** What the person chose, and what it comes to on this computer. `startsAtLogin` is null where Segue cannot. */
export function settingsViewOf(
  stored: StoredSettings,
  system: Ports['system'],
  startsAtLogin: boolean | null,
): SettingsView {
  const { languageChoice, themeChoice, formatChoice, notifications, stayInTray } = stored;
  const language = languageChoice === 'system' ? system.language : languageChoice;
  const formatLocale = formatChoice === 'system' ? system.formatLocale : regionalLocale(language, formatChoice);
  const atLogin = { startAtLogin: startsAtLogin === true, canStartAtLogin: startsAtLogin !== null };
  return { languageChoice, themeChoice, formatChoice, language, formatLocale, notifications, stayInTray, ...atLogin };
}

/** The language as it is written in a region, where that is known; else the language's own way. */
function regionalLocale(language: Language, region: string): string {
  const tag = `${language}-${region}`;
  return new Intl.NumberFormat(tag).resolvedOptions().locale === tag ? tag : language;
}
