import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import type { WireError } from '../../preload/contract/error-codes.ts';
import { usualProfiles } from '../../preload/contract/schedule-limits.ts';
import type { ConnectionAccess } from '../connections/connection-access.ts';
import { fetchAccountSummary } from '../constant-contact/account.ts';
import { nextUtcDay, utcDay } from '../constant-contact/clock.ts';
import { SegueError, toWireError } from '../errors/segue-error.ts';
import { requireRight } from '../people/guard.ts';
import type { Ports } from '../ports.ts';
import { requestsLeft } from '../runs/planning/requests-left.ts';
import { requireSendable } from '../runs/sendable.ts';
import type { SegmentsService } from '../segments/segments-service.ts';
import { getConnection, getMailPermission, getTokenCiphertext } from '../store/connections.ts';
import { getExport } from '../store/exports.ts';
import type { Store } from '../store/open-store.ts';
import { getPresentPerson } from '../store/persons.ts';

/** Left free on the disk for everything else, as when a file is read. */
const spareBytes = 200 * 1024 * 1024;

/** Rows that one import takes (design.md section 5), and requests of a run beside its imports, roughly. */
const rowsPerImport = 20_000;
const requestsBeside = 20;

/** What comes and goes by itself: hours before, it says nothing about then. */
const passing: ReadonlySet<string> = new Set([
  'network.offline',
  'network.timeout',
  'remote.unavailable',
  'remote.throttled',
  'remote.invalid-answer',
  'cancelled',
  'sign-in.secrets-locked',
  'practice.not-started',
]);

export interface LookAheadParts {
  readonly ports: Ports;
  readonly store: Store;
  readonly access: ConnectionAccess;
  readonly segments: SegmentsService;
}

/**
 * Looks whether an export could be run at `dueAt`, hours before: its files, matching and agreement, the disk, the day's
 * requests, and the sign-in, which is tried. Answers the first thing that a person has to see to, null when there is none.
 */
export async function lookAhead(parts: LookAheadParts, exportId: string, dueAt: number): Promise<WireError | null> {
  try {
    await requireReady(parts, exportId, dueAt);
    return null;
  } catch (thrown) {
    const error = toWireError(thrown);
    return passing.has(error.code) ? null : error;
  }
}

async function requireReady(parts: LookAheadParts, exportId: string, dueAt: number): Promise<void> {
  const { ports, store, access, segments } = parts;
  const definition = getExport(store, exportId);
  if (definition === undefined) return;
  const { connectionId, listId, segments: sources } = requireSendable(definition, segments);
  const { name } = definition;
  if (getMailPermission(store, connectionId, listId) === undefined) {
    throw new SegueError('export.permission-missing', { list: definition.listName ?? '' });
  }
  for (const { record } of sources) {
    if (!existsSync(record.filePath)) throw new SegueError('segment.missing', { file: record.fileName });
  }
  const rows = sources.reduce((sum, { record }) => sum + record.rowCount, 0);
  if (rows > usualProfiles) throw new SegueError('export.too-large', { name, count: rows, limit: usualProfiles });
  const bytes = sources.reduce((sum, { record }) => sum + record.fileBytes, 0);
  const disk = await statfs(ports.paths.userData).catch(() => null);
  if (disk !== null && disk.bavail * disk.bsize < 2 * bytes + spareBytes) throw new SegueError('disk.full');

  const connection = getConnection(store, connectionId);
  if (connection === undefined) throw new SegueError('connection.not-found', { name });
  const user = getPresentPerson(store, connection.exportUserId);
  if (user === undefined) throw new SegueError('person.gone');
  requireRight('exports.run', { via: 'schedule', role: user.role }, [connection.sharedWith]);
  const needed = Math.ceil(rows / rowsPerImport) + requestsBeside;
  if (utcDay(dueAt) === utcDay(ports.now()) && requestsLeft(store, connectionId, ports.now()) < needed) {
    throw new SegueError('remote.quota-exhausted', { resumesAt: nextUtcDay(ports.now()) });
  }
  const isSignedIn = access.isSessionOnly(connectionId) || getTokenCiphertext(store, connectionId) !== null;
  if (!isSignedIn || access.signIns.hasEnded(connectionId)) {
    throw new SegueError('sign-in.expired', { name: connection.displayName });
  }
  const { client } = await access.access(connectionId);
  await fetchAccountSummary(client);
}
