import { type Aim, aimVariable, duringPost } from './crash-points.ts';

const aim: Aim = JSON.parse(process.env[aimVariable] ?? '{"point":"","nth":0}');
let seen = 0;

/** Ends the whole process group, at once and without a word; or the thread, by an error that nobody catches. */
function end(): void {
  if (aim.what !== 'thread') process.kill(0, 'SIGKILL');
  setImmediate(() => {
    throw new Error('The thread dies');
  });
}

/** Ends the process, or the thread, when this is where it is to end. */
export function comeTo(point: string): void {
  if (point !== aim.point) return;
  seen += 1;
  if (seen === aim.nth) end();
}

/** `act` with a point at its beginning and one at its end. */
export function withPoints<A extends unknown[], R>(name: string, act: (...args: A) => R): (...args: A) => R {
  if (typeof act !== 'function') throw new Error(`The app has no ${name} any more`);
  return (...args) => {
    comeTo(`before ${name}`);
    if (`during ${name}` === duringPost && aim.point === duringPost) {
      setTimeout(end, aim.nth * 3);
    }
    const result = act(...args);
    if (!(result instanceof Promise)) {
      comeTo(`after ${name}`);
      return result;
    }
    return result.finally(() => comeTo(`after ${name}`)) as R;
  };
}
