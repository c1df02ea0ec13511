import type {
  AuditChange,
  AuditFact,
  AuditKind,
  AuditValue,
  AuditWord,
  Recurrence,
} from '../../../preload/contract/views.ts';
import type { Ports } from '../../ports.ts';
import { getConnection } from '../../store/connections.ts';
import { getExport, getRemovedExport } from '../../store/exports.ts';
import { listFolderWatches } from '../../store/folder-watches.ts';
import type { Store } from '../../store/open-store.ts';
import { getPerson } from '../../store/persons.ts';
import { getRun } from '../../store/runs.ts';
import { getSystemRefresh, listExportSchedules } from '../../store/schedules.ts';
import { tagsOf } from '../../store/segment-tags.ts';
import { getSegment } from '../../store/segments.ts';

// What an object is called and how it stands, as far as the history of changes tells it: never anything of a profile.

export interface Described {
  readonly name: string;
  readonly facts: Readonly<Partial<Record<AuditFact, AuditValue>>>;
}

/** The object as it is now; null when it is not there, or nothing is told of its kind. */
export type Describe = (kind: AuditKind, id: string) => Described | null;

/** Stands for the one system refresh among the schedules. */
export const systemRefreshId = 'system-refresh';

/** Longest text of a fact; what is longer is cut. */
const longest = 400;

const word = (text: AuditWord): AuditValue => ({ word: text });
const yes = (is: boolean): AuditValue => word(is ? 'yes' : 'no');
/** For how many days something is kept. */
const daysKept = (days: number | null): AuditValue => days ?? word('for-ever');
const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

function recurrenceFacts(recurrence: Recurrence | null): Described['facts'] {
  if (recurrence === null) return {};
  const { every, weekdays, monthDays, times, timeZone, startsOn, whenMissed } = recurrence;
  const inOrder = (days: readonly number[]) => [...days].sort((a, b) => a - b);
  return {
    every: word(`every-${every}`),
    ...(every === 'week' ? { days: { weekdays: inOrder(weekdays) } } : {}),
    ...(every === 'month' ? { days: inOrder(monthDays).join(', ') } : {}),
    times: [...times].sort().join(', '),
    'time-zone': timeZone,
    'starts-on': startsOn ?? '',
    'when-missed': word(whenMissed),
  };
}

/** Looks objects up in the store and the settings. */
export function createDescribe(store: Store, { settings, desktop }: Pick<Ports, 'settings' | 'desktop'>): Describe {
  const describers: Readonly<Partial<Record<AuditKind, (id: string) => Described | null>>> = {
    person(id) {
      const person = getPerson(store, id);
      return person === undefined
        ? null
        : { name: person.displayName, facts: { name: person.displayName, role: word(person.role) } };
    },
    connection(id) {
      const record = getConnection(store, id);
      if (record === undefined) return null;
      return {
        name: record.displayName,
        facts: {
          name: record.displayName,
          'shared-with': word(record.sharedWith),
          'export-user': getPerson(store, record.exportUserId)?.displayName ?? '',
        },
      };
    },
    segment(id) {
      const record = getSegment(store, id);
      if (record === undefined) return null;
      const { name, fileName, rowCount } = record;
      return { name, facts: { name, file: fileName, rows: rowCount, tags: tagsOf(store, id).join(', ') } };
    },
    watch(id) {
      const watch = listFolderWatches(store).find(({ watchId }) => watchId === id);
      if (watch === undefined) return null;
      const { folder, pattern } = watch;
      return { name: pattern, facts: { folder, pattern } };
    },
    export(id) {
      const record = getExport(store, id);
      if (record === undefined) {
        const removed = getRemovedExport(store, id);
        return removed === undefined ? null : { name: removed.name, facts: {} };
      }
      const segments = record.segments.map(({ segmentId }) => getSegment(store, segmentId)?.name ?? '?');
      const matching = record.segments.flatMap(({ fieldMap }) =>
        fieldMap.map(({ field, heading }) => `${heading} → ${field}`),
      );
      return {
        name: record.name,
        facts: {
          name: record.name,
          connection:
            record.connectionId === null ? '' : (getConnection(store, record.connectionId)?.displayName ?? ''),
          list: record.listName ?? '',
          mode: word(record.mode),
          'leaver-limit': record.leaverLimitPercent,
          'read-back': yes(record.readBack),
          segments: cut(segments.join(', ')),
          matching: cut(matching.join(', ')),
        },
      };
    },
    run(id) {
      const run = getRun(store, id);
      if (run === undefined) return null;
      return { name: run.exportName, facts: { connection: run.connectionName, list: run.listName } };
    },
    schedule(id) {
      if (id === systemRefreshId) {
        const { on, recurrence } = getSystemRefresh(store);
        return { name: '', facts: { on: yes(on), ...recurrenceFacts(recurrence) } };
      }
      const schedule = listExportSchedules(store).find(({ exportId }) => exportId === id);
      if (schedule === undefined) return null;
      const { follows, on, recurrence } = schedule;
      return {
        name: getExport(store, id)?.name ?? '',
        facts: {
          follows: word(`follows-${follows}`),
          ...(follows === 'own' ? { on: yes(on), ...recurrenceFacts(recurrence) } : {}),
        },
      };
    },
    settings() {
      const { languageChoice, themeChoice, formatChoice, memoryMb, notifications, stayInTray, keep } = settings.get();
      return {
        name: '',
        facts: {
          language: word(languageChoice),
          theme: word(themeChoice),
          format: formatChoice,
          memory: memoryMb,
          notifications: yes(notifications),
          'in-tray': yes(stayInTray),
          'at-login': yes(desktop.startsAtLogin() === true),
          'keeps-rows': daysKept(keep.rowsDays),
          'keeps-stages': daysKept(keep.stagesDays),
          'keeps-copies': daysKept(keep.copiesDays),
          'keeps-log': daysKept(keep.logDays),
        },
      };
    },
  };

  return (kind, id) => describers[kind]?.(id) ?? null;
}

const same = (a: AuditValue | undefined, b: AuditValue | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What is another now. Of an object that was not there before, everything that is not blank; of one that is gone, nothing. */
export function changesBetween(before: Described | null, after: Described | null): AuditChange[] {
  if (after === null) return [];
  const facts = new Set([...Object.keys(before?.facts ?? {}), ...Object.keys(after.facts)]) as Set<AuditFact>;
  return [...facts].flatMap((fact) => {
    const [then, now] = [before?.facts[fact], after.facts[fact]];
    const blank = before === null && (now === '' || now === undefined || fact === 'name');
    return blank || same(then, now) ? [] : [{ fact, before: then ?? null, after: now ?? null }];
  });
}
