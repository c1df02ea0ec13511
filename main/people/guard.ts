import { type CallName, callNames } from '../../preload/contract/channels.ts';
import type { Role, SharedWith } from '../../preload/contract/views.ts';
import type { Way } from '../application.ts';
import { SegueError } from '../errors/segue-error.ts';

/**
 * Who may make which call (customer-insights-exports.md 7). `contributor` on a call that concerns an export means: on
 * a connection that is shared with contributors. Viewers look.
 */
export const rights: Record<CallName, readonly Role[]> = {
  'app.getSnapshot': ['administrator', 'contributor', 'viewer'],
  'app.openPage': ['administrator', 'contributor', 'viewer'],
  'app.keepPlace': ['administrator', 'contributor', 'viewer'],
  'app.takePlace': ['administrator', 'contributor', 'viewer'],
  'app.answerLeave': ['administrator', 'contributor', 'viewer'],
  'app.noteFailure': ['administrator', 'contributor', 'viewer'],
  'report.make': ['administrator', 'contributor', 'viewer'],
  'report.save': ['administrator', 'contributor', 'viewer'],
  'report.openLogFolder': ['administrator', 'contributor', 'viewer'],
  'settings.change': ['administrator', 'contributor', 'viewer'],
  'kept.look': ['administrator'],
  'kept.change': ['administrator'],
  'kept.delete': ['administrator'],
  'kept.findPerson': ['administrator'],
  'kept.forgetPerson': ['administrator'],
  'kept.deleteEverything': ['administrator'],
  'setUp.save': ['administrator'],
  'setUp.choose': ['administrator'],
  'setUp.look': ['administrator'],
  'setUp.open': ['administrator'],
  'signIn.start': ['administrator'],
  'signIn.cancel': ['administrator'],
  'signIn.openPageAgain': ['administrator'],
  'connections.save': ['administrator'],
  'connections.change': ['administrator'],
  'connections.getAbilities': ['administrator'],
  'connections.remove': ['administrator'],
  'connections.addExportUser': ['administrator'],
  'lists.search': ['administrator', 'contributor'],
  'lists.create': ['administrator', 'contributor'],
  'lists.resolve': ['administrator', 'contributor'],
  'fields.list': ['administrator', 'contributor'],
  'fields.create': ['administrator', 'contributor'],
  'segments.addFiles': ['administrator', 'contributor'],
  'segments.chooseFiles': ['administrator', 'contributor'],
  'segments.cancelReading': ['administrator', 'contributor'],
  'segments.correctReading': ['administrator', 'contributor'],
  'segments.takeApart': ['administrator', 'contributor'],
  'segments.join': ['administrator', 'contributor'],
  'segments.getUnreadable': ['administrator', 'contributor'],
  'segments.getProfile': ['administrator', 'contributor'],
  'segments.getMembers': ['administrator', 'contributor'],
  'segments.countFormulas': ['administrator', 'contributor'],
  'segments.saveMembers': ['administrator', 'contributor'],
  'segments.cancelSaving': ['administrator', 'contributor'],
  'segments.rename': ['administrator', 'contributor'],
  'segments.changeTags': ['administrator', 'contributor'],
  'segments.duplicate': ['administrator', 'contributor'],
  'segments.split': ['administrator', 'contributor'],
  'segments.cancelSplit': ['administrator', 'contributor'],
  'segments.replaceFile': ['administrator', 'contributor'],
  'segments.chooseReplacement': ['administrator', 'contributor'],
  'segments.readAgain': ['administrator', 'contributor'],
  'segments.lookForChanges': ['administrator', 'contributor'],
  'segments.remove': ['administrator', 'contributor'],
  'watches.propose': ['administrator', 'contributor'],
  'watches.chooseFolder': ['administrator', 'contributor'],
  'watches.look': ['administrator', 'contributor'],
  'watches.save': ['administrator', 'contributor'],
  'watches.remove': ['administrator', 'contributor'],
  'watches.take': ['administrator', 'contributor'],
  'watches.leave': ['administrator', 'contributor'],
  'exports.check': ['administrator', 'contributor'],
  'exports.findings': ['administrator', 'contributor'],
  'exports.findingRows': ['administrator', 'contributor'],
  'exports.save': ['administrator', 'contributor'],
  'exports.remove': ['administrator', 'contributor'],
  'exports.restore': ['administrator', 'contributor'],
  'exports.duplicate': ['administrator', 'contributor'],
  'exports.detach': ['administrator', 'contributor'],
  'exports.run': ['administrator', 'contributor'],
  'exports.runForOne': ['administrator', 'contributor'],
  'exports.plan': ['administrator', 'contributor'],
  'exports.getPlanRows': ['administrator', 'contributor'],
  'exports.cancelPlan': ['administrator', 'contributor'],
  'schedules.preview': ['administrator', 'contributor'],
  'schedules.setSystemRefresh': ['administrator'],
  'schedules.set': ['administrator', 'contributor'],
  'schedules.switch': ['administrator', 'contributor'],
  'schedules.dismiss': ['administrator', 'contributor'],
  'schedules.setBackground': ['administrator', 'contributor'],
  'neverMail.list': ['administrator', 'contributor'],
  'neverMail.add': ['administrator', 'contributor'],
  'neverMail.import': ['administrator', 'contributor'],
  'neverMail.remove': ['administrator'],
  'runs.cancel': ['administrator', 'contributor'],
  'runs.pause': ['administrator', 'contributor'],
  'runs.resume': ['administrator', 'contributor'],
  'runs.continue': ['administrator', 'contributor'],
  'runs.getOfExport': ['administrator', 'contributor', 'viewer'],
  'runs.getActivities': ['administrator', 'contributor', 'viewer'],
  'runs.getRejectedRows': ['administrator', 'contributor'],
  'runs.saveRejectedRows': ['administrator', 'contributor'],
  'runs.getRows': ['administrator', 'contributor'],
  'runs.mendRow': ['administrator', 'contributor'],
  'runs.unmendRow': ['administrator', 'contributor'],
  'runs.saveRows': ['administrator', 'contributor'],
  'runs.readBack': ['administrator', 'contributor'],
  'runs.undo': ['administrator', 'contributor'],
  'runs.checkMended': ['administrator', 'contributor'],
  'runs.sendMended': ['administrator', 'contributor'],
  'people.getDoor': ['administrator', 'contributor', 'viewer'],
  'people.enter': ['administrator', 'contributor', 'viewer'],
  'people.leave': ['administrator', 'contributor', 'viewer'],
  'people.confirm': ['administrator', 'contributor', 'viewer'],
  'people.list': ['administrator'],
  'people.add': ['administrator'],
  'people.change': ['administrator'],
  'people.setPassword': ['administrator'],
  'people.changeOwnPassword': ['administrator', 'contributor', 'viewer'],
  'people.remove': ['administrator'],
  'audit.list': ['administrator'],
  'audit.save': ['administrator'],
};

