import path from 'node:path';
import type { Configuration } from 'electron-builder';
import { duckdbPackage, type System, sqliteBinary, type Target } from './targets.ts';

/** Read by Windows from main/index.ts too (`app.setAppUserModelId`): the two must be the same. */
export const appId = 'io.github.segue.Segue';

/** Languages of Electron's own words that are kept; Segue's own are in its catalogue. */
const languages = ['en-US', 'en-GB', 'fr', 'fr-CA', 'fr-FR', 'en', 'en_US', 'en_GB', 'fr_CA'];

/** What a run-time package holds beside what it needs at run time. */
const leftOut = [
  '!node_modules/better-sqlite3/{deps,src,binding.gyp}',
  '!node_modules/better-sqlite3/lib/{darwin,linux,linuxmusl,win32}-*.js',
  '!node_modules/node-addon-api',
  '!node_modules/**/*.{md,map,ts,mts,cts,tsbuildinfo}',
];

/** Documents that Segue can be opened with; never by default. */
const documents = [
  { ext: ['csv', 'tsv'], name: 'Comma-separated segment' },
  { ext: ['xlsx'], name: 'Workbook' },
  { ext: ['ndjson', 'jsonl', 'json'], name: 'JSON segment' },
  { ext: ['parquet'], name: 'Parquet segment' },
];

const mimeTypes = [
  'text/csv',
  'text/tab-separated-values',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/json',
  'application/x-ndjson',
  'application/vnd.apache.parquet',
];

/** Binaries of other systems and processors, which npm or the packages bring along. */
function foreignNatives(target: Target): string[] {
  return [
    `!node_modules/better-sqlite3/prebuilds/!(${sqliteBinary(target)})`,
    `!node_modules/@duckdb/node-bindings-!(${duckdbPackage(target).slice('@duckdb/node-bindings-'.length)})`,
    `!node_modules/@duckdb/node-bindings-!(${duckdbPackage(target).slice('@duckdb/node-bindings-'.length)})/**`,
  ];
}

/**
 * electron-builder's configuration for one target. `electronDist` is the folder of a runtime, or null to have it fetched.
 * Signing and notarizing need nothing but their environment variables (docs/release-checklist.md); `SEGUE_RELEASE=1`
 * refuses to make anything unsigned; `SEGUE_HOMEPAGE` and `SEGUE_MAINTAINER` say where releases are and who makes them.
 */
export function builderConfig(
  target: Target,
  options: {
    readonly projectRoot: string;
    readonly output: string;
    readonly electronDist: string | null;
    readonly electronVersion: string;
    readonly env: Readonly<Record<string, string | undefined>>;
  },
): Configuration {
  const { env, projectRoot } = options;
  const homepage = env.SEGUE_HOMEPAGE;
  const icons = path.join(projectRoot, 'build', 'icons');
  return {
    appId,
    productName: 'Segue',
    copyright: 'MIT licence',
    directories: { output: options.output, buildResources: path.join(projectRoot, 'build', 'package') },
    // One folder name per target, so that both processors' folders can lie side by side.
    artifactName: `Segue-\${version}-\${os}-\${arch}.\${ext}`,
    files: ['out/{main,preload,renderer}/**', 'package.json', ...leftOut, ...foreignNatives(target)],
    extraResources: [{ from: path.join(projectRoot, 'out', 'licences.txt'), to: 'licences.txt' }],
    extraMetadata: homepage === undefined ? {} : { homepage },
    asar: { smartUnpack: false },
    // DuckDB's library must lie beside its addon, outside the archive (electron-facts.md 4.3).
    asarUnpack: ['**/*.{node,so,dylib,dll}'],
    npmRebuild: false,
    nodeGypRebuild: false,
    buildDependenciesFromSource: false,
    ...(options.electronDist === null ? {} : { electronDist: options.electronDist }),
    electronVersion: options.electronVersion,
    electronLanguages: languages,
    electronFuses: {
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
      resetAdHocDarwinSignature: target.system === 'mac' && target.processor === 'arm64',
    },
    // No server of ours: nothing is published, and no update feed is written into the package.
    publish: null,
    forceCodeSigning: env.SEGUE_RELEASE === '1' && target.system !== 'linux',
    toolsets: { appimage: '1.0.3' },
    mac: {
      icon: path.join(icons, 'icon.icns'),
      category: 'public.app-category.business',
      minimumSystemVersion: '13.0',
      darkModeSupport: true,
      hardenedRuntime: true,
      gatekeeperAssess: false,
      entitlements: path.join(projectRoot, 'build', 'package', 'entitlements.mac.plist'),
      entitlementsInherit: path.join(projectRoot, 'build', 'package', 'entitlements.mac.plist'),
      notarize: Boolean(env.APPLE_API_KEY || env.APPLE_ID || env.APPLE_KEYCHAIN_PROFILE),
      fileAssociations: documents.map((document) => ({ ...document, role: 'Viewer', rank: 'Alternate' })),
    },
    win: {
      icon: path.join(icons, 'icon.ico'),
      signExecutable: Boolean(env.WIN_CSC_LINK || env.CSC_LINK || env.AZURE_TENANT_ID),
      ...azureSigning(env),
    },
    nsis: {
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
      deleteAppDataOnUninstall: false,
      // The installer of electron-builder would make Segue the default for its documents; ours only offers it.
      include: path.join(projectRoot, 'build', 'package', 'open-with.nsh'),
      installerLanguages: ['en_US', 'fr_FR'],
    },
    linux: {
      icon: path.join(icons, 'png'),
      executableName: 'segue',
      syncDesktopName: true,
      category: 'Office',
      synopsis: 'Exports customer segments to Constant Contact',
      mimeTypes,
      ...(env.SEGUE_MAINTAINER === undefined ? {} : { maintainer: env.SEGUE_MAINTAINER }),
      desktop: {
        entry: {
          'Comment[fr]': 'Exporte des segments de clients vers Constant Contact',
          StartupNotify: 'true',
        },
      },
    },
  };
}

function azureSigning(env: Readonly<Record<string, string | undefined>>): NonNullable<Configuration['win']> {
  const { AZURE_TENANT_ID, SEGUE_AZURE_ENDPOINT, SEGUE_AZURE_ACCOUNT, SEGUE_AZURE_PROFILE, SEGUE_PUBLISHER } = env;
  if (!AZURE_TENANT_ID || !SEGUE_AZURE_ENDPOINT || !SEGUE_AZURE_ACCOUNT || !SEGUE_AZURE_PROFILE || !SEGUE_PUBLISHER)
    return {};
  return {
    azureSignOptions: {
      publisherName: SEGUE_PUBLISHER,
      endpoint: SEGUE_AZURE_ENDPOINT,
      codeSigningAccountName: SEGUE_AZURE_ACCOUNT,
      certificateProfileName: SEGUE_AZURE_PROFILE,
    },
  };
}

/** What is made for people on each system (design of the release: docs/release-checklist.md). */
export const installers: Readonly<Record<System, readonly string[]>> = {
  linux: ['AppImage', 'deb'],
  mac: ['dmg', 'zip'],
  win: ['nsis'],
};
