/**
 * How an export sends (design.md section 5): everybody; only people who are new or changed since this export sent them to
 * this list; or that, and then takes off the list whom it put there and who is absent now.
 */
export const exportModes = ['add-and-update', 'changes-only', 'mirror'] as const;

/** More leavers than this share of the people an export put on its list make a mirror ask, unless another is chosen. */
export const usualLeaverLimitPercent = 20;
