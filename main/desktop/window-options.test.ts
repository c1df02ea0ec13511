import { describe, expect, it } from 'vitest';
import { usableBounds, webPreferences, windowOptions } from './window-options.ts';

describe('webPreferences', () => {
  it('is exactly this', () => {
    expect(webPreferences({ preload: '/out/preload/index.cjs', packaged: true })).toEqual({
      preload: '/out/preload/index.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      spellcheck: false,
      safeDialogs: true,
      navigateOnDragDrop: false,
      devTools: false,
    });
    expect(webPreferences({ preload: '/p', packaged: false }).devTools).toBe(true);
  });
});

describe('windowOptions', () => {
  it('opens hidden, in the colour of the theme, with a least size', () => {
    const options = windowOptions({
      preload: '/p',
      packaged: false,
      dark: true,
      bounds: { width: 1280, height: 820 },
      title: 'Segue',
    });
    expect(options).toMatchObject({ show: false, width: 1280, height: 820, minWidth: 900, minHeight: 600 });
    expect(options.backgroundColor).toBe('#292929');
    expect(options).not.toHaveProperty('x');
  });
});

describe('usableBounds', () => {
  const screens = [
    { x: 0, y: 0, width: 1920, height: 1040 },
    { x: 1920, y: 0, width: 1280, height: 984 },
  ];

  it('takes the default size when nothing is remembered', () => {
    expect(usableBounds(null, screens)).toEqual({ width: 1280, height: 820 });
  });

  it('goes back to where the window was', () => {
    const bounds = { x: 2000, y: 40, width: 1000, height: 700 };
    expect(usableBounds(bounds, screens)).toEqual(bounds);
  });

  it('keeps only the size when that screen is gone', () => {
    expect(usableBounds({ x: 2000, y: 40, width: 1000, height: 700 }, screens.slice(0, 1))).toEqual({
      width: 1000,
      height: 700,
    });
    expect(usableBounds({ x: 10, y: -500, width: 1000, height: 700 }, screens)).toEqual({ width: 1000, height: 700 });
  });

  it('is never smaller than the least size', () => {
    expect(usableBounds({ x: 0, y: 0, width: 10, height: 10 }, screens)).toMatchObject({ width: 900, height: 600 });
  });
});
