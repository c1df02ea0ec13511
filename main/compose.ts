import path from 'node:path';
import { type CallOutput, calls, type ParsedInput } from '../preload/contract/contract.ts';
import type { SettingsView } from '../preload/contract/views.ts';
import type { Actor, Application } from './application.ts';
import { appCarriers } from './carriers/app.ts';
import { auditCarriers } from './carriers/audit.ts';
import { connectionCarriers } from './carriers/connections.ts';
import { exportCarriers } from './carriers/exports.ts';
import { fieldCarriers } from './carriers/fields.ts';
import { keptCarriers } from './carriers/kept.ts';
import { neverMailCarriers } from './carriers/never-mail.ts';
import { peopleCarriers } from './carriers/people.ts';
import { reportCarriers } from './carriers/report.ts';
import { runCarriers } from './carriers/runs.ts';
import { scheduleCarriers } from './carriers/schedules.ts';
import { segmentCarriers } from './carriers/segments.ts';
import type { Carriers } from './carriers/services.ts';
import { setUpCarriers } from './carriers/set-up.ts';
import { watchCarriers } from './carriers/watches.ts';
import { createConnectionAccess } from './connections/connection-access.ts';
import { createConnectionsService } from './connections/connections-service.ts';
import { createFieldsService } from './connections/fields-service.ts';
import { createListsService } from './connections/lists-service.ts';
import { createSignIns } from './connections/sign-ins.ts';
import { SegueError } from './errors/segue-error.ts';
import { createEvents } from './events.ts';
import { createExportsService } from './exports/exports-service.ts';
import { createKeptService } from './kept/kept-service.ts';
import { createNeverMailService } from './never-mail/never-mail-service.ts';
import { createProfileKey } from './never-mail/profile-key.ts';
import { createPagesService } from './pages-service.ts';
import { createActors } from './people/actors.ts';
import { createAuditService } from './people/audit/audit-service.ts';
import { concernedConnections } from './people/concerned-connections.ts';
import { requireRight } from './people/guard.ts';
import { createPasswordCheck } from './people/password-check.ts';
import { createPeopleService } from './people/people-service.ts';
import { eventFor, eventForNobody } from './people/views-by-role.ts';
import { createWindowSession } from './people/window-session.ts';
import type { Ports } from './ports.ts';
import { createReportService } from './report/report-service.ts';
import { createPlansService } from './runs/plans-service.ts';
import { createRunsService } from './runs/runs-service.ts';
import { createScheduler } from './schedule/scheduler.ts';
import { createSchedulesService } from './schedule/schedules-service.ts';
import { createSegmentsService } from './segments/segments-service.ts';
import { createWatchedFolders } from './segments/watch/watched-folders.ts';
import { createSetUpService } from './set-up/set-up-service.ts';
import { settingsViewOf } from './settings-view.ts';
import { openStore } from './store/open-store.ts';
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
  const settingsView = (): SettingsView =>
    settingsViewOf(ports.settings.get(), ports.system, ports.desktop.startsAtLogin());
  let words: { readonly words: Words; readonly of: string } | null = null;
  const currentWords = () => {
    const { language, formatLocale } = settingsView();
    const of = `${language} ${formatLocale}`;
    if (words?.of !== of) words = { words: createWords(language, formatLocale), of };
    return words.words;
  };

  const passwords = createPasswordCheck(store, ports.now, (personId, via) => audit.wrongPassword(personId, via));
  const people = createPeopleService(ports, store, passwords);
  people.ensureFirst();
  const session = createWindowSession(ports, store, passwords);
  const actors = createActors(people, session, passwords);
  const audit = createAuditService(ports, store, currentWords);
  const access = createConnectionAccess(ports, store);
  const signIns = createSignIns(ports, store, access, events, currentWords);
  const connections = createConnectionsService(ports, store, access, signIns, events, currentWords, (exportId) =>
    runs.isUnderWay(exportId),
  );
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
  const exports = createExportsService(ports, store, segments, runs.lastRuns, events, currentWords, runs.isUnderWay);
  const pages = createPagesService(ports);

  await runs.recover();
  await plans.removeLeftOver();
  await segments.removeStrayStages();
  const watches = createWatchedFolders({ ports, store, events, segments, logSurprise });

  const scheduler = createScheduler({
    ports,
    store,
    access,
    events,
    segments,
    watches,
    call: (name, input, caller) => application.call(name, input, caller),
    words: currentWords,
    publish: () => schedules.publish(),
    logSurprise,
  });
  const schedules = createSchedulesService({
    ports,
    store,
    events,
    waits: scheduler.waits,
    changed: scheduler.nudge,
  });
  // Exports come and go, lose their connections, end their runs: each changes what the schedules say of them.
  events.subscribe((name) => name === 'exports.changed' && schedules.publish());
  const setUp = createSetUpService({
    ports,
    store,
    segments,
    watches,
    neverMail,
    schedules,
    words: currentWords,
    changed: () => {
      connections.changed();
      exports.changed();
    },
    logSurprise,
  });
  const kept = createKeptService({ ports, store, segments, runs, plans, access, profileKey, logSurprise });
  await kept.sweep().catch(logSurprise);

  const report = createReportService({
    ports,
    store,
    settings: settingsView,
    connections: connections.list,
    segments: segments.list,
    exports: exports.list,
    runs: runs.history,
  });

  const services = {
    ports,
    events,
    settings: settingsView,
    pages,
    people,
    session,
    audit,
    signIns,
    connections,
    lists,
    fields,
    segments,
    watches,
    exports,
    schedules,
    runs,
    plans,
    neverMail,
    setUp,
    kept,
    report,
  };
  const carriers: Carriers = {
    ...appCarriers(services),
    ...reportCarriers(services),
    ...keptCarriers(services),
    ...setUpCarriers(services),
    ...connectionCarriers(services),
    ...fieldCarriers(services),
    ...segmentCarriers(services),
    ...watchCarriers(services),
    ...exportCarriers(services),
    ...scheduleCarriers(services),
    ...neverMailCarriers(services),
    ...runCarriers(services),
    ...peopleCarriers(services),
    ...auditCarriers(services),
  };

  let stopped: Promise<void> | null = null;
  /** One part that cannot end in order must not keep the others, and the database, from doing so. */
  async function stop(limitMs: number): Promise<void> {
    scheduler.stop();
    kept.stop();
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

  const application: Application = {
    async call(name, input, caller) {
      const parsed = calls[name].input.safeParse(input);
      if (!parsed.success) throw new SegueError('ipc.invalid-input', { call: name });
      const concerned = concernedConnections(store, parsed.data);
      const by = actors.actorOf(name, caller, concerned);
      const { role } = by.person;
      try {
        requireRight(
          name,
          { via: by.via, role },
          concerned.map(({ sharedWith }) => sharedWith),
        );
      } catch (refusal) {
        audit.refused(name, by);
        throw refusal;
      }
      const note = audit.begin(name, parsed.data as ParsedInput<typeof name>, by);
      const carry = carriers[name] as (input: unknown, by: Actor) => unknown;
      const answer = calls[name].output.parse(await carry(parsed.data, by)) as CallOutput<typeof name>;
      note.done(answer);
      return answer;
    },
    admit: (credentials) => actors.admit(credentials?.name ?? null, credentials?.password ?? null),
    subscribe: (listener) => events.subscribe(listener),
    subscribeAs: (caller, listener) =>
      events.subscribe((name, payload) => {
        const person = actors.personOf(caller);
        const told = person === null ? eventForNobody(name, payload) : eventFor(person.role, name, payload);
        if (told !== null) listener(name, told);
      }),
    watchFolders: () => watches.start(),
    startSchedules: () => scheduler.start(),
    scheduledExports: () => schedules.upcomingExports(),
    hasActiveRun: () => runs.hasActive(),
    endRuns: (how) => runs.endAll(how),
    saveReport: () => report.saveNow(),
    stop(limitMs) {
      stopped ??= stop(limitMs);
      return stopped;
    },
  };
  return application;
}
