import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RunState } from '../../preload/contract/views.ts';
import type { ConnectionRecord } from '../store/connections.ts';
import { insertConnection } from '../store/connections.ts';
import { saveExport } from '../store/exports.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { insertPerson } from '../store/persons.ts';
import { insertRun, moveRun } from '../store/runs.ts';

/** A new profile's database with a person, a connection and an export, all called by their kind. */
export function filledStore(): Store {
  const store = openStore(path.join(mkdtempSync(path.join(tmpdir(), 'segue-store-')), 'segue.sqlite'));
  insertPerson(store, { personId: 'person', displayName: 'Person', role: 'administrator' }, 0);
  const connection: ConnectionRecord = {
    connectionId: 'connection',
    displayName: 'Connection',
    kind: 'practice',
    sharedWith: 'administrators',
    apiKey: 'key',
    accountId: 'account',
    organisation: 'Organisation',
    exportUserId: 'person',
    createdAt: 0,
    createdBy: 'person',
    privacyWording: 'I agree',
    privacyAgreedAt: 0,
    privacyAgreedBy: 'person',
  };
  insertConnection(store, connection);
  saveExport(store, {
    exportId: 'export',
    name: 'Export',
    connectionId: 'connection',
    listId: 'list',
    listName: 'List',
    mode: 'add-and-update',
    leaverLimitPercent: 20,
    readBack: false,
    createdAt: 0,
    updatedAt: 0,
    updatedBy: 'person',
    segments: [],
  });
  return store;
}

/** A run of that export in the given state, with nothing planned. */
export function addRun(store: Store, runId: string, state: RunState = 'queued', startedAt = 0): void {
  insertRun(store, {
    runId,
    exportId: 'export',
    connectionId: 'connection',
    connectionName: 'Connection',
    accountId: 'account',
    exportName: 'Export',
    listId: 'list',
    listName: 'List',
    source: [],
    startedAt,
    startedBy: 'Person',
  });
  if (state !== 'queued') moveRun(store, runId, ['queued'], state, { at: startedAt, error: null });
}
