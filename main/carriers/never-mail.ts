import type { CarriersOf, Services } from './services.ts';

/** What carries out the calls named `neverMail.…`. */
export function neverMailCarriers({ neverMail }: Services): CarriersOf<'neverMail'> {
  return {
    'neverMail.list': ({ search, before, limit }) => neverMail.list(search, before, limit),
    'neverMail.add': ({ text }, { person }) => neverMail.addText(text, person),
    'neverMail.import': (_, { person }) => neverMail.importFile(person),
    'neverMail.remove': ({ entryId }) => {
      neverMail.remove(entryId);
      return {};
    },
  };
}
