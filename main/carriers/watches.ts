import type { CarriersOf, Services } from './services.ts';

/** What carries out the calls named `watches.…`. */
export function watchCarriers({ watches }: Services): CarriersOf<'watches'> {
  return {
    'watches.propose': ({ segmentId }) => watches.propose(segmentId),
    'watches.chooseFolder': async ({ folder }) => ({ folder: await watches.chooseFolder(folder) }),
    'watches.look': ({ folder, pattern }) => watches.look(folder, pattern),
    'watches.save': (input, { person }) => watches.save(input, person),
    'watches.remove': ({ watchId }) => {
      watches.remove(watchId);
      return {};
    },
    'watches.take': ({ watchId }) => watches.take(watchId).then(() => ({})),
    'watches.leave': ({ watchId }) => {
      watches.leave(watchId);
      return {};
    },
  };
}
