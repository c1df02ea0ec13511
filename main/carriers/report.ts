import type { CarriersOf, Services } from './services.ts';

/** What carries out the calls named `report.…`. */
export function reportCarriers({ ports, report }: Services): CarriersOf<'report'> {
  return {
    'report.make': (_, { person }) => ({ text: report.make(person.role) }),
    'report.save': async () => ({ savedTo: await report.save() }),
    'report.openLogFolder': async () => ({ folder: await ports.diagnostics.openLogFolder() }),
  };
}
