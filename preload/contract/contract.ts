import { z } from 'zod';
import { appCalls } from './calls/app.ts';
import { auditCalls } from './calls/audit.ts';
import { paths } from './calls/common.ts';
import { connectionsCalls } from './calls/connections.ts';
import { exportsCalls } from './calls/exports.ts';
import { fieldsCalls } from './calls/fields.ts';
import { keptCalls } from './calls/kept.ts';
import { listsCalls } from './calls/lists.ts';
import { neverMailCalls } from './calls/never-mail.ts';
import { peopleCalls } from './calls/people.ts';
import { reportCalls } from './calls/report.ts';
import { runsCalls } from './calls/runs.ts';
import { schedulesCalls } from './calls/schedules.ts';
import { segmentsCalls } from './calls/segments.ts';
import { setUpCalls } from './calls/set-up.ts';
import { signInCalls } from './calls/sign-in.ts';
import { watchesCalls } from './calls/watches.ts';
import type { CallName, EventName } from './channels.ts';
import { id } from './views/common.ts';
import {
  connectionView,
  exportView,
  placeToOpen,
  planStep,
  presentPersonView,
  runView,
  savingView,
  schedulesView,
  segmentView,
  settingsView,
  signInView,
  watchView,
} from './views.ts';

/**
 * Every call: one object in, one plain object out. Main parses the input always and the output always, so what is not
 * listed here neither arrives nor leaves. Refusals arrive as `{ ok: false, error }` in the envelope.
 */
export const calls = {
  ...appCalls,
  ...reportCalls,
  ...keptCalls,
  ...setUpCalls,
  ...signInCalls,
  ...connectionsCalls,
  ...listsCalls,
  ...fieldsCalls,
  ...segmentsCalls,
  ...watchesCalls,
  ...exportsCalls,
  ...schedulesCalls,
  ...neverMailCalls,
  ...runsCalls,
  ...peopleCalls,
  ...auditCalls,
} satisfies Record<CallName, { input: z.ZodType; output: z.ZodType }>;

export type CallInput<N extends CallName> = z.input<(typeof calls)[N]['input']>;
export type ParsedInput<N extends CallName> = z.output<(typeof calls)[N]['input']>;
export type CallOutput<N extends CallName> = z.output<(typeof calls)[N]['output']>;

const revised = <T extends z.ZodType>(value: T) => z.strictObject({ revision: z.int().nonnegative(), value });

/** Every event carries the whole view and a revision: what is older than the snapshot is not applied. */
export const events = {
  'settings.changed': revised(settingsView),
  /** The person in front of the window has another name or password. */
  'person.changed': revised(presentPersonView),
  'signIn.changed': revised(signInView),
  'connections.changed': revised(z.array(connectionView)),
  'segment.changed': revised(segmentView),
  'segment.removed': revised(z.strictObject({ segmentId: id })),
  /** How far `segments.saveMembers` is. */
  'saving.changed': revised(savingView),
  'watches.changed': revised(z.array(watchView)),
  'exports.changed': revised(z.array(exportView)),
  'schedules.changed': revised(schedulesView),
  'run.changed': revised(runView),
  /** How far a plan that is being made has come. */
  'plan.changed': revised(z.strictObject({ exportId: id, step: planStep })),
  /** Files opened with Segue, or dropped on its icon: as if they had been dropped on the window. */
  'files.opened': revised(z.strictObject({ paths })),
  /** What a notification was about: the person clicked it. */
  'app.goTo': revised(placeToOpen),
  /** How far deleting everything about an address is. */
  'kept.progress': revised(z.strictObject({ done: z.int().nonnegative(), total: z.int().positive() })),
  /** A menu item that the window carries out. */
  'app.command': revised(
    z.enum([
      'new-export',
      'new-connection',
      'choose-files',
      'show-exports',
      'show-segments',
      'show-connections',
      'show-runs',
      'show-settings',
      'save-report',
      'save-set-up',
      'open-set-up',
      /** The window is to close: the page asks about what is not saved and answers with `app.answerLeave`. */
      'ask-to-leave',
    ]),
  ),
} satisfies Record<EventName, z.ZodType>;

export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>;
