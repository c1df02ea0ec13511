import { z } from 'zod';
import { doorPersonView, listedPersonView, password, personName, role, settingsView } from '../views.ts';
import { id, nothing } from './common.ts';

export const peopleCalls = {
  /** What a locked window shows: whoever may come in, and in which words. */
  'people.getDoor': {
    input: nothing,
    output: z.strictObject({
      settings: settingsView,
      people: z.array(doorPersonView),
      /** Who was there last. */
      lastPersonId: id.nullable(),
      /** Where Segue keeps its data, for whoever forgot every password. */
      folder: z.string(),
    }),
  },
  /** The person comes in; the window begins anew as theirs. */
  'people.enter': { input: z.strictObject({ personId: id, password }), output: nothing },
  /** Locks the window: somebody else may come in. Refused while nobody has a password. */
  'people.leave': { input: nothing, output: nothing },
  /**
   * One's own password, for what `person.password-needed` asks it for. Counts for some minutes, for this window alone.
   */
  'people.confirm': { input: z.strictObject({ password }), output: nothing },
  'people.list': { input: nothing, output: z.array(listedPersonView) },
  /**
   * One person more. While nobody has a password, `ownPassword` gives whoever adds them one: from the second person on
   * everybody has one.
   */
  'people.add': {
    input: z.strictObject({ displayName: personName, role, password, ownPassword: password.exactOptional() }),
    output: listedPersonView,
  },
  'people.change': {
    input: z.strictObject({ personId: id, displayName: personName, role }),
    output: listedPersonView,
  },
  /** A new password for somebody who forgot theirs. */
  'people.setPassword': { input: z.strictObject({ personId: id, password }), output: nothing },
  /** One's own; `current` where there is one, `password` null to do without, which only somebody alone may. */
  'people.changeOwnPassword': {
    input: z.strictObject({ current: password.nullable(), password: password.nullable() }),
    output: nothing,
  },
  'people.remove': { input: z.strictObject({ personId: id }), output: nothing },
};
