/**
 * Every way something can go wrong for a person, as a closed list. Each code has words in both catalogues:
 * `error.<code>.title` (what happened, to what), `error.<code>.advice` (what to do) and, where one button helps,
 * `error.<code>.button`. Code branches on these, never on wording.
 */
export const errorCodes = [
  // reading segment files
  'segment.empty',
  'segment.missing',
  'segment.not-readable',
  'segment.not-a-file',
  'segment.not-a-table',
  'segment.not-understood',
  'segment.no-email-column',
  'segment.too-large',
  'segment.archive-unsafe',
  'segment.changed-while-reading',
  'segment.reader-stopped',
  'segment.not-found',
  'segment.in-use',
  'segment.too-many-tags',
  'folder.missing',
  'folder.unreadable',
  'folder.not-watched',
  'disk.full',
  'disk.not-writable',
  // signing in
  'sign-in.denied',
  'sign-in.timed-out',
  'sign-in.cancelled',
  'sign-in.ports-taken',
  'sign-in.refused',
  'sign-in.expired',
  'sign-in.no-account',
  'sign-in.secrets-unavailable',
  'sign-in.secrets-locked',
  // talking to Constant Contact
  'network.offline',
  'network.timeout',
  'network.untrusted',
  'network.insecure-address',
  'remote.unavailable',
  'remote.throttled',
  'remote.quota-exhausted',
  'remote.queue-full',
  'remote.unauthorized',
  'remote.forbidden',
  'remote.not-found',
  'remote.conflict',
  'remote.rejected',
  'remote.invalid-answer',
  // lists
  'list.not-found',
  'list.ambiguous',
  'list.name-taken',
  'list.too-many',
  'list.invalid-reference',
  // connections
  'connection.not-found',
  'connection.name-taken',
  'connection.name-invalid',
  'connection.agreement-missing',
  'connection.other-account',
  'connection.privilege-missing',
  'connection.in-use',
  'connection.run-under-way',
  'connection.api-key-invalid',
  // exports
  'export.not-found',
  'export.name-taken',
  'export.name-invalid',
  'export.no-segment',
  'export.no-list',
  'export.email-not-matched',
  'export.column-not-found',
  'export.field-unknown',
  'export.field-gone',
  'export.date-order-unknown',
  'field.label-taken',
  'field.too-many',
  'export.permission-missing',
  'export.already-running',
  'export.run-under-way',
  'export.no-connection',
  'export.nothing-to-send',
  'export.too-large',
  // what a run would do
  'plan.not-found',
  'plan.outdated',
  'plan.other-account',
  'plan.person-not-found',
  'plan.too-many-leavers',
  'plan.too-many-clearings',
  'plan.unreadable-lines',
  // runs
  'run.not-found',
  'run.cannot-continue',
  'run.none-to-continue',
  'run.worker-stopped',
  'run.activity-failed',
  'run.rows-gone',
  'run.cannot-read-back',
  'run.cannot-undo',
  // schedules
  'schedule.missed',
  'schedule.interrupted',
  'schedule.time-zone-unknown',
  // the practice account
  'practice.not-started',
  // set-up files
  'set-up.not-understood',
  'set-up.from-newer-version',
  'set-up.too-large',
  'set-up.looked-again',
  // what is kept
  'kept.run-under-way',
  'kept.not-an-address',
  'kept.not-confirmed',
  // people
  'person.not-allowed',
  'person.locked',
  'person.gone',
  'person.not-found',
  'person.name-taken',
  'person.wrong-password',
  'person.wait',
  'person.password-needed',
  'person.password-short',
  'person.password-long',
  'person.password-required',
  'person.own-password-missing',
  'person.no-passwords',
  'person.credentials-missing',
  'person.last-administrator',
  // the store
  'store.from-newer-version',
  'store.damaged',
  'store.folder-unusable',
  // command line and window
  'usage',
  'ipc.untrusted-sender',
  'ipc.invalid-input',
  'app.no-browser',
  'cancelled',
  'unexpected',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** A value that may stand in an error's words. Never personal data, never a secret: these reach logs and stdout. */
export type ErrorParams = Readonly<Record<string, string | number>>;

/** What crosses IPC, the worker's port and the database in place of an Error. */
export interface WireError {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}
