import type { CarriersOf, Services } from './services.ts';

/** What carries out the calls named `schedules.…`. */
export function scheduleCarriers({ schedules, ports, events, settings }: Services): CarriersOf<'schedules'> {
  return {
    'schedules.preview': ({ recurrence }) => schedules.preview(recurrence),
    'schedules.setSystemRefresh': (input) => schedules.setSystemRefresh(input),
    'schedules.set': (input) => schedules.set(input),
    'schedules.switch': (input) => schedules.switch(input),
    'schedules.dismiss': (input) => {
      schedules.dismiss(input);
      return {};
    },
    'schedules.setBackground': ({ stayInTray, startAtLogin }) => {
      // What starts with the computer and shows no window is found in the tray.
      if (startAtLogin !== undefined || stayInTray === false) ports.desktop.setStartAtLogin(startAtLogin === true);
      const inTray = startAtLogin === true ? true : stayInTray;
      if (inTray !== undefined) ports.settings.set({ stayInTray: inTray });
      events.publish('settings.changed', settings());
      return settings();
    },
  };
}
