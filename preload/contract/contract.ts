import { z } from 'zod';
import type { CallName, EventName } from './channels.ts';
import {
  activityView,
  checkView,
  connectionKind,
  connectionView,
  exportDraft,
  exportView,
  languageChoice,
  listView,
  readingOverrides,
  rejectedRowView,
  runView,
  segmentView,
  settingsView,
  sharedWith,
  signInView,
  snapshotView,
  themeChoice,
  unreadableLine,
} from './views.ts';

const id = z.string().min(1).max(64);
const nothing = z.strictObject({});
const paths = z.array(z.string().min(1).max(4_096)).min(1).max(100);

/**
 * Every call: one object in, one plain object out. Main parses the input always and the output always, so what is not
 * listed here neither arrives nor leaves. Refusals arrive as `{ ok: false, error }` in the envelope.
 */
export const calls = {
  'app.getSnapshot': { input: nothing, output: snapshotView },
  /** Opens one of the app's own fixed pages in the system browser. */
  'app.openPage': {
    input: z.strictObject({
      page: z.enum(['constant-contact-portal', 'practice-account', 'constant-contact-list']),
      listId: id.optional(),
    }),
    output: nothing,
  },
  'settings.change': {
    input: z.strictObject({ languageChoice: languageChoice.optional(), themeChoice: themeChoice.optional() }),
    output: settingsView,
  },

  /** Opens the sign-in page; what becomes of it arrives as `signIn.changed`. A newer sign-in replaces an older one. */
  'signIn.start': {
    input: z.strictObject({
      kind: connectionKind,
      /** The connection that is signed in to again: its account and, unless another is given, its API key. */
      connectionId: id.optional(),
      /** The Constant Contact application's API key; the practice account needs none. */
      apiKey: z.string().trim().max(100).optional(),
      /** `code`: the person types a code on a page, for where the browser cannot come back. Default `browser`. */
      method: z.enum(['browser', 'code']).optional(),
      useAnotherAccount: z.boolean().optional(),
      /** False on the command line, which only prints the address. */
      openBrowser: z.boolean().optional(),
    }),
    output: signInView,
  },
  'signIn.cancel': { input: z.strictObject({ signInId: id }), output: nothing },
  'signIn.openPageAgain': { input: z.strictObject({ signInId: id }), output: nothing },

  /** Needs a sign-in that succeeded. `keepSignIn` answers the question asked where the keychain cannot protect secrets. */
  'connections.save': {
    input: z.strictObject({
      displayName: z.string().trim().min(1).max(100),
      sharedWith,
      agreedToPrivacy: z.literal(true),
      addYourselfAsExportUser: z.literal(true),
      signInId: id,
      keepSignIn: z.boolean().optional(),
    }),
    output: connectionView,
  },
  'connections.remove': { input: z.strictObject({ connectionId: id }), output: nothing },

  /** All lists of the account by name, from the account itself. */
  'lists.search': { input: z.strictObject({ connectionId: id }), output: z.array(listView) },
  'lists.create': {
    input: z.strictObject({ connectionId: id, name: z.string().trim().min(1).max(255) }),
    output: listView,
  },
  /** A list ID, the list's web address or its exact name. */
  'lists.resolve': {
    input: z.strictObject({ connectionId: id, reference: z.string().trim().min(1).max(2_000) }),
    output: listView,
  },

  /** Paths are proposals: main looks at each file itself. Reading goes on after the answer, as `segment.changed`. */
  'segments.addFiles': { input: z.strictObject({ paths }), output: z.array(segmentView) },
  /** The system's open dialog; an empty array when it was cancelled. */
  'segments.chooseFiles': { input: nothing, output: z.array(segmentView) },
  'segments.cancelReading': { input: z.strictObject({ segmentId: id }), output: nothing },
  /**
   * Reads a segment's file again with these corrections in place of all earlier ones; they are remembered for files of
   * the same source. Without any, the file is read by itself and what was remembered is forgotten.
   */
  'segments.correctReading': {
    input: z.strictObject({ segmentId: id, overrides: readingOverrides }),
    output: segmentView,
  },
  /** The parts of a segment as segments of their own; the segment itself stays until it is removed. */
  'segments.takeApart': { input: z.strictObject({ segmentId: id }), output: z.array(segmentView) },
  /** Lines that could not be read, from the byte that the page before named (0 at first). */
  'segments.getUnreadable': {
    input: z.strictObject({ segmentId: id, fromByte: z.int().nonnegative(), limit: z.int().min(1).max(500) }),
    output: z.strictObject({ lines: z.array(unreadableLine), nextByte: z.int().nonnegative().nullable() }),
  },
  'segments.rename': {
    input: z.strictObject({ segmentId: id, name: z.string().trim().min(1).max(255) }),
    output: segmentView,
  },
  'segments.duplicate': { input: z.strictObject({ segmentId: id }), output: segmentView },
  /** Reads another file, or parts, as the segment's newest version; goes on after the answer, as `segment.changed`. */
  'segments.replaceFile': { input: z.strictObject({ segmentId: id, paths }), output: segmentView },
  /** The same with the system's open dialog; null when it was cancelled. */
  'segments.chooseReplacement': { input: z.strictObject({ segmentId: id }), output: segmentView.nullable() },
  /** Reads the segment's own file as it is now, as its newest version. */
  'segments.readAgain': { input: z.strictObject({ segmentId: id }), output: segmentView },
  /** Looks whether files have changed since they were read; what is new arrives as `segment.changed`. */
  'segments.lookForChanges': { input: nothing, output: nothing },
  /** A segment that exports use goes only with `fromExports`, which takes it out of them. */
  'segments.remove': {
    input: z.strictObject({ segmentId: id, fromExports: z.literal(true).optional() }),
    output: nothing,
  },

  /** Counts over the whole segments and a preview. A newer check ends an older one with `cancelled`. */
  'exports.check': {
    input: z.strictObject({ segments: exportDraft.shape.segments, previewRows: z.int().min(0).max(200) }),
    output: checkView,
  },
  /** Stores, sends nothing. */
  'exports.save': { input: exportDraft, output: exportView },
  'exports.remove': { input: z.strictObject({ exportId: id }), output: nothing },
  /** Starts a run. `agreedToMail` is needed before the first send to a list. */
  'exports.run': { input: z.strictObject({ exportId: id, agreedToMail: z.literal(true).optional() }), output: runView },

  'runs.cancel': { input: z.strictObject({ runId: id }), output: nothing },
  'runs.continue': { input: z.strictObject({ runId: id }), output: runView },
  'runs.getActivities': { input: z.strictObject({ runId: id }), output: z.array(activityView) },
  'runs.getRejectedRows': {
    input: z.strictObject({ runId: id, afterRowId: z.int().nonnegative(), limit: z.int().min(1).max(500) }),
    output: z.array(rejectedRowView),
  },
  /** Asks where, then writes the original columns and the reason. `savedTo` is the file's name, null when cancelled. */
  'runs.saveRejectedRows': {
    input: z.strictObject({ runId: id }),
    output: z.strictObject({ savedTo: z.string().nullable(), rows: z.int() }),
  },
} satisfies Record<CallName, { input: z.ZodType; output: z.ZodType }>;

export type CallInput<N extends CallName> = z.input<(typeof calls)[N]['input']>;
export type ParsedInput<N extends CallName> = z.output<(typeof calls)[N]['input']>;
export type CallOutput<N extends CallName> = z.output<(typeof calls)[N]['output']>;

const revised = <T extends z.ZodType>(value: T) => z.strictObject({ revision: z.int().nonnegative(), value });

/** Every event carries the whole view and a revision: what is older than the snapshot is not applied. */
export const events = {
  'settings.changed': revised(settingsView),
  'signIn.changed': revised(signInView),
  'connections.changed': revised(z.array(connectionView)),
  'segment.changed': revised(segmentView),
  'segment.removed': revised(z.strictObject({ segmentId: id })),
  'exports.changed': revised(z.array(exportView)),
  'run.changed': revised(runView),
  /** A menu item that the window carries out. */
  'app.command': revised(
    z.enum(['new-export', 'new-connection', 'choose-files', 'show-exports', 'show-connections', 'show-settings']),
  ),
} satisfies Record<EventName, z.ZodType>;

export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>;
