import { EventEmitter } from 'node:events';
import { needReady } from './lifecycle.ts';
import { strict } from './strict.ts';

const early = "The 'screen' module can't be used before the app 'ready' event";
const area = { x: 0, y: 0, width: 1920, height: 1080 };

/** The one display of the stand-in. */
const display = strict('Display', {
  id: 1,
  label: 'stand-in',
  bounds: area,
  workArea: area,
  size: { width: area.width, height: area.height },
  workAreaSize: { width: area.width, height: area.height },
  scaleFactor: 1,
  rotation: 0,
  internal: false,
  detected: true,
  touchSupport: 'unknown',
});

class ScreenModule extends EventEmitter {
  getPrimaryDisplay() {
    needReady(early);
    return display;
  }

  getAllDisplays() {
    needReady(early);
    return [display];
  }

  getDisplayMatching() {
    needReady(early);
    return display;
  }

  getDisplayNearestPoint() {
    needReady(early);
    return display;
  }

  getCursorScreenPoint() {
    needReady(early);
    return { x: 0, y: 0 };
  }
}

export const screen = strict('screen', new ScreenModule());
