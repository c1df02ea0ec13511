/** `real` keeps the documented limits and takes time over activities; `full-speed` drops both, for tests and measurements. */
export type Pace = 'real' | 'full-speed';

/** Who signs in: Account Owner and Account Manager may do everything, a Campaign Creator cannot touch contacts (2.6). */
export const practiceRoles = ['owner', 'manager', 'campaign-creator'] as const;
export type PracticeRole = (typeof practiceRoles)[number];

/** The API key every practice account knows; any other UUID is taken too unless `clientIds` names the accepted ones. */
export const practiceClientId = '5e60e000-4c1f-4e0a-9d3b-70726163746e';

/** The redirect addresses the three fixed ports of Segue are registered with (constant-contact-v3.md 2.3). */
export const registeredRedirects: readonly string[] = [53682, 53683, 53684].map(
  (port) => `http://localhost:${port}/callback`,
);

/** What can be turned while the practice account runs. Times are milliseconds unless the name says otherwise. */
export interface PracticeSettings {
  pace: Pace;
  /** Over 4 MB or 40,000 rows: `true` answers 400, `false` silently drops what is over, as the documents say (6.2). */
  strict: boolean;
  /** Longest address in characters: 80, or 50 as the JSON import's schema has it (5.2). */
  addressLimit: number;
  accessTokenSeconds: number;
  /** How long a refresh token still works after it was used once (2.7). */
  refreshGraceSeconds: number;
  refreshTokens: 'rotating' | 'long-lived';
  /** Per API key, sliding second. */
  requestsPerSecond: number;
  /** Per API key and UTC day. */
  requestsPerDay: number;
  queuedActivities: number;
  /** Rows of one activity a second at real pace (6.5). */
  rowsPerSecond: number;
  /** How long an activity stays `initialized` at least, at real pace. */
  initializedFor: number;
  /** Activities worked on at the same time. */
  parallelActivities: number;
  /** API keys known to the sign-in page; null takes anything that looks like a UUID. */
  clientIds: readonly string[] | null;
  redirectUris: readonly string[];
}

/** The settings of a new practice account at the given pace. */
export function defaultSettings(pace: Pace): PracticeSettings {
  return {
    pace,
    strict: false,
    addressLimit: 80,
    accessTokenSeconds: 86_400,
    refreshGraceSeconds: 30,
    refreshTokens: 'rotating',
    requestsPerSecond: 4,
    requestsPerDay: 10_000,
    queuedActivities: 1_000,
    rowsPerSecond: 4_000,
    initializedFor: 500,
    parallelActivities: 2,
    clientIds: null,
    redirectUris: registeredRedirects,
  };
}
