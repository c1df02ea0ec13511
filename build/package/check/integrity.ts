import { readFileSync } from 'node:fs';
import path from 'node:path';
import { NtExecutable, NtExecutableResource } from 'resedit';
import { isIntact } from '../asar-archive.ts';
import type { BuiltPackage, Finding } from './built-package.ts';

/**
 * The archive's hashes: each file is what the header says, unpacked ones too, and the header is what the executable
 * says (macOS: Info.plist, Windows: a resource; Linux has no place for it, and Electron does not look there).
 */
export function checkIntegrity(built: BuiltPackage): Finding[] {
  const finding = (what: string) => ({ check: 'integrity', what });
  const findings: Finding[] = [];
  for (const { name, integrity, unpacked } of built.archive.files.values()) {
    if (integrity === null) {
      findings.push(finding(`${name} has no hash`));
      continue;
    }
    try {
      if (!isIntact(built.archive.read(name), integrity)) findings.push(finding(`${name} is not what its hash says`));
    } catch (error) {
      // A missing native is told by the natives' check.
      if (!unpacked) findings.push(finding(error instanceof Error ? error.message : String(error)));
    }
  }
  if (built.target.system !== 'linux') {
    const embedded = embeddedHash(built);
    if (embedded !== built.archive.headerHash)
      findings.push(
        finding(`the executable vouches for ${embedded ?? 'nothing'}, not for ${built.archive.headerHash}`),
      );
  }
  return findings;
}

/** The hash that Electron compares the archive's header with, or null when there is none. */
function embeddedHash(built: BuiltPackage): string | null {
  if (built.target.system === 'mac') return hashInPlist(path.join(built.resources, '..', 'Info.plist'));
  const executable = NtExecutable.from(readFileSync(built.executable), { ignoreCert: true });
  const entry = NtExecutableResource.from(executable).entries.find(
    ({ type, id }) => type === 'INTEGRITY' && id === 'ELECTRONASAR',
  );
  if (entry === undefined) return null;
  const told = JSON.parse(Buffer.from(entry.bin).toString('utf8')) as { file: string; value: string; alg: string }[];
  return told.find(({ file }) => /^resources[\\/]app\.asar$/i.test(file))?.value ?? null;
}

/** `ElectronAsarIntegrity` of a property list in XML, as electron-builder writes it. */
export function hashInPlist(file: string): string | null {
  const text = readFileSync(file, 'utf8');
  const part = /<key>ElectronAsarIntegrity<\/key>\s*<dict>([\s\S]*?)<\/dict>\s*<\/dict>/.exec(text)?.[1] ?? '';
  const own = /<key>Resources\/app\.asar<\/key>\s*<dict>([\s\S]*)/.exec(part)?.[1] ?? '';
  return /<key>hash<\/key>\s*<string>([0-9a-f]{64})<\/string>/.exec(own)?.[1] ?? null;
}
