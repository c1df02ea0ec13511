import { redirectAddresses } from '../constant-contact/redirect-addresses.ts';
import { snapshotFor } from '../people/views-by-role.ts';
import type { CarriersOf, Services } from './services.ts';

/** What carries out the calls named `app.…`, `settings.…`. */
export function appCarriers({
  ports,
  events,
  settings,
  pages,
  session,
  connections,
  segments,
  watches,
  exports,
  schedules,
  runs,
}: Services): CarriersOf<'app' | 'settings'> {
  return {
    'app.getSnapshot': (_, { person }) =>
      snapshotFor(person.role, {
        revision: events.revision(),
        appVersion: ports.appVersion,
        platform: ports.platform,
        person: session.view(person),
        settings: settings(),
        redirectAddresses: [...redirectAddresses],
        connections: connections.list(),
        segments: segments.list(),
        watches: watches.views(),
        exports: exports.list(),
        schedules: schedules.view(),
        runs: runs.history(),
      }),
    'app.openPage': (input) => pages.open(input),
    'app.keepPlace': (kept) => {
      ports.desktop.place.keep(kept);
      return {};
    },
    'app.takePlace': () => ports.desktop.place.take(),
    'app.answerLeave': ({ leave }) => {
      ports.desktop.place.answer(leave);
      return {};
    },
    'app.noteFailure': (failure) => {
      ports.desktop.noteFailure(failure);
      return {};
    },
    'settings.change': ({ languageChoice, themeChoice, formatChoice, notifications }) => {
      ports.settings.set({
        ...(languageChoice ? { languageChoice } : {}),
        ...(themeChoice ? { themeChoice } : {}),
        ...(formatChoice ? { formatChoice } : {}),
        ...(notifications === undefined ? {} : { notifications }),
      });
      events.publish('settings.changed', settings());
      return settings();
    },
  };
}
