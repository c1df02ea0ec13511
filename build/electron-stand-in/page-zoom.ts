import type { PageTarget } from './page-target.ts';
import type { Size } from './page-window.ts';

/** Zoom of one page. The protocol has no zoom, but fewer CSS pixels at a higher density look and lay out the same. */
export class PageZoom {
  level = 0;
  private readonly target: () => PageTarget | null;
  private readonly size: () => Size;

  constructor(target: () => PageTarget | null, size: () => Size) {
    this.target = target;
    this.size = size;
  }

  get factor(): number {
    return 1.2 ** this.level;
  }

  setLevel(level: number): void {
    this.level = level;
    const session = this.target()?.session;
    if (session === undefined) return;
    if (level === 0) {
      session.send('Emulation.clearDeviceMetricsOverride').catch(() => undefined);
      return;
    }
    const { width, height } = this.size();
    const { factor } = this;
    session
      .send('Emulation.setDeviceMetricsOverride', {
        width: Math.round(width / factor),
        height: Math.round(height / factor),
        deviceScaleFactor: factor,
        mobile: false,
      })
      .catch(() => undefined);
  }
}
