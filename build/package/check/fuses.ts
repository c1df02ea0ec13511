import type { BuiltPackage, Finding } from './built-package.ts';
import { type FuseName, type FuseState, readFuses } from './fuse-wire.ts';

/** How our fuses are to be, and why: electron-facts.md 2.3. */
const wanted: Readonly<Record<FuseName, FuseState>> = {
  RunAsNode: 'off',
  EnableCookieEncryption: 'on',
  EnableNodeOptionsEnvironmentVariable: 'off',
  EnableNodeCliInspectArguments: 'off',
  EnableEmbeddedAsarIntegrityValidation: 'on',
  OnlyLoadAppFromAsar: 'on',
  LoadBrowserProcessSpecificV8Snapshot: 'off',
  GrantFileProtocolExtraPrivileges: 'off',
  WasmTrapHandlers: 'on',
};

/** The fuses, read back from the binary, in every wire it has. */
export function checkFuses(built: BuiltPackage): Finding[] {
  const finding = (what: string) => ({ check: 'fuses', what });
  try {
    return readFuses(built.fused).flatMap((wire) =>
      Object.entries(wanted)
        .filter(([name, state]) => wire.get(name as FuseName) !== state)
        .map(([name, state]) => finding(`${name} is ${wire.get(name as FuseName) ?? 'not there'}, not ${state}`)),
    );
  } catch (error) {
    return [finding(error instanceof Error ? error.message : String(error))];
  }
}
