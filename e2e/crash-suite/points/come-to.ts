import { type Aim, aimVariable, duringPost } from './crash-points.ts';

const aim: Aim = JSON.parse(process.env[aimVariable] ?? '{"point":"","nth":0}');
let seen = 0;

/** Ends the whole process group, at once and without a word, when this is where it is to end. */
export function comeTo(point: string): void {
  if (point !== aim.point) return;
  seen += 1;
  if (seen === aim.nth) process.kill(0, 'SIGKILL');
}

/** `act` with a point at its beginning and one at its end. */
export function withPoints<A extends unknown[], R>(name: string, act: (...args: A) => R): (...args: A) => R {
  if (typeof act !== 'function') throw new Error(`The app has no ${name} any more`);
  return (...args) => {
    comeTo(`before ${name}`);
    if (`during ${name}` === duringPost && aim.point === duringPost) {
      setTimeout(() => process.kill(0, 'SIGKILL'), aim.nth * 3);
    }
    const result = act(...args);
    if (!(result instanceof Promise)) {
      comeTo(`after ${name}`);
      return result;
    }
    return result.finally(() => comeTo(`after ${name}`)) as R;
  };
}
