import type { EventName } from '../../preload/contract/channels.ts';
import type { EventPayload } from '../../preload/contract/contract.ts';
import type { PlaceToOpen } from '../../preload/contract/views.ts';
import type { Application } from '../application.ts';
import type { MainWindow } from '../desktop/main-window.ts';
import type { WindowCommand } from '../desktop/menu.ts';

/** As many as the contract takes at a time. */
const mostFiles = 100;

export interface Publisher {
  /** Has the window carry out a menu item; opens it first when there is none. A page that does not listen yet is waited for. */
  publishCommand(command: WindowCommand): void;
  /** Has the window take files in as if they had been dropped on it; the same holds. */
  publishFiles(paths: readonly string[]): void;
  /** Has the window open a place; the same holds, and the last one counts. */
  publishPlace(place: PlaceToOpen): void;
  /** The page is gone, or will be another one. */
  pageLost(): void;
  /** To be called when the page has asked for its first snapshot: from then on it listens. */
  pageListens(): void;
}

/** Passes every event of the application on to the window. */
export function publishEvents(application: Application, window: MainWindow): Publisher {
  let revision = 0;
  let listens = false;
  /** Of several menu items chosen meanwhile the last one counts; no file is forgotten. */
  let command: WindowCommand | null = null;
  let files: readonly string[] = [];
  let place: PlaceToOpen | null = null;
  application.subscribeAs({ via: 'window' }, <N extends EventName>(name: N, payload: EventPayload<N>) => {
    revision = Math.max(revision, payload.revision);
    window.send(name, payload);
  });
  const sendWaiting = () => {
    if (!listens) return;
    if (command !== null) window.send('app.command', { revision, value: command });
    command = null;
    if (place !== null) window.send('app.goTo', { revision, value: place });
    place = null;
    if (files.length > 0) window.send('files.opened', { revision, value: { paths: [...files] } });
    files = [];
  };
  return {
    publishCommand(wanted) {
      command = wanted;
      window.show();
      sendWaiting();
    },
    publishFiles(paths) {
      files = [...files, ...paths].slice(0, mostFiles);
      window.show();
      sendWaiting();
    },
    publishPlace(wanted) {
      place = wanted;
      window.show();
      sendWaiting();
    },
    pageLost() {
      listens = false;
    },
    pageListens() {
      listens = true;
      sendWaiting();
    },
  };
}
