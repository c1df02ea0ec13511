import type { Application, Caller, Listener } from '../application.ts';

/** How long the application that goes may take to stop, in milliseconds. */
const stopLimitMs = 5_000;

export interface RenewableApplication extends Application {
  /**
   * Ends the application, does `between` while nothing holds the profile's files, and makes another one. Calls that come
   * meanwhile wait for it; whoever listened goes on listening. A second call while one goes on does nothing.
   */
  renew(between: () => Promise<void>): Promise<void>;
}

/** An application that can be made anew without whoever holds it noticing. */
export async function createRenewableApplication(make: () => Promise<Application>): Promise<RenewableApplication> {
  let current = await make();
  let ready: Promise<Application> = Promise.resolve(current);
  let renewing = false;
  let watches = false;
  let schedules = false;
  const listeners = new Map<symbol, (to: Application) => () => void>();
  const ends = new Map<symbol, () => void>();

  function listen(begin: (to: Application) => () => void): () => void {
    const key = Symbol('listener');
    listeners.set(key, begin);
    ends.set(key, begin(current));
    return () => {
      listeners.delete(key);
      ends.get(key)?.();
      ends.delete(key);
    };
  }

  async function exchange(between: () => Promise<void>): Promise<Application> {
    for (const end of ends.values()) end();
    ends.clear();
    await current.stop(stopLimitMs);
    await between();
    current = await make();
    for (const [key, begin] of listeners) ends.set(key, begin(current));
    if (watches) current.watchFolders();
    if (schedules) current.startSchedules();
    return current;
  }

  return {
    call: async (name, input, caller) => (await ready).call(name, input, caller),
    admit: async (credentials) => (await ready).admit(credentials),
    subscribe: (listener) => listen((to) => to.subscribe(listener)),
    subscribeAs: (caller: Caller, listener: Listener) => listen((to) => to.subscribeAs(caller, listener)),
    watchFolders() {
      watches = true;
      current.watchFolders();
    },
    startSchedules() {
      schedules = true;
      current.startSchedules();
    },
    scheduledExports: () => (renewing ? [] : current.scheduledExports()),
    hasActiveRun: () => !renewing && current.hasActiveRun(),
    endRuns: (how) => current.endRuns(how),
    saveReport: () => current.saveReport(),
    stop: async (limitMs) => (await ready).stop(limitMs),
    async renew(between) {
      if (renewing) return;
      renewing = true;
      ready = exchange(between).finally(() => {
        renewing = false;
      });
      await ready;
    },
  };
}
