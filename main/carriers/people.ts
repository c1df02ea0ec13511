import type { CarriersOf, Services } from './services.ts';

/** What carries out the calls named `people.…`. */
export function peopleCarriers({
  events,
  settings,
  people,
  session,
  connections,
  exports,
}: Services): CarriersOf<'people'> {
  /** The window shows who is there, and by which names things were done. */
  function tell(): void {
    const person = session.person();
    if (person !== null) events.publish('person.changed', session.view(person));
  }
  return {
    'people.getDoor': () => ({ settings: settings(), ...session.door() }),
    'people.enter': async ({ personId, password }) => {
      await session.enter(personId, password);
      return {};
    },
    'people.leave': () => {
      session.leave();
      return {};
    },
    'people.confirm': async ({ password }, { person }) => {
      await session.confirm(person, password);
      return {};
    },
    'people.list': () => people.list(),
    'people.add': async (input, by) => {
      session.requireConfirmed(by);
      const added = await people.add(input, by.person);
      session.noteSeen(by.person);
      tell();
      return added;
    },
    'people.change': (input, by) => {
      session.requireConfirmed(by);
      const before = people.get(input.personId);
      const changed = people.change(input);
      if (before?.role !== changed.role) session.changedInFront(changed.personId);
      tell();
      // Names stand beside what people did.
      exports.changed();
      connections.changed();
      return changed;
    },
    'people.setPassword': async ({ personId, password }, by) => {
      session.requireConfirmed(by);
      await people.setPassword(personId, password);
      return {};
    },
    'people.changeOwnPassword': async (input, { person }) => {
      await people.changeOwnPassword(input, person);
      session.noteSeen(person);
      tell();
      return {};
    },
    'people.remove': ({ personId }, by) => {
      session.requireConfirmed(by);
      people.remove(personId);
      session.changedInFront(personId);
      return {};
    },
  };
}
