import { expect, test } from 'vitest';
import { type CallName, callNames } from '../../preload/contract/channels.ts';
import type { Role, SharedWith } from '../../preload/contract/views.ts';
import type { Way } from '../application.ts';
import { callsOf, isForNobody, requireRight, rights } from './guard.ts';

const may = (name: CallName, via: Way, role: Role, shared: readonly SharedWith[] = []): boolean => {
  try {
    requireRight(name, { via, role }, shared);
    return true;
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: 'person.not-allowed', params: { role } });
    return false;
  }
};

const roles = ['administrator', 'contributor', 'viewer'] as const;
const ways = ['window', 'command-line', 'schedule'] as const;
const rolesOf: Record<'all' | 'editors' | 'administrators', readonly Role[]> = {
  all: roles,
  editors: ['administrator', 'contributor'],
  administrators: ['administrator'],
};
const waysOf: Record<'any' | 'asked' | 'window', readonly Way[]> = {
  any: ways,
  asked: ['window', 'command-line'],
  window: ['window'],
};

test('every call has rights, and nothing else has', () => {
  expect(Object.keys(rights).sort()).toEqual([...callNames].sort());
});

/** Who may make a call, and how it may come: by any way, only when somebody asks for it, only from the window. */
type Row = readonly [roles: keyof typeof rolesOf, ways: keyof typeof waysOf];

// The rights of customer-insights-exports.md 7, said again call by call.
const table: Readonly<Record<CallName, Row>> = {
  'app.getSnapshot': ['all', 'any'],
  'app.openPage': ['all', 'asked'],
  'app.keepPlace': ['all', 'window'],
  'app.takePlace': ['all', 'window'],
  'app.answerLeave': ['all', 'window'],
  'app.noteFailure': ['all', 'window'],
  'report.make': ['all', 'window'],
  'report.save': ['all', 'window'],
  'report.openLogFolder': ['all', 'window'],
  'settings.change': ['all', 'asked'],
  'kept.look': ['administrators', 'asked'],
  'kept.change': ['administrators', 'asked'],
  'kept.delete': ['administrators', 'asked'],
  'kept.findPerson': ['administrators', 'asked'],
  'kept.forgetPerson': ['administrators', 'asked'],
  'kept.deleteEverything': ['administrators', 'window'],
  'setUp.save': ['administrators', 'window'],
  'setUp.choose': ['administrators', 'window'],
  'setUp.look': ['administrators', 'asked'],
  'setUp.open': ['administrators', 'asked'],
  'signIn.start': ['administrators', 'asked'],
  'signIn.cancel': ['administrators', 'asked'],
  'signIn.openPageAgain': ['administrators', 'asked'],
  'connections.save': ['administrators', 'asked'],
  'connections.change': ['administrators', 'asked'],
  'connections.getAbilities': ['administrators', 'asked'],
  'connections.remove': ['administrators', 'asked'],
  'connections.addExportUser': ['administrators', 'asked'],
  'lists.search': ['editors', 'asked'],
  'lists.create': ['editors', 'asked'],
  'lists.resolve': ['editors', 'asked'],
  'fields.list': ['editors', 'asked'],
  'fields.create': ['editors', 'asked'],
  'segments.addFiles': ['editors', 'asked'],
  'segments.chooseFiles': ['editors', 'window'],
  'segments.cancelReading': ['editors', 'asked'],
  'segments.correctReading': ['editors', 'asked'],
  'segments.takeApart': ['editors', 'asked'],
  'segments.join': ['editors', 'asked'],
  'segments.getUnreadable': ['editors', 'asked'],
  'segments.getProfile': ['editors', 'asked'],
  'segments.getMembers': ['editors', 'asked'],
  'segments.countFormulas': ['editors', 'asked'],
  'segments.saveMembers': ['editors', 'window'],
  'segments.cancelSaving': ['editors', 'window'],
  'segments.rename': ['editors', 'asked'],
  'segments.changeTags': ['editors', 'asked'],
  'segments.duplicate': ['editors', 'asked'],
  'segments.split': ['editors', 'asked'],
  'segments.cancelSplit': ['editors', 'asked'],
  'segments.replaceFile': ['editors', 'any'],
  'segments.chooseReplacement': ['editors', 'window'],
  'segments.readAgain': ['editors', 'any'],
  'segments.lookForChanges': ['editors', 'any'],
  'segments.remove': ['editors', 'asked'],
  'watches.propose': ['editors', 'asked'],
  'watches.chooseFolder': ['editors', 'window'],
  'watches.look': ['editors', 'asked'],
  'watches.save': ['editors', 'asked'],
  'watches.remove': ['editors', 'asked'],
  'watches.take': ['editors', 'asked'],
  'watches.leave': ['editors', 'asked'],
  'exports.check': ['editors', 'asked'],
  'exports.findings': ['editors', 'asked'],
  'exports.findingRows': ['editors', 'asked'],
  'exports.save': ['editors', 'asked'],
  'exports.remove': ['editors', 'asked'],
  'exports.restore': ['editors', 'asked'],
  'exports.duplicate': ['editors', 'asked'],
  'exports.detach': ['editors', 'asked'],
  'exports.run': ['editors', 'any'],
  'exports.runForOne': ['editors', 'asked'],
  'exports.plan': ['editors', 'any'],
  'exports.getPlanRows': ['editors', 'asked'],
  'exports.cancelPlan': ['editors', 'asked'],
  'schedules.preview': ['editors', 'asked'],
  'schedules.setSystemRefresh': ['administrators', 'asked'],
  'schedules.set': ['editors', 'asked'],
  'schedules.switch': ['editors', 'asked'],
  'schedules.dismiss': ['editors', 'asked'],
  'schedules.setBackground': ['editors', 'asked'],
  'neverMail.list': ['editors', 'asked'],
  'neverMail.add': ['editors', 'asked'],
  'neverMail.import': ['editors', 'window'],
  'neverMail.remove': ['administrators', 'asked'],
  'runs.cancel': ['editors', 'asked'],
  'runs.pause': ['editors', 'asked'],
  'runs.resume': ['editors', 'asked'],
  'runs.continue': ['editors', 'any'],
  'runs.getOfExport': ['all', 'asked'],
  'runs.getActivities': ['all', 'asked'],
  'runs.getRejectedRows': ['editors', 'asked'],
  'runs.saveRejectedRows': ['editors', 'window'],
  'runs.getRows': ['editors', 'asked'],
  'runs.mendRow': ['editors', 'asked'],
  'runs.unmendRow': ['editors', 'asked'],
  'runs.saveRows': ['editors', 'window'],
  'runs.readBack': ['editors', 'asked'],
  'runs.undo': ['editors', 'asked'],
  'runs.checkMended': ['editors', 'asked'],
  'runs.sendMended': ['editors', 'asked'],
  'people.getDoor': ['all', 'window'],
  'people.enter': ['all', 'window'],
  'people.leave': ['all', 'window'],
  'people.confirm': ['all', 'window'],
  'people.list': ['administrators', 'window'],
  'people.add': ['administrators', 'window'],
  'people.change': ['administrators', 'window'],
  'people.setPassword': ['administrators', 'window'],
  'people.changeOwnPassword': ['all', 'window'],
  'people.remove': ['administrators', 'window'],
  'audit.list': ['administrators', 'asked'],
  'audit.save': ['administrators', 'window'],
};

