import type { KeepRules } from '../../preload/contract/views.ts';

/** For how long what is kept unless a person says otherwise. */
export const usualKeepRules: KeepRules = { rowsDays: 90, stagesDays: null, copiesDays: 90, logDays: 90 };

/** The time before which something is kept no longer; null where it is kept. */
export function keptSince(days: KeepRules[keyof KeepRules], now: number): number | null {
  return days === null ? null : now - days * 86_400_000;
}
