import type { CallName } from '../../../preload/contract/channels.ts';
import type { CallOutput, ParsedInput } from '../../../preload/contract/contract.ts';
import type { AuditAction, AuditKind } from '../../../preload/contract/views.ts';
import { systemRefreshId } from './describe.ts';

/** What a call is about; `name` where nothing that is stored tells it. */
export interface Subject {
  readonly kind: AuditKind;
  readonly id: string;
  readonly name?: string;
}

interface Audited<N extends CallName> {
  /** What was done, by what came of it; null for nothing. */
  readonly action: (input: ParsedInput<N>, answer: CallOutput<N>) => AuditAction | null;
  /** What it was done to: asked before the call, without an answer, and after it. */
  readonly of: (input: ParsedInput<N>, answer: CallOutput<N> | null) => readonly Subject[];
}

/** How a call stands in the history of changes, or why it need not. */
export type AuditRule<N extends CallName> = Audited<N> | WhyNot;
export type WhyNot =
  /** It only looks. */
  | 'looks'
  /** It is about where the window is. */
  | 'place'
  /** What it leads to is told by another call. */
  | 'part-of-another'
  /** It takes back what is still under way, and leaves everything as it was. */
  | 'gives-up'
  /** It notes what a person has seen. */
  | 'seen';

const always = (action: AuditAction) => (): AuditAction => action;

const about =
  <K extends string>(kind: AuditKind, key: K) =>
  (input: Readonly<Record<K, string>>): readonly Subject[] => [{ kind, id: input[key] }];

interface Named {
  readonly segmentId: string;
  readonly name: string;
}
const segments = (views: readonly Named[]): readonly Subject[] =>
  views.map(({ segmentId, name }) => ({ kind: 'segment', id: segmentId, name }));
/** Segments whose file is being read are stored only later: the answer names them. */
const madeSegments = (_: unknown, answer: Named | readonly Named[] | null): readonly Subject[] =>
  answer === null ? [] : segments('segmentId' in answer ? [answer] : answer);

const theSettings: readonly Subject[] = [{ kind: 'settings', id: 'settings' }];
const neverMail: readonly Subject[] = [{ kind: 'never-mail', id: 'never-mail' }];

const runOf = { of: about('run', 'runId') };
const startedRun = (_: unknown, answer: { readonly runId: string } | null): readonly Subject[] =>
  answer === null ? [] : [{ kind: 'run', id: answer.runId }];
const saved = (_: unknown, { savedTo }: { readonly savedTo: string | null }): AuditAction | null =>
  savedTo === null ? null : 'rows-saved';

