import type { ExportMode, HoldReason, PlanGroup, StayReason } from '../../../preload/contract/views.ts';

/**
 * Where a contact of a plan stands, as the column `stands` holds it. Below {@link firstKept} it is sent. `not-compared`: all
 * are sent whatever the ledger says, which was not asked.
 */
export const stands = {
  new: 0,
  changed: 1,
  same: 2,
  unconfirmed: 3,
  'not-compared': 4,
  unchanged: 10,
  'opted-out': 11,
  'never-mail': 12,
} as const;
export type Stands = keyof typeof stands;

/** The first number of contacts that are not sent. */
export const firstKept = 10;

/** Why people who are absent are not taken off: the one at place n has number n + 1. Where several hold, one is named. */
export const stayReasons: readonly StayReason[] = ['rejected-row', 'other-export', 'unconfirmed', 'listed-otherwise'];

/** Held back by reason. */
export const holdStands: Readonly<Record<HoldReason, number>> = {
  'opted-out': stands['opted-out'],
  'never-mail': stands['never-mail'],
};

/** Numbers of the groups that are lists of contacts. */
export const groupStands: Readonly<Partial<Record<PlanGroup, readonly number[]>>> = {
  new: [stands.new],
  changed: [stands.changed],
  same: [stands.same],
  unconfirmed: [stands.unconfirmed],
  unchanged: [stands.unchanged],
  heldBack: Object.values(holdStands),
};

/** SQL of where a contact stands, from `held.stands` and the row of `known` with its address, if there are such tables. */
export function standsSql(
  mode: ExportMode,
  has: { readonly known: boolean; readonly held: boolean },
  hash: string,
): string {
  const same = mode === 'add-and-update' ? stands.same : stands.unchanged;
  const compared = has.known
    ? `CASE WHEN known.email IS NULL THEN ${stands.new}
        WHEN known.unconfirmed THEN ${stands.unconfirmed}
        WHEN known.content_hash <> ${hash} THEN ${stands.changed}
        ELSE ${same} END`
    : String(mode === 'add-and-update' ? stands['not-compared'] : stands.new);
  return has.held ? `coalesce(held.stands, ${compared})` : compared;
}
