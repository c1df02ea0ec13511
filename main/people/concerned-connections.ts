import { type ConnectionRecord, getConnection } from '../store/connections.ts';
import { exportsOfSegment, getExport, getRemovedExport } from '../store/exports.ts';
import type { Store } from '../store/open-store.ts';
import { getRun } from '../store/runs.ts';

/** Every connection that a call concerns: those it names, anywhere in its input, and those of its exports and runs. */
export function concernedConnections(store: Store, input: unknown): ConnectionRecord[] {
  const found = new Map<string, ConnectionRecord>();
  const add = (connectionId: string | null | undefined): void => {
    const record = connectionId ? getConnection(store, connectionId) : undefined;
    // What is no longer there restricts nobody.
    if (record !== undefined) found.set(record.connectionId, record);
  };
  const addExport = (exportId: string): void =>
    add((getExport(store, exportId) ?? getRemovedExport(store, exportId))?.connectionId);

  const lookInto = (value: unknown): void => {
    if (Array.isArray(value)) for (const part of value) lookInto(part);
    else if (typeof value === 'object' && value !== null) for (const entry of Object.entries(value)) lookAt(...entry);
  };
  const lookAt = (key: string, value: unknown): void => {
    if (typeof value === 'string') {
      if (key === 'connectionId') add(value);
      else if (key === 'exportId') addExport(value);
      else if (key === 'runId') add(getRun(store, value)?.connectionId);
    } else if (key === 'exportIds' && Array.isArray(value)) {
      for (const exportId of value) if (typeof exportId === 'string') addExport(exportId);
    } else lookInto(value);
  };
  lookInto(input);

  // Taking a segment away from the exports that use it changes each of them.
  const { segmentId, fromExports } = (input ?? {}) as { segmentId?: unknown; fromExports?: unknown };
  if (fromExports === true && typeof segmentId === 'string') {
    for (const exportId of exportsOfSegment(store, segmentId)) addExport(exportId);
  }
  return [...found.values()];
}
