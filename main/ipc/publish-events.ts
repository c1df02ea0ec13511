import type { EventName } from '../../preload/contract/channels.ts';
import type { EventPayload } from '../../preload/contract/contract.ts';
import type { Application } from '../application.ts';
import type { MainWindow } from '../desktop/main-window.ts';
import type { WindowCommand } from '../desktop/menu.ts';

export interface Publisher {
  /** Has the window carry out a menu item; opens it first when there is none, and then waits until it listens. */
  publishCommand(command: WindowCommand): void;
  /** To be called when the page has asked for its first snapshot: from then on it listens. */
  pageListens(): void;
}

/** Passes every event of the application on to the window. */
export function publishEvents(application: Application, window: MainWindow): Publisher {
  let revision = 0;
  let waiting: WindowCommand | null = null;
  application.subscribe(<N extends EventName>(name: N, payload: EventPayload<N>) => {
    revision = Math.max(revision, payload.revision);
    window.send(name, payload);
  });
  const send = (value: WindowCommand) => window.send('app.command', { revision, value });
  return {
    publishCommand(command) {
      const isOpen = window.get() !== null;
      window.show();
      if (isOpen) send(command);
      else waiting = command;
    },
    pageListens() {
      if (waiting !== null) send(waiting);
      waiting = null;
    },
  };
}
