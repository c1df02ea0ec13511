import type { CarriersOf, Services } from './services.ts';

/** What carries out the calls named `audit.…`. */
export function auditCarriers({ audit }: Services): CarriersOf<'audit'> {
  return {
    'audit.list': ({ before, limit, ...query }) => audit.list(query, before, limit),
    'audit.save': (query) => audit.save(query),
  };
}
