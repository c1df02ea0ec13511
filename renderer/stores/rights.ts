import type { CallName } from '../../preload/contract/channels.ts';
import type { ConnectionView, ExportView, PersonView, RunView } from '../../preload/contract/views.ts';
import type { Mirror } from './mirror.ts';
import { useMirror } from './mirror-store.ts';

// What the person in front of the app may do, so that the window offers nothing that main would refuse. Main decides.

/** Whether the person may change, run and remove an export: administrators every one, contributors on shared connections. */
export function mayManage(
  person: Pick<PersonView, 'role'>,
  connection: Pick<ConnectionView, 'mayUse'> | undefined,
): boolean {
  return person.role === 'administrator' || (person.role === 'contributor' && (connection?.mayUse ?? true));
}

/** The same for one export of the mirror. An export without a connection is anybody's who may manage exports at all. */
export function mayManageExport({ person, connections }: Mirror, view: ExportView): boolean {
  return mayManage(
    person,
    connections.find(({ connectionId }) => connectionId === view.connectionId),
  );
}

/**
 * Whether the person may do anything with a run: as with its export, and the connection that it went over must be shared with
 * a contributor too.
 */
export function mayManageRun(mirror: Mirror, run: Pick<RunView, 'exportId' | 'connectionName'>): boolean {
  const view = mirror.exports.find(({ exportId }) => exportId === run.exportId);
  const went = mirror.connections.find(({ displayName }) => displayName === run.connectionName);
  return mayManage(mirror.person, went) && (view === undefined || mayManageExport(mirror, view));
}

/** Whether main would let the person make a call, as far as their role goes. */
export function useMay(name: CallName): boolean {
  return useMirror((mirror) => mirror.person.mayCall.includes(name));
}
