import type { CallInput } from '../../preload/contract/contract.ts';
import { call } from './client.ts';

type Failure = CallInput<'app.noteFailure'>;

/** As many of an error's places as the log keeps. */
const mostPlaces = 8;

/** Has main write to its log what went wrong here: the kind of error and where, never its words. */
export function noteFailure(kind: Failure['kind'], thrown: unknown): void {
  void call('app.noteFailure', { kind, ...describe(thrown) }).catch(() => undefined);
}

/** Kind of an error and places in our bundles (`index-1a2b.js:1:234`). */
export function describe(thrown: unknown): Pick<Failure, 'name' | 'places'> {
  if (!(thrown instanceof Error)) return { name: typeof thrown, places: [] };
  const frames = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const places = frames.flatMap((line) => /([\w.-]{1,100}:\d{1,7}:\d{1,7})\)?$/.exec(line)?.[1] ?? []);
  return { name: /^\w{1,60}$/.test(thrown.name) ? thrown.name : 'Error', places: places.slice(0, mostPlaces) };
}
