import { EventEmitter } from 'node:events';
import type { BrowserWindow } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { keepPageAlive } from './page-care.ts';

function start() {
  const happened: string[] = [];
  const webContents = Object.assign(new EventEmitter(), {
    reload: () => happened.push('reloaded'),
    forcefullyCrashRenderer: () => happened.push('ended'),
  });
  const window = Object.assign(new EventEmitter(), { webContents, isDestroyed: () => false });
  const questions: ((yes: boolean) => void)[] = [];
  const signals: AbortSignal[] = [];
  const asked = (what: string) => {
    happened.push(what);
    return new Promise<boolean>((resolve) => questions.push(resolve));
  };
  const clock = { time: 0 };
  keepPageAlive(
    window as unknown as BrowserWindow,
    {
      log: { note: () => undefined, error: () => undefined },
      pageCrashed: () => undefined,
      tryAgain: () => asked('asked'),
      giveItUp: (answers) => {
        signals.push(answers);
        return asked('asked whether it hangs');
      },
    },
    () => clock.time,
  );
  const crash = (reason = 'crashed') => webContents.emit('render-process-gone', {}, { reason, exitCode: 5 });
  return { happened, questions, signals, clock, crash, window };
}

describe('keepPageAlive', () => {
  it('loads a page three times in a minute, then asks once', async () => {
    const { happened, questions, crash } = start();
    for (let times = 0; times < 5; times += 1) crash();
    expect(happened).toEqual(['reloaded', 'reloaded', 'reloaded', 'asked']);
    questions[0]?.(true);
    await vi.waitFor(() => expect(happened.at(-1)).toBe('reloaded'));
  });

  it('leaves it when the answer is no, and goes on counting anew', async () => {
    const { happened, questions, crash } = start();
    for (let times = 0; times < 4; times += 1) crash();
    questions[0]?.(false);
    await vi.waitFor(() => {
      crash();
      expect(happened.at(-1)).toBe('reloaded');
    });
  });

  it('asks about no crashes that lie further apart, nor about an end in order', () => {
    const { happened, clock, crash } = start();
    for (let times = 0; times < 6; times += 1) {
      clock.time += 30_000;
      crash();
    }
    crash('clean-exit');
    expect(happened).toEqual(Array(6).fill('reloaded'));
  });

  it('ends a page that hangs when the person wants that, asking once', async () => {
    const { happened, questions, window } = start();
    window.emit('unresponsive');
    window.emit('unresponsive');
    expect(happened).toEqual(['asked whether it hangs']);
    questions[0]?.(true);
    await vi.waitFor(() => expect(happened.at(-1)).toBe('ended'));
  });

  it('lets a page be that answers again while the question stands there', async () => {
    const { happened, questions, signals, window } = start();
    window.emit('unresponsive');
    window.emit('responsive');
    expect(signals[0]?.aborted).toBe(true);
    questions[0]?.(true);
    window.emit('unresponsive');
    expect(happened).toEqual(['asked whether it hangs', 'asked whether it hangs']);
  });
});
