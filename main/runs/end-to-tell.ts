import type { RunView } from '../../preload/contract/views.ts';
import type { NotificationToShow } from '../ports.ts';
import type { MessageKey, Words } from '../words.ts';

type Told = 'successful' | 'completedWithWarnings' | 'failed' | 'interrupted';

const words: Readonly<Record<Told, { readonly title: MessageKey; readonly body: MessageKey }>> = {
  successful: { title: 'notification.successful.title', body: 'notification.successful.body' },
  completedWithWarnings: { title: 'notification.warnings.title', body: 'notification.warnings.body' },
  failed: { title: 'notification.failed.title', body: 'notification.failed.body' },
  interrupted: { title: 'notification.interrupted.title', body: 'notification.interrupted.body' },
};

const isTold = (state: RunView['state']): state is Told => state in words;

/**
 * What a notification says of a run that has ended: the export's name and counts. Null for an end that the person made
 * themselves (cancelled, paused), which needs no telling.
 */
export function endToTell(
  { runId, state, exportName, kind, balance, skipped, error }: RunView,
  { say, explain }: Words,
): NotificationToShow | null {
  if (!isTold(state)) return null;
  if (skipped && error !== null) {
    const title = say('schedule.notification.skipped', { name: exportName });
    return { title, body: explain(error).title, opens: { name: 'run', runId } };
  }
  const { rowsRead, accepted, unchanged, refused, rejected, notSent, unknown, unreadable } = balance;
  const values = {
    name: exportName,
    kind,
    rows: rowsRead,
    accepted,
    unchanged,
    others: refused + rejected + notSent + unknown + unreadable,
  };
  const { title, body } = words[state];
  return { title: say(title, values), body: say(body, values), opens: { name: 'run', runId } };
}
