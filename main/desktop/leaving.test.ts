import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { createLeaving, type WayOut } from './leaving.ts';

/** The order of Electron's own quitting: `before-quit` may prevent it, `exit` does not ask. */
function createQuittable() {
  const events = new EventEmitter();
  const ended = Promise.withResolvers<number>();
  return {
    on: (event: 'before-quit', listener: (event: { preventDefault(): void }) => void) => events.on(event, listener),
    quit: () => {
      let prevented = false;
      events.emit('before-quit', {
        preventDefault: () => {
          prevented = true;
        },
      });
      if (!prevented) ended.resolve(0);
    },
    exit: (code: number) => ended.resolve(code),
    ended: ended.promise,
  };
}

function start(options: { active: boolean; unsaved?: boolean; stop?: () => Promise<void> }) {
  const app = createQuittable();
  const questions: ((how: WayOut) => void)[] = [];
  const saveQuestions: ((leave: boolean) => void)[] = [];
  const idle = Promise.withResolvers<void>();
  const happened: string[] = [];
  const leaving = createLeaving(app, {
    hasUnsaved: () => options.unsaved === true,
    askUnsaved: () => new Promise((resolve) => saveQuestions.push(resolve)),
    hasActiveRun: () => options.active,
    askHow: () => new Promise((resolve) => questions.push(resolve)),
    keepRunning: () => happened.push('kept'),
    closeWindow: () => happened.push('closed'),
    endRuns: (how) => happened.push(how),
    untilIdle: () => idle.promise,
    stop: async () => {
      happened.push('stopped');
      await options.stop?.();
    },
  });
  return { app, leaving, questions, saveQuestions, happened, idle: idle.resolve };
}

describe('leaving', () => {
  it('ends without a question when nothing runs', async () => {
    const { app, questions, happened } = start({ active: false });
    app.quit();
    expect(await app.ended).toBe(0);
    expect(happened).toEqual(['stopped']);
    expect(questions).toHaveLength(0);
  });

  it('asks about what is not saved first, once, and only then about a run', async () => {
    const { app, questions, saveQuestions, happened } = start({ active: true, unsaved: true });
    app.quit();
    app.quit();
    expect(saveQuestions).toHaveLength(1);
    expect(questions).toHaveLength(0);
    saveQuestions[0]?.(false);
    await Promise.resolve();
    expect(happened).toEqual([]);
    await vi.waitFor(() => {
      app.quit();
      expect(saveQuestions).toHaveLength(2);
    });
    saveQuestions[1]?.(true);
    await vi.waitFor(() => expect(questions).toHaveLength(1));
    questions[0]?.('at-once');
    expect(await app.ended).toBe(0);
  });

  it('a signal ends the app while that question stands there', async () => {
    const { app, leaving, saveQuestions, happened } = start({ active: true, unsaved: true });
    app.quit();
    leaving.leave({ ask: false, code: 3 });
    saveQuestions[0]?.(true);
    expect(await app.ended).toBe(3);
    expect(happened).toEqual(['stopped']);
  });

  it('asks once while a run is under way, however often the person quits', async () => {
    const { app, leaving, questions, happened } = start({ active: true });
    app.quit();
    app.quit();
    leaving.leave({ ask: true });
    expect(questions).toHaveLength(1);
    expect(leaving.hasBegun()).toBe(false);
    questions[0]?.('at-once');
    expect(await app.ended).toBe(0);
    expect(happened).toEqual(['stopped']);
  });

  it.each([
    ['in-background', ['closed', 'stopped']],
    ['after-batch', ['pause', 'closed', 'stopped']],
    ['cancel', ['cancel', 'closed', 'stopped']],
  ] as const)('%s: the window closes, and the app ends as soon as no run is under way', async (how, expected) => {
    const { app, leaving, questions, happened, idle } = start({ active: true });
    app.quit();
    questions[0]?.(how);
    await new Promise(setImmediate);
    expect(leaving.hasBegun()).toBe(true);
    // The last window is closed: that is no second wish to quit.
    app.quit();
    await new Promise(setImmediate);
    expect(happened).toEqual(expected.slice(0, -1));
    expect(questions).toHaveLength(1);
    idle();
    expect(await app.ended).toBe(0);
    expect(happened).toEqual(expected);
  });

  it('stays when the person opens the window again while a run goes on in the background', async () => {
    const { app, leaving, questions, happened, idle } = start({ active: true });
    app.quit();
    questions[0]?.('in-background');
    await new Promise(setImmediate);
    leaving.stay();
    idle();
    await new Promise(setImmediate);
    expect(happened).toEqual(['closed']);
    expect(leaving.hasBegun()).toBe(false);
    app.quit();
    expect(questions).toHaveLength(2);
  });

  it('ends on a signal although a run goes on in the background', async () => {
    const { app, leaving, questions, happened, idle } = start({ active: true });
    app.quit();
    questions[0]?.('in-background');
    await new Promise(setImmediate);
    leaving.leave({ ask: false, code: 3 });
    expect(await app.ended).toBe(3);
    idle();
    await new Promise(setImmediate);
    expect(happened).toEqual(['closed', 'stopped']);
  });

  it('stays when the person lets the run go on, and asks again the next time', async () => {
    const { app, leaving, questions, happened } = start({ active: true });
    app.quit();
    questions[0]?.('stay');
    await new Promise(setImmediate);
    expect(happened).toEqual(['kept']);
    expect(leaving.hasBegun()).toBe(false);
    app.quit();
    expect(questions).toHaveLength(2);
  });

  it('ends on a signal although the question stands there, and the late answer changes nothing', async () => {
    const { app, leaving, questions, happened } = start({ active: true });
    app.quit();
    leaving.leave({ ask: false, code: 1 });
    expect(await app.ended).toBe(1);
    questions[0]?.('stay');
    await new Promise(setImmediate);
    expect(happened).toEqual(['stopped']);
  });

  it('ends with the code of a command that finishes while the app is ending', async () => {
    const commandEnds = Promise.withResolvers<void>();
    const { app, leaving } = start({ active: true, stop: () => commandEnds.promise });
    leaving.leave({ ask: false, code: 1 });
    leaving.leave({ ask: false, code: 3 });
    commandEnds.resolve();
    expect(await app.ended).toBe(3);
  });

  it('ends all the same when stopping fails', async () => {
    const { app } = start({ active: false, stop: () => Promise.reject(new Error('worker hung')) });
    app.quit();
    expect(await app.ended).toBe(1);
  });
});
