import type { CallName } from '../../preload/contract/channels.ts';
import type { Role, SharedWith } from '../../preload/contract/views.ts';
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
  'settings.change': ['administrator', 'contributor', 'viewer'],
  'signIn.start': ['administrator'],
  'signIn.cancel': ['administrator'],
  'signIn.openPageAgain': ['administrator'],
  'connections.save': ['administrator'],
  'connections.change': ['administrator'],
  'connections.getAbilities': ['administrator'],
  'connections.remove': ['administrator'],
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
  'neverMail.list': ['administrator', 'contributor'],
  'neverMail.add': ['administrator', 'contributor'],
  'neverMail.import': ['administrator', 'contributor'],
  'neverMail.remove': ['administrator'],
  'runs.cancel': ['administrator', 'contributor'],
  'runs.pause': ['administrator', 'contributor'],
  'runs.resume': ['administrator', 'contributor'],
  'runs.continue': ['administrator', 'contributor'],
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
};

/**
 * The one guard in front of the services, whoever calls: window, command line or schedule. `shared` is how each connection
 * that the call concerns is shared, empty when it concerns none. Throws `person.not-allowed`.
 */
export function requireRight(name: CallName, role: Role, shared: readonly SharedWith[]): void {
  const allowed = rights[name].includes(role);
  const reachable = role !== 'contributor' || !shared.includes('administrators');
  if (!allowed || !reachable) throw new SegueError('person.not-allowed', { role });
}
