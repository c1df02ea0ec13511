import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type {
  ConnectionView,
  ExportView,
  Role,
  RunView,
  SegmentView,
  SettingsView,
} from '../../preload/contract/views.ts';
import { connectionFor } from '../people/views-by-role.ts';
import type { Ports } from '../ports.ts';
import type { Store } from '../store/open-store.ts';
import { reportedLine } from './log-lines.ts';
import { connectionFacts, exportFacts, runFacts, segmentFacts } from './report-facts.ts';

/** Newest lines of the log that a report shows. */
const linesShown = 200;

/**
 * A report for whoever helps: versions, counts, codes, timings, the platform and the log. No addresses, no names of
 * people, files, lists or connections, no paths, no ids. It is readable JSON; what was shown is what is saved.
 */
export function createReportService(parts: {
  readonly ports: Ports;
  readonly store: Store;
  readonly settings: () => SettingsView;
  readonly connections: () => readonly ConnectionView[];
  readonly segments: () => readonly SegmentView[];
  readonly exports: () => readonly ExportView[];
  readonly runs: () => readonly RunView[];
}) {
  const { ports, store } = parts;
  let newest: string | null = null;

  /** A part that cannot be told, since what is broken may be what it is about, says so and keeps nothing else back. */
  const told = <T>(part: () => T): T | 'not known' => {
    try {
      return part();
    } catch {
      return 'not known';
    }
  };

  function make(role: Role): string {
    const { language, languageChoice, themeChoice, notifications } = parts.settings();
    const report = {
      report: 'Segue',
      madeAt: new Date(ports.now()).toISOString(),
      contains: 'versions, counts, codes, timings, platform; no addresses, names, files, paths or account ids',
      versions: { segue: ports.appVersion, ...ports.diagnostics.versions() },
      computer: ports.diagnostics.computer(),
      settings: { language, languageChoice, themeChoice, notifications },
      database: told(() => databaseFacts(store)),
      connections: told(() => connectionFacts(parts.connections().map((view) => connectionFor(role, view)))),
      segments: told(() => segmentFacts(parts.segments())),
      exports: told(() => exportFacts(parts.exports())),
      runs: told(() => runFacts(parts.runs())),
      log: told(() => ports.diagnostics.logLines(linesShown).flatMap((line) => reportedLine(line) ?? [])),
    };
    newest = `${JSON.stringify(report, null, 2)}\n`;
    return newest;
  }

  async function save(text: string): Promise<string | null> {
    const day = new Date(ports.now()).toISOString().slice(0, 10);
    const file = await ports.diagnostics.chooseWhereToSave(`segue-report-${day}.json`);
    if (file === null) return null;
    await writeFile(file, text, { mode: 0o600 });
    return path.basename(file);
  }

  return {
    /** The report as it is now for somebody of that role, and from now on the one that is saved. */
    make,
    /** Saves the report that was made last where the person says; the file's name, or null when they cancel. */
    save: () => save(newest ?? make('viewer')),
    /** Makes and saves a report for whoever is there: what main offers when the window cannot. */
    saveNow: () => save(make('viewer')),
  };
}

/** Looking through a larger database would hold the window up. */
const mostBytesLookedThrough = 50_000_000;

function databaseFacts(store: Store) {
  const ask = (pragma: string) => store.pragma(pragma, { simple: true });
  const bytes = Number(ask('page_count')) * Number(ask('page_size'));
  const looked =
    bytes <= mostBytesLookedThrough ? (ask('quick_check(1)') === 'ok' ? 'sound' : 'damaged') : 'not looked';
  return { schema: Number(ask('user_version')), bytes, state: looked };
}

export type ReportService = ReturnType<typeof createReportService>;
