import type { CarriersOf, Services } from './services.ts';

/** What carries out the calls named `fields.…`. */
export function fieldCarriers({ fields }: Services): CarriersOf<'fields'> {
  return {
    'fields.list': ({ connectionId }) => fields.list(connectionId),
    'fields.create': ({ connectionId, label, type }) => fields.create(connectionId, label, type),
  };
}
