import path from 'node:path';
import { type CallOutput, calls } from '../preload/contract/contract.ts';
import type { SettingsView, SharedWith } from '../preload/contract/views.ts';
import type { Application, Caller } from './application.ts';
import { appCarriers } from './carriers/app.ts';
import { connectionCarriers } from './carriers/connections.ts';
import { exportCarriers } from './carriers/exports.ts';
import { fieldCarriers } from './carriers/fields.ts';
import { neverMailCarriers } from './carriers/never-mail.ts';
import { runCarriers } from './carriers/runs.ts';
import { segmentCarriers } from './carriers/segments.ts';
import type { Carriers } from './carriers/services.ts';
import { watchCarriers } from './carriers/watches.ts';
import { createConnectionAccess } from './connections/connection-access.ts';
import { createConnectionsService } from './connections/connections-service.ts';
import { createFieldsService } from './connections/fields-service.ts';
import { createListsService } from './connections/lists-service.ts';
import { createSignIns } from './connections/sign-ins.ts';
import { SegueError } from './errors/segue-error.ts';
import { createEvents } from './events.ts';
import { createExportsService } from './exports/exports-service.ts';
import { createNeverMailService } from './never-mail/never-mail-service.ts';
import { createProfileKey } from './never-mail/profile-key.ts';
import { createPagesService } from './pages-service.ts';
import { requireRight } from './people/guard.ts';
import { createPeopleService } from './people/people-service.ts';
import { eventFor } from './people/views-by-role.ts';
import type { Ports } from './ports.ts';
import { createPlansService } from './runs/plans-service.ts';
import { createRunsService } from './runs/runs-service.ts';
import { createSegmentsService } from './segments/segments-service.ts';
import { createWatchedFolders } from './segments/watch/watched-folders.ts';
import { getConnection } from './store/connections.ts';
import { getExport, getRemovedExport } from './store/exports.ts';
import { openStore } from './store/open-store.ts';
import { getRun } from './store/runs.ts';
import { createWords, type Words } from './words.ts';

/**
 * Builds the services and wires them; the one place that knows them all. Opens the profile's database, so the profile's
 * lock must be held. Throws `store.from-newer-version`, `store.damaged`. `logSurprise` is for errors that are bugs.
 */
export async function createApplication(
  ports: Ports,
  logSurprise: (error: unknown) => void = () => undefined,
): Promise<Application> {
  const storeFile = path.join(ports.paths.userData, 'segue.sqlite');
  const store = openStore(storeFile);
  const events = createEvents();
  let words: Words | null = null;
  const currentWords = () => {
    const { language, formatLocale } = settingsView();
    words = words?.language === language ? words : createWords(language, formatLocale);
    return words;
  };
  const settingsView = (): SettingsView => {
    const { languageChoice, themeChoice, notifications } = ports.settings.get();
    const language = languageChoice === 'system' ? ports.system.language : languageChoice;
    return { languageChoice, themeChoice, language, formatLocale: ports.system.formatLocale, notifications };
  };

  const people = createPeopleService(ports, store);
  const access = createConnectionAccess(ports, store);
  const signIns = createSignIns(ports, store, access, events, currentWords);
  const connections = createConnectionsService(ports, store, access, signIns, events, currentWords);
  const lists = createListsService(access);
  const fields = createFieldsService(access);
  const segments = createSegmentsService(ports, store, events, logSurprise, currentWords, () => exports.changed());
  const profileKey = createProfileKey(store, ports.secrets);
  const runs = createRunsService({
    ports,
    store,
    storeFile,
    access,
    segments,
    exports: () => exports,
    events,
    words: currentWords,
    profileKey,
    logSurprise,
  });
  const plans = createPlansService({
    ports,
    store,
    access,
    segments,
    exports: () => exports,
    thread: runs.thread,
    events,
    logSurprise,
  });
  const neverMail = createNeverMailService(ports, store, profileKey);
  const exports = createExportsService(ports, store, segments, runs.lastRunOf, events, currentWords);
  const pages = createPagesService(ports);

  await runs.recover();
  await plans.removeLeftOver();
  await segments.removeStrayStages();
  const watches = createWatchedFolders({ ports, store, events, segments, logSurprise });
  people.current();

  const services = {
    ports,
    events,
    settings: settingsView,
    pages,
    people,
    signIns,
    connections,
    lists,
    fields,
    segments,
    watches,
    exports,
    runs,
    plans,
    neverMail,
  };
  const carriers: Carriers = {
    ...appCarriers(services),
    ...connectionCarriers(services),
    ...fieldCarriers(services),
    ...segmentCarriers(services),
    ...watchCarriers(services),
    ...exportCarriers(services),
    ...neverMailCarriers(services),
    ...runCarriers(services),
  };

  /**
   * How every connection that a call concerns is shared: the one it names, its export's and its run's. What is no longer
   * there restricts nobody.
   */
  function sharingsOf(input: object): SharedWith[] {
    const { connectionId, exportId, runId } = input as Partial<Record<'connectionId' | 'exportId' | 'runId', string>>;
    const ids = [
      connectionId,
      exportId === undefined ? null : (getExport(store, exportId) ?? getRemovedExport(store, exportId))?.connectionId,
      runId === undefined ? null : getRun(store, runId)?.connectionId,
    ];
    return ids.flatMap((id) => {
      const record = id ? getConnection(store, id) : undefined;
      return record === undefined ? [] : [record.sharedWith];
    });
  }

  let stopped: Promise<void> | null = null;
  /** One part that cannot end in order must not keep the others, and the database, from doing so. */
  async function stop(limitMs: number): Promise<void> {
    watches.stop();
    await signIns.close().catch(logSurprise);
    await plans.stop().catch(logSurprise);
    await Promise.all([runs.stop(limitMs).catch(logSurprise), segments.stop(limitMs).catch(logSurprise)]);
    connections.stop();
    await access.close().catch(logSurprise);
    await ports.practice.stop().catch(logSurprise);
    store.pragma('wal_checkpoint(TRUNCATE)');
    store.close();
  }

  return {
    async call(name, input, caller) {
      const parsed = calls[name].input.safeParse(input);
      if (!parsed.success) throw new SegueError('ipc.invalid-input', { call: name });
      const { role } = people.current();
      // Administrators may use every connection: no need to know which one it is.
      requireRight(name, role, role === 'contributor' ? sharingsOf(parsed.data) : []);
      const carry = carriers[name] as (input: unknown, caller: Caller) => unknown;
      return calls[name].output.parse(await carry(parsed.data, caller)) as CallOutput<typeof name>;
    },
    subscribe: (listener) =>
      events.subscribe((name, payload) => {
        const told = eventFor(people.current().role, name, payload);
        if (told !== null) listener(name, told);
      }),
    watchFolders: () => watches.start(),
    hasActiveRun: () => runs.hasActive(),
    endRuns: (how) => runs.endAll(how),
    stop(limitMs) {
      stopped ??= stop(limitMs);
      return stopped;
    },
  };
}
