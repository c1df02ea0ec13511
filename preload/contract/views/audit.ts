import { z } from 'zod';
import { count, id, time } from './common.ts';

/** What a change is about. */
export const auditKind = z.enum([
  'person',
  'connection',
  'list',
  'field',
  'segment',
  'watch',
  'export',
  'run',
  'schedule',
  'never-mail',
  'settings',
  'set-up',
  'profile',
  'history',
]);
export type AuditKind = z.infer<typeof auditKind>;

/** What was done, each with words `audit.action.<action>`. */
export const auditActions = [
  'entered',
  'left',
  'password-wrong',
  'refused',
  'person-added',
  'person-changed',
  'person-removed',
  'password-set',
  'password-changed',
  'connection-made',
  'connection-changed',
  'connection-removed',
  'export-user-added',
  'list-made',
  'field-made',
  'segment-added',
  'segment-changed',
  'segment-read-again',
  'segment-removed',
  'watch-made',
  'watch-removed',
  'watch-taken',
  'watch-left',
  'export-made',
  'export-changed',
  'export-removed',
  'export-restored',
  'export-detached',
  'run-started',
  'run-started-for-one',
  'run-cancelled',
  'run-paused',
  'run-resumed',
  'run-continued',
  'run-undone',
  'run-read-back',
  'row-mended',
  'mended-sent',
  'rows-saved',
  'never-mail-added',
  'never-mail-removed',
  'settings-changed',
  'schedule-changed',
  'kept-changed',
  'kept-deleted',
  'person-forgotten',
  'set-up-saved',
  'set-up-opened',
  'history-saved',
] as const;
export const auditAction = z.enum(auditActions);
export type AuditAction = z.infer<typeof auditAction>;

/** What about an object was another before, each with words `audit.fact.<fact>`. */
export const auditFacts = [
  'name',
  'role',
  'shared-with',
  'export-user',
  'connection',
  'list',
  'mode',
  'leaver-limit',
  'read-back',
  'segments',
  'matching',
  'file',
  'rows',
  'folder',
  'pattern',
  'language',
  'theme',
  'notifications',
  'format',
  'memory',
  'in-tray',
  'at-login',
  'keeps-rows',
  'keeps-stages',
  'keeps-copies',
  'keeps-log',
  'entries',
  'tags',
  'follows',
  'on',
  'every',
  'days',
  'times',
  'time-zone',
  'starts-on',
  'when-missed',
] as const;
export const auditFact = z.enum(auditFacts);
export type AuditFact = z.infer<typeof auditFact>;

/** Words that values stand for, each with words `audit.value.<word>`. */
export const auditWords = [
  'yes',
  'no',
  'administrator',
  'contributor',
  'viewer',
  'administrators',
  'contributors',
  'add-and-update',
  'changes-only',
  'mirror',
  'follows-system',
  'follows-own',
  'follows-manual',
  'every-day',
  'every-week',
  'every-month',
  'catch-up',
  'skip',
  'system',
  'en',
  'fr',
  'light',
  'dark',
  'for-ever',
] as const;
export const auditWord = z.enum(auditWords);
export type AuditWord = z.infer<typeof auditWord>;

/** A value as it is, as a word of the catalogues (`audit.value.<word>`), or as days of the week, 1 for Monday. */
export const auditValue = z.union([
  z.string(),
  z.number(),
  z.strictObject({ word: auditWord }),
  z.strictObject({ weekdays: z.array(z.int().min(1).max(7)) }),
]);
export type AuditValue = z.infer<typeof auditValue>;

export const auditChange = z.strictObject({
  fact: auditFact,
  before: auditValue.nullable(),
  after: auditValue.nullable(),
});
export type AuditChange = z.infer<typeof auditChange>;

export const auditEntry = z.strictObject({
  auditId: count,
  at: time,
  personName: z.string(),
  via: z.enum(['window', 'command-line', 'schedule']),
  action: auditAction,
  kind: auditKind,
  objectName: z.string(),
  changes: z.array(auditChange),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/** Which entries: those that hold the text, by one person, about one kind of thing, since a moment. */
export const auditQuery = z.strictObject({
  search: z.string().max(200),
  personId: id.nullable(),
  kind: auditKind.nullable(),
  from: time.nullable(),
});
export type AuditQuery = z.infer<typeof auditQuery>;
