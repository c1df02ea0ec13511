import { EventEmitter } from 'node:events';
import { strict } from './strict.ts';

/** Power of a machine that never sleeps by itself; tests emit the events (`suspend`, `resume`, `shutdown`, …). */
class PowerMonitor extends EventEmitter {
  onBatteryPower = false;

  isOnBatteryPower(): boolean {
    return this.onBatteryPower;
  }

  getSystemIdleTime(): number {
    return 0;
  }

  getSystemIdleState(): 'active' {
    return 'active';
  }

  getCurrentThermalState(): 'unknown' {
    return 'unknown';
  }
}

export const powerMonitor = strict('powerMonitor', new PowerMonitor());

const held = new Map<number, string>();
let lastBlocker = 0;

/** Keeps account of who wants the machine awake; the stand-in itself keeps nothing awake. */
export const powerSaveBlocker = strict('powerSaveBlocker', {
  start(type: 'prevent-app-suspension' | 'prevent-display-sleep'): number {
    lastBlocker += 1;
    held.set(lastBlocker, type);
    return lastBlocker;
  },
  stop: (id: number): boolean => held.delete(id),
  isStarted: (id: number): boolean => held.has(id),
}) satisfies Electron.PowerSaveBlocker extends infer P ? Partial<P> : never;
