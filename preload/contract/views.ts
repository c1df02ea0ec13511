// Every shape that crosses between main and the window, by what it is about.
export * from './views/audit.ts';
export * from './views/checks.ts';
export * from './views/columns.ts';
export { type PlaceToOpen, placeToOpen, wireError } from './views/common.ts';
export * from './views/connections.ts';
export * from './views/exports.ts';
export * from './views/fields.ts';
export * from './views/kept.ts';
export * from './views/people.ts';
export * from './views/plans.ts';
export * from './views/runs.ts';
export * from './views/schedules.ts';
export * from './views/segments.ts';
export * from './views/set-up.ts';
export * from './views/settings.ts';
export * from './views/snapshot.ts';
export * from './views/watches.ts';
