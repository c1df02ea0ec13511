import type { CarriersOf, Services } from './services.ts';

/** What carries out the calls named `connections.…`, `lists.…`, `signIn.…`. */
export function connectionCarriers({
  signIns,
  connections,
  lists,
  session,
  exports,
}: Services): CarriersOf<'connections' | 'lists' | 'signIn'> {
  return {
    'signIn.start': (input) => signIns.start(input),
    'signIn.cancel': ({ signInId }) => signIns.cancel(signInId).then(() => ({})),
    'signIn.openPageAgain': ({ signInId }) => signIns.openPageAgain(signInId).then(() => ({})),
    'connections.save': (input, by) => {
      // Signing in again leaves the export user as it is.
      if (signIns.result(input.signInId).renews === null) session.requireConfirmed(by);
      return connections.save(input, by.person);
    },
    'connections.change': (input) => connections.change(input),
    'connections.addExportUser': ({ connectionId }, by) => {
      session.requireConfirmed(by);
      return connections.addExportUser(connectionId, by.person);
    },
    'connections.getAbilities': ({ connectionId }) => connections.abilities(connectionId),
    'connections.remove': async ({ connectionId, exports: fates }, { person }) => {
      await connections.remove(connectionId, fates ?? [], person);
      exports.changed();
      return {};
    },
    'lists.search': ({ connectionId }) => lists.search(connectionId),
    'lists.create': ({ connectionId, name }) => lists.create(connectionId, name),
    'lists.resolve': ({ connectionId, reference }) => lists.resolve(connectionId, reference),
  };
}
