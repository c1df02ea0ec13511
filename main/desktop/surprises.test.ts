import { describe, expect, it } from 'vitest';
import { createSurprises, type WayOn } from './surprises.ts';

function surprisesOf(answers: WayOn[], saveReport: () => Promise<unknown> = async () => null) {
  const told: string[] = [];
  const idle = Promise.withResolvers<void>();
  const surprises = createSurprises({
    log: (event) => void told.push(event),
    ask: async ({ mayGoOn }) => {
      told.push(mayGoOn ? 'asks, may go on' : 'asks');
      return answers.shift() ?? 'quit';
    },
    saveReport: async () => {
      told.push('saves');
      return saveReport();
    },
    end: () => {
      told.push('ends');
      idle.resolve();
    },
  });
  return { surprises, told, ended: idle.promise };
}

describe('surprises', () => {
  it('tells an uncaught error once, saves a report when asked, and ends', async () => {
    const { surprises, told, ended } = surprisesOf(['save-report']);
    surprises.uncaught(new Error('one'));
    surprises.uncaught(new Error('two'));
    await ended;
    expect(told).toEqual(['fatal', 'asks', 'fatal', 'saves', 'ends']);
  });

  it('ends even when no report can be saved', async () => {
    const { surprises, told, ended } = surprisesOf(['save-report'], () =>
      Promise.reject(new Error('the disk is full')),
    );
    surprises.uncaught(new Error('one'));
    await ended;
    expect(told).toEqual(['fatal', 'asks', 'saves', 'fatal', 'ends']);
  });

  it('asks about a rejection nobody waited for once, and goes on', async () => {
    const { surprises, told, ended } = surprisesOf(['go-on']);
    surprises.unhandled(new Error('one'));
    surprises.unhandled(new Error('two'));
    // An uncaught error is asked about all the same.
    surprises.uncaught(new Error('three'));
    await ended;
    expect(told).toEqual(['unhandled rejection', 'asks, may go on', 'unhandled rejection', 'fatal', 'asks', 'ends']);
  });
});