/** Every call. The history tells nothing of any profile: no address, no cell, no search. */
export const auditRules: { readonly [N in CallName]: AuditRule<N> } = {
  'app.getSnapshot': 'looks',
  'app.openPage': 'looks',
  'app.keepPlace': 'place',
  'app.takePlace': 'place',
  'app.answerLeave': 'place',
  'app.noteFailure': 'place',
  'report.make': 'looks',
  'report.save': 'looks',
  'report.openLogFolder': 'looks',
  'settings.change': { action: always('settings-changed'), of: () => theSettings },
  'kept.look': 'looks',
  'kept.change': { action: always('kept-changed'), of: () => theSettings },
  'kept.delete': {
    action: always('kept-deleted'),
    of: ({ kind }) => [{ kind: 'settings', id: 'kept', name: kind }],
  },
  'kept.findPerson': 'looks',
  'kept.forgetPerson': { action: always('person-forgotten'), of: () => [{ kind: 'profile', id: 'profile' }] },
  'kept.deleteEverything': 'part-of-another',
  'setUp.save': {
    action: (_, { savedTo }) => (savedTo === null ? null : 'set-up-saved'),
    of: () => [{ kind: 'set-up', id: 'set-up' }],
  },
  'setUp.choose': 'looks',
  'setUp.look': 'looks',
  'setUp.open': { action: always('set-up-opened'), of: () => [{ kind: 'set-up', id: 'set-up' }] },
  'signIn.start': 'part-of-another',
  'signIn.cancel': 'gives-up',
  'signIn.openPageAgain': 'looks',
  'connections.save': {
    action: always('connection-made'),
    of: (_, answer) => (answer === null ? [] : [{ kind: 'connection', id: answer.connectionId }]),
  },
  'connections.change': { action: always('connection-changed'), of: about('connection', 'connectionId') },
  'connections.getAbilities': 'looks',
  'connections.remove': {
    action: always('connection-removed'),
    of: ({ connectionId, exports = [] }) => [
      { kind: 'connection', id: connectionId },
      ...exports.map(({ exportId }) => ({ kind: 'export', id: exportId }) as const),
    ],
  },
  'connections.addExportUser': { action: always('export-user-added'), of: about('connection', 'connectionId') },
  'lists.search': 'looks',
  'lists.create': {
    action: always('list-made'),
    of: ({ name }, answer) => (answer === null ? [] : [{ kind: 'list', id: answer.listId, name }]),
  },
  'lists.resolve': 'looks',
  'fields.list': 'looks',
  'fields.create': {
    action: always('field-made'),
    of: ({ label }, answer) => (answer === null ? [] : [{ kind: 'field', id: answer.field, name: label }]),
  },
  'segments.addFiles': { action: always('segment-added'), of: madeSegments },
  'segments.chooseFiles': { action: always('segment-added'), of: madeSegments },
  'segments.cancelReading': 'gives-up',
  'segments.correctReading': { action: always('segment-changed'), of: about('segment', 'segmentId') },
  'segments.takeApart': { action: always('segment-added'), of: madeSegments },
  'segments.join': { action: always('segment-added'), of: madeSegments },
  'segments.getUnreadable': 'looks',
  'segments.getProfile': 'looks',
  'segments.getMembers': 'looks',
  'segments.countFormulas': 'looks',
  'segments.saveMembers': {
    action: saved,
    of: ({ segmentIds }) => segmentIds.map((id) => ({ kind: 'segment', id })),
  },
  'segments.cancelSaving': 'gives-up',
  'segments.rename': { action: always('segment-changed'), of: about('segment', 'segmentId') },
  'segments.changeTags': {
    action: always('segment-changed'),
    of: ({ segmentIds }) => segmentIds.map((id) => ({ kind: 'segment', id })),
  },
  'segments.duplicate': { action: always('segment-added'), of: madeSegments },
  'segments.split': { action: always('segment-added'), of: madeSegments },
  'segments.cancelSplit': 'gives-up',
  'segments.replaceFile': { action: always('segment-read-again'), of: about('segment', 'segmentId') },
  'segments.chooseReplacement': {
    action: (_, answer) => (answer === null ? null : 'segment-read-again'),
    of: about('segment', 'segmentId'),
  },
  'segments.readAgain': { action: always('segment-read-again'), of: about('segment', 'segmentId') },
  'segments.lookForChanges': 'looks',
  'segments.remove': { action: always('segment-removed'), of: about('segment', 'segmentId') },
  'watches.propose': 'looks',
  'watches.chooseFolder': 'looks',
  'watches.look': 'looks',
  'watches.save': {
    action: always('watch-made'),
    of: (_, answer) => (answer === null ? [] : [{ kind: 'watch', id: answer.watchId }]),
  },
  'watches.remove': { action: always('watch-removed'), of: about('watch', 'watchId') },
  'watches.take': { action: always('watch-taken'), of: about('watch', 'watchId') },
  'watches.leave': { action: always('watch-left'), of: about('watch', 'watchId') },
  'exports.check': 'looks',
  'exports.findings': 'looks',
  'exports.findingRows': 'looks',
  'exports.save': {
    action: ({ exportId }) => (exportId === undefined ? 'export-made' : 'export-changed'),
    of: ({ exportId }, answer) => {
      const id = exportId ?? answer?.exportId;
      return id === undefined ? [] : [{ kind: 'export', id }];
    },
  },
  'exports.remove': { action: always('export-removed'), of: about('export', 'exportId') },
  'exports.restore': { action: always('export-restored'), of: about('export', 'exportId') },
  'exports.duplicate': {
    action: always('export-made'),
    of: (_, answer) => (answer === null ? [] : [{ kind: 'export', id: answer.exportId }]),
  },
  'exports.detach': { action: always('export-detached'), of: about('export', 'exportId') },
  'exports.run': { action: always('run-started'), of: startedRun },
  'exports.runForOne': { action: always('run-started-for-one'), of: startedRun },
  'exports.plan': 'looks',
  'exports.getPlanRows': 'looks',
  'exports.cancelPlan': 'gives-up',
  'schedules.preview': 'looks',
  'schedules.setSystemRefresh': {
    action: always('schedule-changed'),
    of: () => [{ kind: 'schedule', id: systemRefreshId }],
  },
  'schedules.set': {
    action: always('schedule-changed'),
    of: ({ exportIds }) => exportIds.map((id) => ({ kind: 'schedule', id })),
  },
  'schedules.switch': {
    action: always('schedule-changed'),
    of: ({ exportIds }) => exportIds.map((id) => ({ kind: 'schedule', id })),
  },
  'schedules.dismiss': 'seen',
  'schedules.setBackground': { action: always('settings-changed'), of: () => theSettings },
  'neverMail.list': 'looks',
  'neverMail.add': { action: (_, { added }) => (added === 0 ? null : 'never-mail-added'), of: () => neverMail },
  'neverMail.import': {
    action: (_, answer) => (answer === null || answer.added === 0 ? null : 'never-mail-added'),
    of: () => neverMail,
  },
  'neverMail.remove': { action: always('never-mail-removed'), of: () => neverMail },
  'runs.cancel': { action: always('run-cancelled'), ...runOf },
  'runs.pause': { action: always('run-paused'), ...runOf },
  'runs.resume': { action: always('run-resumed'), ...runOf },
  'runs.continue': { action: always('run-continued'), ...runOf },
  'runs.getOfExport': 'looks',
  'runs.getActivities': 'looks',
  'runs.getRejectedRows': 'looks',
  'runs.saveRejectedRows': { action: saved, ...runOf },
  'runs.getRows': 'looks',
  'runs.mendRow': { action: (_, { answer }) => (answer === 'kept' ? 'row-mended' : null), ...runOf },
  'runs.unmendRow': 'gives-up',
  'runs.saveRows': { action: saved, ...runOf },
  'runs.readBack': { action: always('run-read-back'), ...runOf },
  'runs.undo': { action: always('run-undone'), ...runOf },
  'runs.checkMended': 'looks',
  'runs.sendMended': { action: always('mended-sent'), ...runOf },
  'people.getDoor': 'looks',
  'people.enter': { action: always('entered'), of: about('person', 'personId') },
  'people.leave': { action: always('left'), of: () => [] },
  'people.confirm': 'looks',
  'people.list': 'looks',
  'people.add': {
    action: always('person-added'),
    of: (_, answer) => (answer === null ? [] : [{ kind: 'person', id: answer.personId }]),
  },
  'people.change': { action: always('person-changed'), of: about('person', 'personId') },
  'people.setPassword': { action: always('password-set'), of: about('person', 'personId') },
  'people.changeOwnPassword': { action: always('password-changed'), of: () => [] },
  'people.remove': { action: always('person-removed'), of: about('person', 'personId') },
  'audit.list': 'looks',
  'audit.save': {
    action: (_, answer) => (answer === null ? null : 'history-saved'),
    of: () => [{ kind: 'history', id: 'history' }],
  },
};
