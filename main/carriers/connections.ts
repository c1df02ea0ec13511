import type { CarriersOf, Services } from './services.ts';

/** What carries out the calls named `connections.…`, `lists.…`, `signIn.…`. */
export function connectionCarriers({
  signIns,
  connections,
  lists,
  people,
  exports,
}: Services): CarriersOf<'connections' | 'lists' | 'signIn'> {
  return {
    'signIn.start': (input) => signIns.start(input),
    'signIn.cancel': ({ signInId }) => signIns.cancel(signInId).then(() => ({})),
    'signIn.openPageAgain': ({ signInId }) => signIns.openPageAgain(signInId).then(() => ({})),
    'connections.save': (input) => connections.save(input, people.current()),
    'connections.change': (input) => connections.change(input),
    'connections.getAbilities': ({ connectionId }) => connections.abilities(connectionId),
    'connections.remove': async ({ connectionId, exports: fates }) => {
      await connections.remove(connectionId, fates ?? [], people.current());
      exports.changed();
      return {};
    },
    'lists.search': ({ connectionId }) => lists.search(connectionId),
    'lists.create': ({ connectionId, name }) => lists.create(connectionId, name),
    'lists.resolve': ({ connectionId, reference }) => lists.resolve(connectionId, reference),
  };
}
