import type { CarriersOf, Services } from './services.ts';

/** What carries out the calls named `schedules.…`. */
export function scheduleCarriers({ schedules }: Services): CarriersOf<'schedules'> {
  return {
    'schedules.preview': ({ recurrence }) => schedules.preview(recurrence),
    'schedules.setSystemRefresh': (input) => schedules.setSystemRefresh(input),
    'schedules.set': (input) => schedules.set(input),
    'schedules.switch': (input) => schedules.switch(input),
    'schedules.dismiss': (input) => {
      schedules.dismiss(input);
      return {};
    },
  };
}
