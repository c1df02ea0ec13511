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
  const primary = { x: 0, y: 0, width: 1920, height: 1040 };
  const second = { x: 1920, y: 0, width: 1280, height: 984 };
  const both = [primary, second];

  it('takes the default size when nothing is remembered, and what fits of it on a small screen', () => {
    expect(usableBounds(null, primary, both)).toEqual({ width: 1280, height: 820 });
    expect(usableBounds(null, { x: 0, y: 24, width: 1024, height: 700 }, [])).toEqual({ width: 1024, height: 700 });
  });

  it('goes back to where the window was, also half off the screen', () => {
    for (const x of [2000, 2900, 1500]) {
      const bounds = { x, y: 40, width: 1000, height: 700 };
      expect(usableBounds(bounds, primary, both)).toEqual(bounds);
    }
  });

  it('keeps only the size when that screen is gone, and no more of it than the other one has', () => {
    expect(usableBounds({ x: 2000, y: 40, width: 1000, height: 700 }, primary, [primary])).toEqual({
      width: 1000,
      height: 700,
    });
    expect(usableBounds({ x: 10, y: -500, width: 1000, height: 700 }, primary, both)).toEqual({
      width: 1000,
      height: 700,
    });
    const laptop = { x: 0, y: 0, width: 1280, height: 680 };
    expect(usableBounds({ x: 2600, y: 40, width: 2400, height: 1300 }, laptop, [laptop])).toEqual({
      width: 1280,
      height: 680,
    });
  });

  it('fits the screen that shows most of it when that has become smaller', () => {
    expect(usableBounds({ x: 2100, y: 100, width: 2400, height: 1300 }, primary, both)).toEqual({
      x: 1920,
      y: 0,
      width: 1280,
      height: 984,
    });
  });

  it('is never smaller than the least size', () => {
    const bounds = { x: 0, y: 0, width: 110, height: 10 };
    expect(usableBounds(bounds, primary, both)).toMatchObject({ width: 900, height: 600 });
  });
});
