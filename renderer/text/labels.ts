import type { IntlShape } from 'react-intl';
import type { SplitField, StandardField } from '../../preload/contract/contact-fields.ts';
import type {
  ActivityView,
  Balance,
  Certainty,
  ColumnKind,
  ConnectionDetails,
  ConnectionKind,
  DateOrder,
  NewFieldType,
  ReadingView,
  RejectionReason,
  RunView,
  SharedWith,
} from '../../preload/contract/views.ts';
import type { ProblemKind } from '../stores/export-draft.ts';
import type { ShownState } from '../stores/export-state.ts';
import type { MessageKey } from './messages.ts';

// Words for values of the contract. Each map is exhaustive, so that a new value without words does not compile.

export const fieldLabels: Readonly<Record<StandardField, MessageKey>> = {
  email: 'field.email',
  first_name: 'field.first-name',
  last_name: 'field.last-name',
  company_name: 'field.company-name',
  job_title: 'field.job-title',
  phone: 'field.phone',
  street: 'field.street',
  city: 'field.city',
  state: 'field.state',
  zip: 'field.zip',
  country: 'field.country',
  birthday_month: 'field.birthday-month',
  birthday_day: 'field.birthday-day',
  anniversary: 'field.anniversary',
};

export const splitFieldLabels: Readonly<Record<SplitField, MessageKey>> = {
  full_name: 'field.full-name',
  birthday: 'field.birthday',
};

/** What cells look like, as in “98 of 100 cells look like …”. */
export const columnKindLabels: Readonly<Record<ColumnKind, MessageKey>> = {
  empty: 'column-kind.empty',
  email: 'column-kind.email',
  'first-name': 'column-kind.first-name',
  'last-name': 'column-kind.last-name',
  'full-name': 'column-kind.full-name',
  company: 'column-kind.company',
  'job-title': 'column-kind.job-title',
  phone: 'column-kind.phone',
  street: 'column-kind.street',
  city: 'column-kind.city',
  state: 'column-kind.state',
  zip: 'column-kind.zip',
  country: 'column-kind.country',
  date: 'column-kind.date',
  birthday: 'column-kind.birthday',
  number: 'column-kind.number',
  'yes-no': 'column-kind.yes-no',
  id: 'column-kind.id',
  url: 'column-kind.url',
  text: 'column-kind.text',
};

export const certaintyLabels: Readonly<Record<Certainty, MessageKey>> = {
  sure: 'matching.certainty.sure',
  likely: 'matching.certainty.likely',
  unsure: 'matching.certainty.unsure',
};

export const dateOrderLabels: Readonly<Record<DateOrder, MessageKey>> = {
  'day-first': 'matching.date-order.day-first',
  'month-first': 'matching.date-order.month-first',
  'year-first': 'matching.date-order.year-first',
};

export const fieldTypeLabels: Readonly<Record<NewFieldType, MessageKey>> = {
  text: 'field.create.type.text',
  date: 'field.create.type.date',
  number: 'field.create.type.number',
};

export const kindLabels: Readonly<Record<ConnectionKind, MessageKey>> = {
  'constant-contact': 'connection.kind.constant-contact',
  practice: 'connection.kind.practice',
};

export const sharedWithLabels: Readonly<Record<SharedWith, MessageKey>> = {
  administrators: 'connection.shared-with.administrators',
  contributors: 'connection.shared-with.contributors',
};

export const signInStateLabels: Readonly<Record<ConnectionDetails['signInState'], MessageKey>> = {
  'signed-in': 'connection.sign-in-state.signed-in',
  'this-session-only': 'connection.sign-in-state.this-session-only',
  'signed-out': 'connection.sign-in-state.signed-out',
};

export const runStateLabels: Readonly<Record<ShownState, MessageKey>> = {
  queued: 'run.state.queued',
  running: 'run.state.running',
  pausing: 'run.state.pausing',
  paused: 'run.state.paused',
  cancelling: 'run.state.cancelling',
  cancelled: 'run.state.cancelled',
  interrupted: 'run.state.interrupted',
  failed: 'run.state.failed',
  successful: 'run.state.successful',
  completedWithWarnings: 'run.state.completed-with-warnings',
  skipped: 'run.state.skipped',
};

/** What each state means: one thing, wherever it stands. */
export const stateMeanings: Readonly<Record<ShownState, MessageKey>> = {
  queued: 'run.meaning.queued',
  running: 'run.meaning.running',
  pausing: 'run.meaning.pausing',
  paused: 'run.meaning.paused',
  cancelling: 'run.meaning.cancelling',
  cancelled: 'run.meaning.cancelled',
  interrupted: 'run.meaning.interrupted',
  failed: 'run.meaning.failed',
  successful: 'run.meaning.successful',
  completedWithWarnings: 'run.meaning.completed-with-warnings',
  skipped: 'run.meaning.skipped',
};

/** Who started a run, and how. */
export const startedViaLabels: Readonly<Record<RunView['startedVia'], MessageKey>> = {
  window: 'run.started-via.window',
  'command-line': 'run.started-via.command-line',
  schedule: 'run.started-via.schedule',
};

