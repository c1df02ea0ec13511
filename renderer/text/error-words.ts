import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { MessageKey } from './messages.ts';

/** What the one button of an error does; the screen that shows the error says how. */
export type ErrorAction =
  | 'retry'
  | 'sign-in'
  | 'choose-files'
  | 'show-connections'
  | 'show-list'
  | 'show-matching'
  | 'ask-permission'
  | 'show-plan'
  | 'show-run';

/** The button of every code, null where none helps. A test keeps it in step with the catalogues' `.button` keys. */
export const errorActions: Readonly<Record<ErrorCode, ErrorAction | null>> = {
  'segment.empty': 'choose-files',
  'segment.missing': 'choose-files',
  'segment.not-a-file': 'choose-files',
  'segment.not-a-table': 'choose-files',
  'segment.not-understood': 'choose-files',
  'segment.no-email-column': 'choose-files',
  'segment.too-large': null,
  'segment.archive-unsafe': 'choose-files',
  'segment.changed-while-reading': 'choose-files',
  'segment.not-found': 'choose-files',
  'segment.in-use': null,
  'segment.too-many-tags': null,
  'folder.missing': null,
  'folder.unreadable': null,
  'folder.not-watched': null,
  'disk.full': 'retry',
  'disk.not-writable': 'retry',
  'sign-in.denied': 'retry',
  'sign-in.timed-out': 'retry',
  'sign-in.cancelled': 'retry',
  'sign-in.ports-taken': 'retry',
  'sign-in.refused': 'retry',
  'sign-in.no-account': 'retry',
  'sign-in.expired': 'sign-in',
  'sign-in.secrets-unavailable': null,
  'sign-in.secrets-locked': 'retry',
  'network.offline': 'retry',
  'network.timeout': 'retry',
  'network.untrusted': 'retry',
  'network.insecure-address': null,
  'remote.unavailable': 'retry',
  'remote.throttled': 'retry',
  'remote.quota-exhausted': null,
  'remote.queue-full': 'retry',
  'remote.unauthorized': 'sign-in',
  'remote.forbidden': 'sign-in',
  'remote.not-found': null,
  'remote.conflict': null,
  'remote.rejected': null,
  'remote.invalid-answer': 'retry',
  'list.not-found': 'show-list',
  'list.ambiguous': null,
  'list.name-taken': null,
  'list.too-many': null,
  'list.invalid-reference': null,
  'connection.not-found': 'show-connections',
  'connection.name-taken': null,
  'connection.name-invalid': null,
  'connection.agreement-missing': null,
  'connection.other-account': null,
  'connection.privilege-missing': null,
  'connection.in-use': null,
  'connection.api-key-invalid': null,
  'export.not-found': null,
  'export.name-taken': null,
  'export.name-invalid': null,
  'export.no-segment': 'choose-files',
  'export.no-list': 'show-list',
  'export.email-not-matched': 'show-matching',
  'export.column-not-found': 'show-matching',
  'export.field-unknown': null,
  'export.field-gone': 'show-matching',
  'export.date-order-unknown': 'show-matching',
  'field.label-taken': null,
  'field.too-many': null,
  'export.permission-missing': 'ask-permission',
  'export.already-running': 'show-run',
  'export.nothing-to-send': 'choose-files',
  'plan.not-found': null,
  'plan.outdated': 'show-plan',
  'plan.other-account': 'show-plan',
  'plan.person-not-found': null,
  'plan.too-many-leavers': 'show-plan',
  'plan.too-many-clearings': 'show-plan',
  'plan.unreadable-lines': 'show-plan',
  'run.not-found': null,
  'run.cannot-continue': null,
  'run.worker-stopped': null,
  'run.activity-failed': null,
  'run.rows-gone': null,
  'run.cannot-read-back': null,
  'run.cannot-undo': null,
  'practice.not-started': 'retry',
  'person.not-allowed': null,
  'store.from-newer-version': null,
  'store.damaged': null,
  usage: null,
  'ipc.untrusted-sender': null,
  'ipc.invalid-input': null,
  cancelled: null,
  unexpected: 'retry',
};

/** Key of one of an error's sentences; a test proves that every code has them in both languages. */
export const errorKey = (code: ErrorCode, part: 'title' | 'advice' | 'button'): MessageKey =>
  `error.${code}.${part}` as MessageKey;
