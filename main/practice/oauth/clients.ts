import { type PracticeSettings, practiceClientId } from '../settings.ts';
import { isUuid } from '../state/ids.ts';

/** Scopes the sign-in page knows (constant-contact-v3.md 2.6). */
export const knownScopes = [
  'contact_data',
  'campaign_data',
  'account_read',
  'account_update',
  'offline_access',
] as const;

/** Whether an API key is registered here. */
export function isKnownClient(clientId: string, settings: PracticeSettings): boolean {
  if (clientId === practiceClientId) return true;
  return settings.clientIds === null ? isUuid(clientId) : settings.clientIds.includes(clientId);
}

/** The scopes of a request, or null when one is unknown or none is asked for. */
export function readScopes(scope: string | null): string[] | null {
  const scopes = (scope ?? '').split(' ').filter((part) => part !== '');
  if (scopes.length === 0) return null;
  return scopes.every((part) => knownScopes.some((known) => known === part)) ? scopes : null;
}
