import type { CarriersOf, Services } from './services.ts';

/** What carries out the calls named `neverMail.…`. */
export function neverMailCarriers({ neverMail, people }: Services): CarriersOf<'neverMail'> {
  return {
    'neverMail.list': ({ search, before, limit }) => neverMail.list(search, before, limit),
    'neverMail.add': ({ text }) => neverMail.addText(text, people.current()),
    'neverMail.import': () => neverMail.importFile(people.current()),
    'neverMail.remove': ({ entryId }) => {
      neverMail.remove(entryId);
      return {};
    },
  };
}