test('F65 what each role may do, in the window, from the command line and by itself', () => {
  for (const name of callNames) {
    const [who, how] = table[name];
    for (const via of ways) {
      for (const role of roles) {
        const expected = rolesOf[who].includes(role) && waysOf[how].includes(via);
        expect(may(name, via, role), `${name} by ${role} from ${via}`).toBe(expected);
      }
    }
  }
});

test('viewers change nothing but how the window looks and their own password', () => {
  const looks = /^(app|people|report)[.]|^(settings[.]change|runs[.](getActivities|getOfExport))$/;
  expect(callsOf('viewer').filter((name) => !looks.test(name))).toEqual([]);
});

test('contributors reach only what is shared with them', () => {
  for (const name of ['exports.run', 'exports.save', 'runs.cancel', 'lists.create', 'schedules.set'] as const) {
    expect(may(name, 'window', 'contributor', ['contributors'])).toBe(true);
    expect(may(name, 'window', 'contributor', ['administrators'])).toBe(false);
    // Moving an administrators' export to a shared connection would be taking it.
    expect(may(name, 'window', 'contributor', ['contributors', 'administrators'])).toBe(false);
    expect(may(name, 'window', 'administrator', ['contributors', 'administrators'])).toBe(true);
  }
  // Nobody who may do less may look at more.
  for (const name of callsOf('viewer')) expect(may(name, 'window', 'contributor', ['administrators']), name).toBe(true);
});

test('before anybody has come in, the window may ask who there is and try a password', () => {
  expect(callNames.filter(isForNobody)).toEqual([
    'app.answerLeave',
    'app.noteFailure',
    'people.getDoor',
    'people.enter',
  ]);
});
