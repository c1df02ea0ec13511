import { EventEmitter } from 'node:events';
import type { DevToolsSession } from './devtools-connection.ts';
import { strict } from './strict.ts';

type Source = Electron.NativeTheme['themeSource'];

const pages = new Set<DevToolsSession>();

/** `nativeTheme`: what the app chose beats the system, which is light unless `SEGUE_STAND_IN_THEME=dark` says else. */
class ThemeModule extends EventEmitter {
  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;
  readonly shouldUseDarkColorsForSystemIntegratedUI = false;
  readonly shouldDifferentiateWithoutColor = false;
  readonly inForcedColorsMode = false;
  readonly prefersReducedTransparency = false;
  private source: Source = 'system';

  get themeSource(): Source {
    return this.source;
  }

  set themeSource(source: Source) {
    if (!['system', 'light', 'dark'].includes(source)) throw new TypeError(`invalid themeSource: ${source}`);
    if (source === this.source) return;
    this.source = source;
    for (const page of pages) emulateTheme(page).catch(() => pages.delete(page));
    this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return this.source === 'dark' || (this.source === 'system' && process.env.SEGUE_STAND_IN_THEME === 'dark');
  }
}

const theme = new ThemeModule();

export const nativeTheme = strict('nativeTheme', theme);

/** Makes a page see the theme in `prefers-color-scheme`, now and whenever the app changes it. */
export async function emulateTheme(session: DevToolsSession): Promise<void> {
  pages.add(session);
  const value = theme.shouldUseDarkColors ? 'dark' : theme.themeSource === 'light' ? 'light' : '';
  await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
}
