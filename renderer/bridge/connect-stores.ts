import type { EventPayload } from '../../preload/contract/contract.ts';
import { type Answered, applyAnswer, applyEvent, type MirrorEvent, mirrorOf } from '../stores/mirror.ts';
import { useMirrorStore } from '../stores/mirror-store.ts';
import { keepPlace, restorePlace } from '../stores/place.ts';
import { asClientError, type ClientError, call } from './client.ts';

/** What the window is asked to do from outside of it: by the menu, by files opened with Segue. */
export interface Requests {
  carryOut(command: EventPayload<'app.command'>['value']): void;
  openFiles(paths: readonly string[]): void;
  goTo(place: EventPayload<'app.goTo'>['value']): void;
}

/**
 * Joins the mirrors to main: subscribes first, so that nothing falls between, then asks for the snapshot, then applies
 * what is newer. Returns the function that ends it.
 */
export function connectStores(requests: Requests): () => void {
  let early: MirrorEvent[] | null = [];
  const take = (event: MirrorEvent): void => {
    if (early !== null) {
      early.push(event);
      return;
    }
    if (event.name === 'app.command') {
      requests.carryOut(event.payload.value);
      return;
    }
    if (event.name === 'files.opened') {
      requests.openFiles(event.payload.value.paths);
      return;
    }
    if (event.name === 'app.goTo') {
      requests.goTo(event.payload.value);
      return;
    }
    useMirrorStore.setState(({ mirror }) => (mirror === null ? {} : { mirror: applyEvent(mirror, event) }));
  };

  const subscriptions = [
    window.segue.on('settings.changed', (payload) => take({ name: 'settings.changed', payload })),
    window.segue.on('person.changed', (payload) => take({ name: 'person.changed', payload })),
    window.segue.on('signIn.changed', (payload) => take({ name: 'signIn.changed', payload })),
    window.segue.on('connections.changed', (payload) => take({ name: 'connections.changed', payload })),
    window.segue.on('segment.changed', (payload) => take({ name: 'segment.changed', payload })),
    window.segue.on('segment.removed', (payload) => take({ name: 'segment.removed', payload })),
    window.segue.on('watches.changed', (payload) => take({ name: 'watches.changed', payload })),
    window.segue.on('exports.changed', (payload) => take({ name: 'exports.changed', payload })),
    window.segue.on('schedules.changed', (payload) => take({ name: 'schedules.changed', payload })),
    window.segue.on('run.changed', (payload) => take({ name: 'run.changed', payload })),
    window.segue.on('files.opened', (payload) => take({ name: 'files.opened', payload })),
    window.segue.on('app.goTo', (payload) => take({ name: 'app.goTo', payload })),
    window.segue.on('app.command', (payload) => take({ name: 'app.command', payload })),
  ];

  Promise.all([call('app.takePlace', {}), call('app.getSnapshot', {})]).then(
    ([before, snapshot]) => {
      useMirrorStore.setState({ mirror: mirrorOf(snapshot), failure: null });
      restorePlace(before);
      keepPlace();
      const waited = early ?? [];
      early = null;
      for (const event of waited) take(event);
    },
    (thrown: unknown) => showWhyNot(asClientError(thrown)),
  );

  return () => {
    for (const unsubscribe of subscriptions) unsubscribe();
  };
}

/** There is no snapshot: nobody has come in yet, or something is wrong. */
function showWhyNot(failure: ClientError): void {
  if (failure.code !== 'person.locked') {
    useMirrorStore.setState({ failure });
    return;
  }
  call('people.getDoor', {}).then(
    (door) => useMirrorStore.setState({ door, failure: null }),
    (thrown: unknown) => useMirrorStore.setState({ failure: asClientError(thrown) }),
  );
}

/** Lets the mirrors know what a call answered, until the event about it arrives. */
export function adopt(answered: Answered): void {
  useMirrorStore.setState(({ mirror }) => (mirror === null ? {} : { mirror: applyAnswer(mirror, answered) }));
}
