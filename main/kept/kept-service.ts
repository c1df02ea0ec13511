import type { DeletableKind, KeepRules, KeptView, PersonFound } from '../../preload/contract/views.ts';
import type { ConnectionAccess } from '../connections/connection-access.ts';
import { SegueError } from '../errors/segue-error.ts';
import { readEntries } from '../never-mail/entries.ts';
import { keyedHash } from '../never-mail/keyed-hash.ts';
import type { Ports } from '../ports.ts';
import type { PlansService } from '../runs/plans-service.ts';
import type { RunsService } from '../runs/runs-service.ts';
import type { SegmentsService } from '../segments/segments-service.ts';
import { listConnections } from '../store/connections.ts';
import { holdByHashAlone } from '../store/never-mail.ts';
import type { Store } from '../store/open-store.ts';
import type { PersonRecord } from '../store/persons.ts';
import { forgetRejectedRows } from '../store/rejected-rows.ts';
import { continuableRuns } from '../store/runs.ts';
import { keptSince } from './keep-rules.ts';
import { profileSizes } from './profile-sizes.ts';
import { sweepDatabaseCopies, sweepLogs } from './sweep-files.ts';

const dayMs = 86_400_000;

/** The words that confirm that everything goes: one in each language, whatever the case. */
const confirmations: ReadonlySet<string> = new Set(['delete everything', 'tout supprimer']);

/** What lies on this computer, for how long, and the ways to be rid of it. */
export function createKeptService(parts: {
  readonly ports: Ports;
  readonly store: Store;
  readonly segments: SegmentsService;
  readonly runs: RunsService;
  readonly plans: PlansService;
  readonly access: ConnectionAccess;
  readonly profileKey: () => Promise<Buffer>;
  readonly logSurprise: (error: unknown) => void;
}) {
  const { ports, store, segments, runs } = parts;
  const { userData } = ports.paths;
  let stopped = false;

  async function look(): Promise<KeptView> {
    const { keep, memoryMb } = ports.settings.get();
    return {
      folder: userData,
      rules: keep,
      memoryMb,
      kinds: await profileSizes(userData),
      continuable: continuableRuns(store),
    };
  }

  /** Deletes what has been kept for long enough. Nothing of a run that waits, is under way or rests goes. */
  async function sweep(): Promise<void> {
    const { keep } = ports.settings.get();
    const now = ports.now();
    const rows = keptSince(keep.rowsDays, now);
    const stages = keptSince(keep.stagesDays, now);
    const copies = keptSince(keep.copiesDays, now);
    const logs = keptSince(keep.logDays, now);
    await runs.tidy();
    if (rows !== null) forgetRejectedRows(store, rows, now);
    if (stages !== null) await segments.forgetUnusedStages(stages);
    if (copies !== null) await sweepDatabaseCopies(userData, copies);
    if (logs !== null) await sweepLogs(userData, logs);
  }

  const daily = setInterval(() => {
    if (!stopped) sweep().catch(parts.logSurprise);
  }, dayMs).unref();

  /** The address as it is kept. Throws `kept.not-an-address`. */
  function addressOf(text: string): string {
    const { entries } = readEntries(text);
    const [entry] = entries;
    if (entry === undefined || entries.length > 1 || entry.kind !== 'address') {
      throw new SegueError('kept.not-an-address');
    }
    return entry.text;
  }

  /** Throws `kept.run-under-way`: what is being read or sent cannot be changed under its feet. */
  function requireQuiet(): void {
    if (!runs.isIdle() || segments.isReadingAny()) throw new SegueError('kept.run-under-way');
  }

  /** Its process holds its file. It comes back, at other addresses, when it is asked for the next time. */
  async function stopPractice(): Promise<void> {
    for (const { kind, connectionId } of listConnections(store)) {
      if (kind === 'practice') await parts.access.forget(connectionId);
    }
    await ports.practice.stop();
  }

  return {
    look,
    sweep,
    async change(change: {
      readonly rules?: { readonly [K in keyof KeepRules]?: KeepRules[K] | undefined };
      readonly memoryMb?: number;
    }): Promise<KeptView> {
      const { keep } = ports.settings.get();
      const rules = Object.fromEntries(Object.entries(change.rules ?? {}).filter(([, days]) => days !== undefined));
      ports.settings.set({
        keep: { ...keep, ...rules },
        ...(change.memoryMb === undefined ? {} : { memoryMb: change.memoryMb }),
      });
      if (change.memoryMb !== undefined) {
        segments.setMemory(change.memoryMb);
        runs.setMemory(change.memoryMb);
      }
      await sweep();
      return look();
    },
    /** Deletes one kind at once, whatever its age. What a stopped run needs to be continued stays. */
    async delete(kind: DeletableKind): Promise<KeptView> {
      const everything = Number.POSITIVE_INFINITY;
      if (kind === 'runs') {
        await runs.forgetFinishedRows();
        forgetRejectedRows(store, ports.now() + 1, ports.now());
      } else if (kind === 'copies') await sweepDatabaseCopies(userData, everything);
      else await sweepLogs(userData, everything);
      return look();
    },
    /** Throws `kept.not-an-address`. */
    async findPerson(text: string): Promise<PersonFound> {
      return runs.thread().call('findPerson', { address: addressOf(text), userData });
    },
    /** Throws `kept.not-an-address`, `kept.run-under-way`. */
    async forgetPerson(text: string, person: PersonRecord): Promise<PersonFound> {
      const address = addressOf(text);
      requireQuiet();
      const secret = await parts.profileKey();
      // First of all, so that whatever happens the person is not sent again.
      holdByHashAlone(store, keyedHash(secret, address), person.displayName, ports.now());
      await parts.plans.letGoOfAll();
      await stopPractice();
      requireQuiet();
      const before = segments.stageFolders();
      const left = await runs.thread().call('forgetPerson', { address, userData });
      segments.tellMoved(before);
      return left;
    },
    /** Throws `kept.not-confirmed`. The app begins anew once this has been answered. */
    deleteEverything(confirmation: string): void {
      if (!confirmations.has(confirmation.trim().toLowerCase())) throw new SegueError('kept.not-confirmed');
      ports.startOver();
    },
    stop(): void {
      stopped = true;
      clearInterval(daily);
    },
  };
}

export type KeptService = ReturnType<typeof createKeptService>;
