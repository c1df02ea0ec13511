import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const resolutionMs = 5;

export interface LoopDelay {
  readonly p999Ms: number;
  readonly maxMs: number;
}

/** The monitor counts the time between its own ticks: what is over their distance is the delay. In nanoseconds. */
const overDistance = (ns: number) => Math.max(0, ns / 1e6 - resolutionMs);

/** How late this thread's timers are from now on. */
export function watchLoop(): { end(): LoopDelay } {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  return {
    end() {
      delay.disable();
      return { p999Ms: overDistance(delay.percentile(99.9)), maxMs: overDistance(delay.max) };
    },
  };
}

/** How late an idle process's own timer is meanwhile: what the machine does to everybody. */
export function watchIdleProcess(): { end(): Promise<LoopDelay> } {
  const script = `
    const { monitorEventLoopDelay } = require('node:perf_hooks');
    const delay = monitorEventLoopDelay({ resolution: ${resolutionMs} });
    delay.enable();
    process.stdin.resume().on('end', () => {
      console.log(JSON.stringify([delay.percentile(99.9), delay.max]));
      process.exit();
    });`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  return {
    end: () =>
      new Promise((resolve, reject) => {
        child.on('error', reject);
        child.on('exit', () => reject(new Error('The idle process ended early')));
        child.stdout.once('data', (line: Buffer) => {
          const [p999 = 0, max = 0] = JSON.parse(line.toString()) as number[];
          resolve({ p999Ms: overDistance(p999), maxMs: overDistance(max) });
        });
        child.stdin.end();
      }),
  };
}

/** Resident memory of this process at its highest since the watch began, or since `lap` was called last. In MB. */
export function watchMemory(): { lap(): number; end(): void } {
  let peak = 0;
  const look = () => {
    peak = Math.max(peak, process.memoryUsage.rss() / 2 ** 20);
  };
  const timer = setInterval(look, 20);
  return {
    lap() {
      look();
      const highest = peak;
      peak = 0;
      return highest;
    },
    end: () => clearInterval(timer),
  };
}

/** Processor time of another process so far, in milliseconds; null where the system does not tell it this way. */
export function cpuMsOf(pid: number | undefined): number | null {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return null;
  const fields = readFileSync(file, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  // User and system time, in hundredths of a second.
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
