import { createIntl } from 'react-intl';
import { expect, test } from 'vitest';
import type { ExportScheduleView, Recurrence } from '../../preload/contract/views.ts';
import { catalogues } from './messages.ts';
import { exportScheduleWords, recurrenceWords } from './schedule-words.ts';

const intlIn = (locale: string) => createIntl({ locale, messages: catalogues[locale.startsWith('fr') ? 'fr' : 'en'] });
const daily: Recurrence = {
  every: 'day',
  weekdays: [4, 1],
  monthDays: [15, 1, 31],
  times: ['18:00', '08:00'],
  timeZone: 'Europe/Paris',
  startsOn: null,
  whenMissed: 'catch-up',
};

test('a schedule is said in order, in the person’s language, with its zone where that is another', () => {
  const said = (locale: string, of: Partial<Recurrence> = {}) =>
    recurrenceWords({ ...daily, ...of }, 'Europe/Paris', intlIn(locale)).replaceAll('\u202f', ' ');
  expect(said('en-GB')).toBe('Daily at 08:00, 18:00');
  expect(said('en-US', { every: 'week' })).toBe('Weekly on Mon, Thu at 8:00 AM, 6:00 PM');
  expect(said('en-GB', { every: 'month', times: ['08:00'] })).toBe('Monthly on 1, 15, last day at 08:00');
  expect(said('fr')).toBe('Tous les jours à 08:00, 18:00');
  expect(said('fr', { every: 'week', times: ['08:00'] })).toBe('Chaque semaine (lun., jeu.) à 08:00');
  expect(said('fr', { every: 'month', times: ['08:00'] })).toBe('Chaque mois (1, 15, dernier jour) à 08:00');
  expect(said('en-GB', { timeZone: 'America/New_York' })).toBe('Daily at 08:00, 18:00 (America/New York)');
});

test('an export says by what it runs', () => {
  const schedule: ExportScheduleView = {
    exportId: 'e',
    follows: 'own',
    active: true,
    own: { on: true, recurrence: daily },
    nextRuns: [],
    waitsFor: null,
    skipped: null,
  };
  const said = (of: Partial<ExportScheduleView>, on = true) => {
    const systemRefresh = { on, recurrence: daily, nextRuns: [] };
    return exportScheduleWords({ ...schedule, ...of }, { systemRefresh, timeZone: 'Europe/Paris' }, intlIn('en-GB'));
  };
  expect(said({})).toBe('Daily at 08:00, 18:00');
  expect(said({ own: { on: false, recurrence: daily } })).toBe('Off · Daily at 08:00, 18:00');
  expect(said({ follows: 'system' })).toBe('System refresh');
  expect(said({ follows: 'system' }, false)).toBe('System refresh (off)');
  expect(said({ follows: 'manual' })).toBe('Manual');
});
