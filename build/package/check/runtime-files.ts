import type { System } from '../targets.ts';

/** Electron's licences, renamed or kept by electron-builder, and the mark of its version. */
const common = [/^LICENSE\.electron\.txt$/, /^LICENSES\.chromium\.html$/, /^version$/];

const locale = '(en-GB|en-US|fr)';

/**
 * What Electron 45's own folder holds, by system. A new major may add a file: then look at what it is, and list it.
 */
const files: Readonly<Record<System, readonly RegExp[]>> = {
  linux: [
    ...common,
    /^segue$/,
    /^chrome-sandbox$/,
    /^chrome_crashpad_handler$/,
    /^chrome_(100|200)_percent\.pak$/,
    /^resources\.pak$/,
    /^icudtl\.dat$/,
    /^(snapshot_blob|v8_context_snapshot)\.bin$/,
    /^lib(EGL|GLESv2|ffmpeg|vk_swiftshader)\.so$/,
    /^libvulkan\.so\.1$/,
    /^vk_swiftshader_icd\.json$/,
    new RegExp(`^locales/${locale}\\.pak$`),
    // AppArmor's profile, for the deb (electron-facts.md 4.4).
    /^resources\/apparmor-profile$/,
    /^resources\/package-type$/,
  ],
  win: [
    ...common,
    /^Segue\.exe$/,
    /^chrome_(100|200)_percent\.pak$/,
    /^resources\.pak$/,
    /^icudtl\.dat$/,
    /^(snapshot_blob|v8_context_snapshot)\.bin$/,
    /^(d3dcompiler_47|dxcompiler|dxil|ffmpeg|libEGL|libGLESv2|vk_swiftshader|vulkan-1)\.dll$/,
    /^vk_swiftshader_icd\.json$/,
    new RegExp(`^locales/${locale}\\.pak$`),
    /^resources\/elevate\.exe$/,
  ],
  mac: [
    ...common,
    /^Segue\.app\/Contents\/(Info\.plist|PkgInfo|CodeResources|_CodeSignature\/CodeResources)$/,
    /^Segue\.app\/Contents\/MacOS\/Segue$/,
    /^Segue\.app\/Contents\/Resources\/(icon|electron)\.icns$/,
    /^Segue\.app\/Contents\/Resources\/(LICENSE\.electron\.txt|LICENSES\.chromium\.html)$/,
    /^Segue\.app\/Contents\/Resources\/(en|en_GB|fr|fr_CA)\.lproj\//,
    /^Segue\.app\/Contents\/Frameworks\/(Electron Framework|Mantle|ReactiveObjC|Squirrel)\.framework\//,
    /^Segue\.app\/Contents\/Frameworks\/Segue Helper( \((GPU|Plugin|Renderer)\))?\.app\/Contents\//,
  ],
};

/** Whether a file of a built folder is Electron's own, by its path relative to the folder. */
export function belongsToRuntime(name: string, system: System): boolean {
  return files[system].some((pattern) => pattern.test(name));
}