/** Calls for somebody in front of the window alone: they open a dialog there, or are about the window itself. */
const windowOnly: ReadonlySet<CallName> = new Set<CallName>([
  'app.keepPlace',
  'app.takePlace',
  'app.answerLeave',
  'app.noteFailure',
  'report.make',
  'report.save',
  'report.openLogFolder',
  'kept.deleteEverything',
  'setUp.save',
  'setUp.choose',
  'segments.chooseFiles',
  'segments.chooseReplacement',
  'segments.saveMembers',
  'segments.cancelSaving',
  'watches.chooseFolder',
  'neverMail.import',
  'runs.saveRejectedRows',
  'runs.saveRows',
  'people.getDoor',
  'people.enter',
  'people.leave',
  'people.confirm',
  'people.list',
  'people.add',
  'people.change',
  'people.setPassword',
  'people.changeOwnPassword',
  'people.remove',
  'audit.save',
]);

/** All that happens by itself, in somebody's name: files that a watched folder brings, and exports that run on time. */
const forSchedules: ReadonlySet<CallName> = new Set<CallName>([
  'app.getSnapshot',
  'segments.lookForChanges',
  'segments.readAgain',
  'segments.replaceFile',
  'exports.plan',
  'exports.run',
  'runs.continue',
]);

/** What a locked window may ask, with nobody in front of it. */
const forNobody: ReadonlySet<CallName> = new Set<CallName>([
  'app.answerLeave',
  'app.noteFailure',
  'people.getDoor',
  'people.enter',
]);

/** Whether the call may be made before anybody has come in. */
export const isForNobody = (name: CallName): boolean => forNobody.has(name);

/** Whether the call may come this way at all, whoever makes it. */
export function mayComeBy(name: CallName, via: Way): boolean {
  return via === 'window' || (via === 'schedule' ? forSchedules.has(name) : !windowOnly.has(name));
}

/** The calls that somebody of the role may make in the window, so that it offers no others. */
export function callsOf(role: Role): CallName[] {
  return callNames.filter((name) => rights[name].includes(role));
}

/**
 * The one guard in front of the services, whoever calls: window, command line or schedule. `shared` is how each connection
 * that the call concerns is shared, empty when it concerns none. Throws `person.not-allowed`.
 */
export function requireRight(
  name: CallName,
  { via, role }: { readonly via: Way; readonly role: Role },
  shared: readonly SharedWith[],
): void {
  const allowed = mayComeBy(name, via) && rights[name].includes(role);
  // Where viewers may look, contributors may too, whatever connection it is about.
  const reachable = role !== 'contributor' || !shared.includes('administrators') || rights[name].includes('viewer');
  if (!allowed || !reachable) throw new SegueError('person.not-allowed', { role });
}
