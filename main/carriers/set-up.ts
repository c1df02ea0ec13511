import type { CarriersOf, Services } from './services.ts';

/** What carries out the calls named `setUp.…`. */
export function setUpCarriers({ setUp, session }: Services): CarriersOf<'setUp'> {
  return {
    'setUp.save': () => setUp.save(),
    'setUp.choose': () => setUp.choose(),
    'setUp.look': ({ path }) => setUp.lookIfSetUp(path),
    'setUp.open': (input, by) => setUp.open(input, by.person, () => session.requireConfirmed(by)),
  };
}
