import type { CarriersOf, Services } from './services.ts';

/** What carries out the calls named `kept.…`. */
export function keptCarriers({ kept }: Services): CarriersOf<'kept'> {
  return {
    'kept.look': () => kept.look(),
    'kept.change': (change) => kept.change(change),
    'kept.delete': ({ kind }) => kept.delete(kind),
    'kept.findPerson': ({ address }) => kept.findPerson(address),
    'kept.forgetPerson': ({ address }, { person }) => kept.forgetPerson(address, person),
    'kept.deleteEverything': async ({ confirmation }) => {
      kept.deleteEverything(confirmation);
      return {};
    },
  };
}
