import type { EventName } from '../../preload/contract/channels.ts';
import type { EventPayload } from '../../preload/contract/contract.ts';
import type { ConnectionView, Role, SnapshotView } from '../../preload/contract/views.ts';

// What leaves main for somebody: administrators see everything; others see name and type of a connection, and nothing
// of a sign-in (customer-insights-exports.md 7). Kept from them here, so that no window has to hide anything.

/** Events that only administrators are told. */
const forAdministrators: ReadonlySet<EventName> = new Set(['signIn.changed']);

/** A connection as somebody of that role sees it. */
export function connectionFor(role: Role, view: ConnectionView): ConnectionView {
  if (role === 'administrator') return view;
  return { ...view, mayUse: role === 'contributor' && view.details?.sharedWith === 'contributors', details: null };
}

/** The snapshot as somebody of that role sees it. */
export function snapshotFor(role: Role, snapshot: SnapshotView): SnapshotView {
  return { ...snapshot, connections: snapshot.connections.map((view) => connectionFor(role, view)) };
}

/** An event as somebody of that role is told it; null when it is not for them. */
export function eventFor<N extends EventName>(role: Role, name: N, payload: EventPayload<N>): EventPayload<N> | null {
  if (role === 'administrator') return payload;
  if (forAdministrators.has(name)) return null;
  if (name !== 'connections.changed') return payload;
  const { revision, value } = payload as EventPayload<'connections.changed'>;
  const told: EventPayload<'connections.changed'> = { revision, value: value.map((view) => connectionFor(role, view)) };
  return told as EventPayload<N>;
}

/** An event as a locked window is told it: in which words and colours it asks who is there, and nothing else. */
export function eventForNobody<N extends EventName>(name: N, payload: EventPayload<N>): EventPayload<N> | null {
  return name === 'settings.changed' ? payload : null;
}
