import type { IntlShape } from 'react-intl';
import type { AuditChange, AuditKind, AuditValue, Role } from '../../preload/contract/views.ts';
import type { MessageKey } from './messages.ts';
import { weekdayName } from './schedule-words.ts';

export const roleLabels: Readonly<Record<Role, MessageKey>> = {
  administrator: 'person.role.administrator',
  contributor: 'person.role.contributor',
  viewer: 'person.role.viewer',
};

/** What somebody of the role may do, in a line. */
export const roleHints: Readonly<Record<Role, MessageKey>> = {
  administrator: 'people.role.administrator.hint',
  contributor: 'people.role.contributor.hint',
  viewer: 'people.role.viewer.hint',
};

/** What a change is about; the kinds in the order in which they are offered. */
export const auditKindLabels: Readonly<Record<AuditKind, MessageKey>> = {
  export: 'audit.kind.export',
  run: 'audit.kind.run',
  schedule: 'audit.kind.schedule',
  connection: 'audit.kind.connection',
  segment: 'audit.kind.segment',
  watch: 'audit.kind.watch',
  list: 'audit.kind.list',
  field: 'audit.kind.field',
  'never-mail': 'audit.kind.never-mail',
  person: 'audit.kind.person',
  settings: 'audit.kind.settings',
  'set-up': 'audit.kind.set-up',
  profile: 'audit.kind.profile',
  history: 'audit.kind.history',
};

function valueWords(intl: IntlShape, value: AuditValue | null): string {
  if (value === null || value === '') return '–';
  if (typeof value === 'number') return intl.formatNumber(value);
  if (typeof value === 'string') return value;
  if ('weekdays' in value) return value.weekdays.map((day) => weekdayName(day, intl.locale, 'long')).join(', ');
  return intl.formatMessage({ id: `audit.value.${value.word}` });
}

/** One change of an entry of the history: what, before, after. */
export function changeWords(intl: IntlShape, { fact, before, after }: AuditChange): string {
  return intl.formatMessage(
    { id: 'audit.change' },
    {
      fact: intl.formatMessage({ id: `audit.fact.${fact}` }),
      before: valueWords(intl, before),
      after: valueWords(intl, after),
    },
  );
}
