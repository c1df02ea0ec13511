import { type BuiltPackage, type Finding, openPackage } from './built-package.ts';
import { checkContents } from './contents.ts';
import { checkFuses } from './fuses.ts';
import { checkIdentity } from './identity.ts';
import { checkIntegrity } from './integrity.ts';
import { checkLeftovers } from './leftovers.ts';
import { checkLicences } from './licences.ts';
import { checkNatives } from './natives.ts';
import { checkPreload } from './preload.ts';
import { checkSize } from './size.ts';

/** Names of the checks, in the order they are told. */
export const checks = [
  'contents',
  'preload',
  'natives',
  'fuses',
  'integrity',
  'identity',
  'leftovers',
  'licences',
  'size',
] as const;

/**
 * Everything that can be proved about a built folder without running it (electron-facts.md 4.5, 9). `release` wants a
 * package for people: with Electron's own runtime in it. Throws where there is no package to look at.
 */
export function checkPackage(
  folder: string,
  options: { readonly release: boolean },
): { built: BuiltPackage; findings: readonly Finding[] } {
  const built = openPackage(folder);
  return {
    built,
    findings: [
      ...checkContents(built),
      ...checkPreload(built),
      ...checkNatives(built),
      ...checkFuses(built),
      ...checkIntegrity(built),
      ...checkIdentity(built),
      ...checkLeftovers(built, options),
      ...checkLicences(built),
      ...checkSize(built),
    ],
  };
}
