import type { EventName } from '../../preload/contract/channels.ts';
import type { EventPayload } from '../../preload/contract/contract.ts';
import type {
  ConnectionView,
  ExportView,
  PresentPersonView,
  RunView,
  SchedulesView,
  SegmentView,
  SettingsView,
  SignInView,
  SnapshotView,
  WatchView,
} from '../../preload/contract/views.ts';

/** What main has told so far. Nothing here is ever changed by a screen. */
export interface Mirror {
  /** Revision of the snapshot this began with. */
  readonly revision: number;
  readonly appVersion: string;
  readonly platform: string;
  readonly person: PresentPersonView;
  readonly settings: SettingsView;
  readonly redirectAddresses: readonly string[];
  readonly connections: readonly ConnectionView[];
  readonly exports: readonly ExportView[];
  readonly schedules: SchedulesView;
  readonly segments: Readonly<Record<string, SegmentView>>;
  readonly watches: readonly WatchView[];
  readonly runs: Readonly<Record<string, RunView>>;
  readonly signIns: Readonly<Record<string, SignInView>>;
}

/** One event of the contract with its name. */
export type MirrorEvent = { [N in EventName]: { readonly name: N; readonly payload: EventPayload<N> } }[EventName];

/** Views that answered a call; they count only where no event has told more. */
export interface Answered {
  readonly connections?: readonly ConnectionView[];
  readonly exports?: readonly ExportView[];
  readonly segments?: readonly SegmentView[];
  readonly runs?: readonly RunView[];
  readonly signIns?: readonly SignInView[];
}

const keyed = <T>(views: readonly T[], keyOf: (view: T) => string): Record<string, T> =>
  Object.fromEntries(views.map((view) => [keyOf(view), view]));

/** What was told, with the same objects as before for what says the same: whoever draws them need not draw them anew. */
function keepSame<T>(before: readonly T[], told: readonly T[], keyOf: (view: T) => string): readonly T[] {
  const known = new Map(before.map((view) => [keyOf(view), view]));
  return told.map((view) => {
    const was = known.get(keyOf(view));
    return was !== undefined && JSON.stringify(was) === JSON.stringify(view) ? was : view;
  });
}

/** The mirror as the snapshot shows it. */
export function mirrorOf(snapshot: SnapshotView): Mirror {
  return {
    revision: snapshot.revision,
    appVersion: snapshot.appVersion,
    platform: snapshot.platform,
    person: snapshot.person,
    settings: snapshot.settings,
    redirectAddresses: snapshot.redirectAddresses,
    connections: snapshot.connections,
    exports: snapshot.exports,
    schedules: snapshot.schedules,
    segments: keyed(snapshot.segments, (segment) => segment.segmentId),
    watches: snapshot.watches,
    runs: keyed(snapshot.runs, (run) => run.runId),
    signIns: {},
  };
}

/** The mirror after one event. An event that the snapshot already contains changes nothing. */
export function applyEvent(mirror: Mirror, event: MirrorEvent): Mirror {
  if (event.payload.revision <= mirror.revision) return mirror;
  switch (event.name) {
    case 'settings.changed':
      return { ...mirror, settings: event.payload.value };
    case 'person.changed':
      return { ...mirror, person: event.payload.value };
    case 'signIn.changed': {
      const signIn = event.payload.value;
      return { ...mirror, signIns: { ...mirror.signIns, [signIn.signInId]: signIn } };
    }
    case 'connections.changed':
      return { ...mirror, connections: event.payload.value };
    case 'segment.changed': {
      const segment = event.payload.value;
      return { ...mirror, segments: { ...mirror.segments, [segment.segmentId]: segment } };
    }
    case 'segment.removed': {
      const { [event.payload.value.segmentId]: _removed, ...segments } = mirror.segments;
      return { ...mirror, segments };
    }
    case 'watches.changed':
      return { ...mirror, watches: event.payload.value };
    case 'exports.changed':
      return { ...mirror, exports: keepSame(mirror.exports, event.payload.value, (view) => view.exportId) };
    case 'schedules.changed': {
      const told = event.payload.value;
      const exports = keepSame(mirror.schedules.exports, told.exports, (view) => view.exportId);
      const [systemRefresh = told.systemRefresh] = keepSame(
        [mirror.schedules.systemRefresh],
        [told.systemRefresh],
        () => '',
      );
      return { ...mirror, schedules: { ...told, systemRefresh, exports: [...exports] } };
    }
    case 'run.changed': {
      const run = event.payload.value;
      return { ...mirror, runs: { ...mirror.runs, [run.runId]: run } };
    }
    case 'saving.changed':
    case 'plan.changed':
    case 'kept.progress':
    case 'app.command':
    case 'app.goTo':
    case 'files.opened':
      return mirror;
  }
}

const addMissing = <T>(known: Readonly<Record<string, T>>, answered: readonly T[] = [], keyOf: (view: T) => string) =>
  answered.length === 0 ? known : { ...keyed(answered, keyOf), ...known };

const appendMissing = <T>(known: readonly T[], answered: readonly T[] = [], keyOf: (view: T) => string) => {
  const keys = new Set(known.map(keyOf));
  const missing = answered.filter((view) => !keys.has(keyOf(view)));
  return missing.length === 0 ? known : [...known, ...missing];
};

/** The mirror with what a call answered, where no event has arrived for it yet: a screen can go there at once. */
export function applyAnswer(mirror: Mirror, answered: Answered): Mirror {
  return {
    ...mirror,
    connections: appendMissing(mirror.connections, answered.connections, (view) => view.connectionId),
    exports: appendMissing(mirror.exports, answered.exports, (view) => view.exportId),
    segments: addMissing(mirror.segments, answered.segments, (view) => view.segmentId),
    runs: addMissing(mirror.runs, answered.runs, (view) => view.runId),
    signIns: addMissing(mirror.signIns, answered.signIns, (view) => view.signInId),
  };
}
