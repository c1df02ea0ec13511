import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { AcceptedGuards } from '../../preload/contract/views.ts';
import type { ConnectionAccess } from '../connections/connection-access.ts';
import { fetchList } from '../constant-contact/lists.ts';
import { SegueError } from '../errors/segue-error.ts';
import type { ExportsService } from '../exports/exports-service.ts';
import type { Ports } from '../ports.ts';
import type { SegmentsService } from '../segments/segments-service.ts';
import { getMailPermission } from '../store/connections.ts';
import type { ExportRecord } from '../store/exports.ts';
import type { Store } from '../store/open-store.ts';
import type { PersonRecord } from '../store/persons.ts';
import { noteRunAccount } from '../store/run-account.ts';
import { insertRun, lastAccountOf, type RunRecord } from '../store/runs.ts';
import { noteScheduledRunBegun } from '../store/schedules.ts';
import { withAccountFields } from './account/account-fields.ts';
import { noteOtherExports } from './planning/other-segments.ts';
import { mendedSegments, noteTakenAlong } from './retries/join-next-run.ts';
import { exportsToSameList, fingerprintOf, freezeOthers, freezeSegments, requireSendable } from './sendable.ts';

/** How a person wants an export to be run. */
export interface RunWishes {
  readonly agreedToMail: boolean;
  readonly accepted: AcceptedGuards;
  /** The one address to be sent; null for everybody. */
  readonly onlyEmail: string | null;
  /** What the plan was made of that the person saw; null when they saw none. */
  readonly plannedFor: string | null;
  readonly person: PersonRecord;
  readonly via: RunRecord['startedVia'];
}

/** Whether an export's people would go to another account than in its newest run. */
export function goesElsewhere(store: Store, exportId: string, accountId: string): boolean {
  const before = lastAccountOf(store, exportId);
  return before !== null && before !== accountId;
}

/** Puts runs into the database, with all that they need in a folder of their own. */
export function createRunPreparation(parts: {
  readonly ports: Ports;
  readonly store: Store;
  readonly access: ConnectionAccess;
  readonly segments: SegmentsService;
  readonly exports: () => ExportsService;
  readonly runsFolder: string;
}) {
  const { ports, store, access, segments } = parts;

  /**
   * Prepares a run of an export as it is saved now; answers its id. Throws what {@link requireSendable} does,
   * `export.permission-missing`, `list.not-found`, `export.field-gone`,
   * `export.date-order-unknown`, `plan.outdated` when files or matching are others than were shown,
   * `plan.other-account` when its people would go to another account than before and nobody agreed to it.
   */
  return async function prepare(definition: ExportRecord, wishes: RunWishes): Promise<string> {
    const { exportId, name } = definition;
    if (wishes.plannedFor !== null) await segments.lookForChanges();
    const sendable = requireSendable(definition, segments);
    const { connectionId, listId } = sendable;
    if (wishes.plannedFor !== null) {
      const now = fingerprintOf(definition, sendable, segments.isChangedOnDisk);
      if (wishes.plannedFor !== now) throw new SegueError('plan.outdated', { name });
    }
    const { record: connection, client } = await access.access(connectionId);
    const { accountId } = connection;
    if (!wishes.agreedToMail && getMailPermission(store, connectionId, listId) === undefined) {
      throw new SegueError('export.permission-missing', { list: definition.listName ?? '' });
    }
    if (wishes.accepted.otherAccount !== true && goesElsewhere(store, exportId, accountId)) {
      throw new SegueError('plan.other-account', { name, account: connection.organisation });
    }
    const list = await fetchList(client, listId).catch((error: unknown) => {
      const gone = error instanceof SegueError && error.code === 'list.not-found';
      throw gone ? new SegueError('list.not-found', { list: definition.listName ?? listId }) : error;
    });
    const matched = await segments.settleDateOrders(await withAccountFields(client, sendable.segments));
    if (wishes.agreedToMail) parts.exports().agreeToMail(definition, wishes.person);
    const { onlyEmail } = wishes;
    // Whoever is chosen by name is sent, changed or not.
    const mode = onlyEmail === null ? definition.mode : 'add-and-update';
    const runId = randomUUID();
    const runFolder = path.join(parts.runsFolder, runId);
    await mkdir(runFolder, { recursive: true });
    try {
      const source = [
        ...(onlyEmail === null ? mendedSegments(store, exportId) : []),
        ...(await freezeSegments(runFolder, matched)),
      ];
      if (mode === 'mirror') {
        const others = exportsToSameList(store, segments, { exportId, listId, accountId });
        await noteOtherExports(runFolder, { ...others, segments: await freezeOthers(runFolder, others.segments) });
      }
      store
        .transaction(() => {
          insertRun(store, {
            runId,
            exportId,
            connectionId,
            connectionName: connection.displayName,
            accountId,
            exportName: name,
            listId,
            listName: list.name,
            source,
            startedAt: ports.now(),
            startedBy: wishes.person.displayName,
            startedVia: wishes.via,
            mode,
            leaverLimitPercent: definition.leaverLimitPercent,
            acceptedGuards: wishes.accepted,
            onlyEmail,
          });
          if (wishes.via === 'schedule') noteScheduledRunBegun(store, exportId, runId, ports.now());
          if (onlyEmail === null) noteTakenAlong(store, exportId, runId);
          noteRunAccount(store, runId, { readBack: definition.readBack && onlyEmail === null });
        })
        .immediate();
    } catch (error) {
      await rm(runFolder, { recursive: true, force: true });
      throw error;
    }
    return runId;
  };
}