export const phaseLabels: Readonly<Record<RunView['progress']['phase'], MessageKey>> = {
  preparing: 'run.phase.preparing',
  sending: 'run.phase.sending',
  confirming: 'run.phase.confirming',
  ended: 'run.phase.ended',
};

type WaitingFor = NonNullable<RunView['waiting']>['for'];
export const waitingLabels: Readonly<Record<WaitingFor, MessageKey>> = {
  activities: 'run.waiting.activities',
  pacing: 'run.waiting.pacing',
  network: 'run.waiting.network',
  quota: 'run.waiting.quota',
  'sign-in': 'run.waiting.sign-in',
  service: 'run.waiting.service',
  'opt-outs': 'run.waiting.opt-outs',
  list: 'run.waiting.list',
};

/** Why a row is refused; a test holds the keys against the contract's list. */
export const reasonLabel = (reason: RejectionReason): MessageKey => `rejection.${reason}`;

export const activityStateLabels: Readonly<Record<ActivityView['state'], MessageKey>> = {
  planned: 'activity.state.planned',
  posting: 'activity.state.posting',
  posted: 'activity.state.posted',
  completed: 'activity.state.completed',
  failed: 'activity.state.failed',
  unknown: 'activity.state.unknown',
  'not-sent': 'activity.state.not-sent',
};

/** The eight parts of the balance in the order they are shown, each with its name and what it means. */
export const balanceParts: readonly {
  readonly part: Exclude<keyof Balance, 'rowsRead' | 'unreadable'>;
  readonly label: MessageKey;
  readonly explanation: MessageKey;
}[] = [
  { part: 'accepted', label: 'balance.accepted', explanation: 'balance.accepted.explanation' },
  { part: 'unchanged', label: 'balance.unchanged', explanation: 'balance.unchanged.explanation' },
  { part: 'duplicate', label: 'balance.duplicate', explanation: 'balance.duplicate.explanation' },
  { part: 'rejected', label: 'balance.rejected', explanation: 'balance.rejected.explanation' },
  { part: 'heldBack', label: 'balance.held-back', explanation: 'balance.held-back.explanation' },
  { part: 'refused', label: 'balance.refused', explanation: 'balance.refused.explanation' },
  { part: 'notSent', label: 'balance.not-sent', explanation: 'balance.not-sent.explanation' },
  { part: 'unknown', label: 'balance.unknown', explanation: 'balance.unknown.explanation' },
];

export const problemLabels: Readonly<Record<ProblemKind, MessageKey>> = {
  'name-missing': 'export.problem.name-missing',
  'connection-missing': 'export.problem.connection-missing',
  'list-missing': 'export.problem.list-missing',
  'segment-missing': 'export.problem.segment-missing',
  'segment-reading': 'export.problem.segment-reading',
  'segment-failed': 'export.problem.segment-failed',
  'email-not-matched': 'export.problem.email-not-matched',
  'date-order-missing': 'export.problem.date-order-missing',
};

export const formatLabels: Readonly<Record<ReadingView['format'], MessageKey>> = {
  csv: 'reading.format.csv',
  xlsx: 'reading.format.xlsx',
  json: 'reading.format.json',
  ndjson: 'reading.format.ndjson',
  parquet: 'reading.format.parquet',
};

/** Names of encodings are the same in every language. */
export const encodingNames: Readonly<Record<ReadingView['encoding'], string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1252': 'Windows-1252',
  macintosh: 'Mac OS Roman',
};

const delimiterLabels: Readonly<Record<string, MessageKey>> = {
  ',': 'reading.delimiter.comma',
  ';': 'reading.delimiter.semicolon',
  '\t': 'reading.delimiter.tab',
  '|': 'reading.delimiter.bar',
  ':': 'reading.delimiter.colon',
  '^': 'reading.delimiter.caret',
  '~': 'reading.delimiter.tilde',
  ' ': 'reading.delimiter.space',
};

/** A delimiter by name; one without a name as it is, or by its number where it cannot be seen. */
export function delimiterName(intl: Pick<IntlShape, 'formatMessage'>, delimiter: string): string {
  const label = delimiterLabels[delimiter];
  if (label !== undefined) return intl.formatMessage({ id: label });
  const code = delimiter.codePointAt(0) ?? 0;
  return code < 0x20 || code === 0x7f ? `U+${code.toString(16).toUpperCase().padStart(4, '0')}` : delimiter;
}

const unreadableLabels: Readonly<Record<string, MessageKey>> = {
  'surplus-cells': 'reading.unreadable.surplus-cells',
  'quote-not-closed': 'reading.unreadable.quote-not-closed',
  'text-after-quote': 'reading.unreadable.text-after-quote',
  'invalid-encoding': 'reading.unreadable.invalid-encoding',
  'nul-character': 'reading.unreadable.nul-character',
  'line-too-long': 'reading.unreadable.line-too-long',
  'invalid-json': 'reading.unreadable.invalid-json',
  'not-an-object': 'reading.unreadable.not-an-object',
};

/** Why a line could not be read (the codes of main/segments); a code that is not known here is said in general. */
export const unreadableLabel = (reason: string): MessageKey => unreadableLabels[reason] ?? 'reading.unreadable.other';
