import { expect, test } from 'vitest';
import { callNames } from '../../preload/contract/channels.ts';
import { requireRight, rights } from './guard.ts';

test('every call has rights, and nothing else has', () => {
  expect(Object.keys(rights).sort()).toEqual([...callNames].sort());
});

test('administrators may do everything, whoever shares what', () => {
  for (const name of callNames) {
    expect(() => requireRight(name, 'administrator', ['administrators', 'contributors'])).not.toThrow();
  }
});

test('viewers look and change nothing but how the window looks', () => {
  const allowed = callNames.filter((name) => rights[name].includes('viewer'));
  expect(allowed).toEqual([
    'app.getSnapshot',
    'app.openPage',
    'app.keepPlace',
    'app.takePlace',
    'app.answerLeave',
    'app.noteFailure',
    'settings.change',
    'runs.getActivities',
  ]);
});

test('contributors make no connection, take nobody off the never-mail list, and reach only what is shared with them', () => {
  const refused = callNames.filter((name) => !rights[name].includes('contributor'));
  expect(refused).toEqual([
    'signIn.start',
    'signIn.cancel',
    'signIn.openPageAgain',
    'connections.save',
    'connections.change',
    'connections.getAbilities',
    'connections.remove',
    'neverMail.remove',
  ]);
  for (const name of ['exports.run', 'exports.save', 'runs.cancel', 'lists.create'] as const) {
    expect(() => requireRight(name, 'contributor', ['contributors'])).not.toThrow();
    expect(() => requireRight(name, 'contributor', ['administrators'])).toThrow('person.not-allowed');
    // Moving an administrators' export to a shared connection would be taking it.
    expect(() => requireRight(name, 'contributor', ['contributors', 'administrators'])).toThrow('person.not-allowed');
  }
});
