import type { CarriersOf, Services } from './services.ts';

/** What carries out the calls named `connections.…`, `lists.…`, `signIn.…`. */
export function connectionCarriers({
  signIns,
  connections,
  lists,
  people,
}: Services): CarriersOf<'connections' | 'lists' | 'signIn'> {
  return {
    'signIn.start': (input) => signIns.start(input),
    'signIn.cancel': ({ signInId }) => signIns.cancel(signInId).then(() => ({})),
    'signIn.openPageAgain': ({ signInId }) => signIns.openPageAgain(signInId).then(() => ({})),
    'connections.save': (input) => connections.save(input, people.current()),
    'connections.remove': ({ connectionId }) => connections.remove(connectionId).then(() => ({})),
    'lists.search': ({ connectionId }) => lists.search(connectionId),
    'lists.create': ({ connectionId, name }) => lists.create(connectionId, name),
    'lists.resolve': ({ connectionId, reference }) => lists.resolve(connectionId, reference),
  };
}
