import { isoSeconds } from '../clock.ts';
import type { PracticeContext } from '../practice-context.ts';
import { type ContactDetails, permissions } from '../state/contact-details.ts';
import type { ContactRow } from '../state/contact-store.ts';

export interface ExportColumn {
  readonly name: string;
  value(contact: ContactRow, details: ContactDetails): string;
}

type Read = (contact: ContactRow, details: ContactDetails, context: PracticeContext) => string;

const time = (value: number | undefined | null) => (value === undefined || value === null ? '' : isoSeconds(value));
const listNames: Read = (contact, _details, { lists }) =>
  lists
    .listsOf(contact.seq)
    .map((seq) => lists.get(seq)?.name ?? '')
    .join(', ');

/**
 * The columns of an export. Only the `email_…` names are published (constant-contact-v3.md 6.5); the others, and the
 * headings, which the web product writes as words, are guesses.
 */
const known: Record<string, Read> = {
  email_address: (contact) => contact.address ?? '',
  first_name: (_contact, details) => details.first_name ?? '',
  last_name: (_contact, details) => details.last_name ?? '',
  job_title: (_contact, details) => details.job_title ?? '',
  company_name: (_contact, details) => details.company_name ?? '',
  email_status: (contact) => (permissions[contact.permission] === 'unsubscribed' ? 'Unsubscribed' : 'Active'),
  email_permission_status: (contact) => permissions[contact.permission] ?? '',
  email_lists: listNames,
  email_optin_source: (_contact, details) => details.optIn?.source ?? 'Account',
  email_optin_date: (contact, details) => time(details.optIn?.at ?? contact.created_at),
  email_optout_source: (_contact, details) => details.optOut?.source ?? '',
  email_optout_date: (_contact, details) => time(details.optOut?.at),
  email_optout_reason: (_contact, details) => details.optOut?.reason ?? '',
  anniversary: (_contact, details) => details.anniversary ?? '',
  created_at: (contact) => time(contact.created_at),
  updated_at: (contact) => time(contact.updated_at),
};

const words: Record<string, string> = {
  email_optin_source: 'Email opt-in source',
  email_optin_date: 'Email opt-in date',
  email_optout_source: 'Email opt-out source',
  email_optout_date: 'Email opt-out date',
  email_optout_reason: 'Email opt-out reason',
};

/** Whether an export can hold a field of this name. */
export function isExportField(name: string): boolean {
  return name in known;
}

/** The columns asked for, or all of them and the account's custom fields. */
export function exportColumns(fields: readonly string[] | null, context: PracticeContext): ExportColumn[] {
  const columns = (fields ?? Object.keys(known)).map((name): ExportColumn => {
    const read = known[name] ?? (() => '');
    return { name, value: (contact, details) => read(contact, details, context) };
  });
  if (fields !== null) return columns;
  const custom = context.fields.all().map((field): ExportColumn => {
    const key = String(field.seq);
    return { name: field.label, value: (_contact, details) => details.custom?.[key] ?? '' };
  });
  return [...columns, ...custom];
}

/** The title of a column: `email_address` -> `Email address`. */
export function headingOf(column: ExportColumn): string {
  const { name } = column;
  if (!isExportField(name)) return name;
  return words[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('_', ' ')}`;
}

/** One line of CSV, quoted where needed. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
}
