/** Times of day of a schedule of an export. */
export const mostScheduleTimes = 24;

/** Times of day of the system refresh (customer-insights-exports.md 3.5). */
export const mostRefreshTimes = 4;

/** Profiles that an export may have to run by itself (customer-insights-exports.md 8, 45 and 50). More is asked about. */
export const usualProfiles = 1_000_000;
