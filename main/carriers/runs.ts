import type { Caller } from '../application.ts';
import type { CarriersOf, Services } from './services.ts';

/** Only somebody in front of the window can be waited for; a command or a schedule wants an answer. */
const isPatient = ({ via }: Caller): boolean => via === 'window';

/** What carries out the calls named `runs.…`. */
export function runCarriers({ runs, people }: Services): CarriersOf<'runs'> {
  return {
    'runs.cancel': ({ runId }) => {
      runs.cancel(runId);
      return {};
    },
    'runs.pause': ({ runId }) => {
      runs.pause(runId);
      return {};
    },
    'runs.resume': ({ runId }, caller) => runs.resume(runId, isPatient(caller)),
    'runs.continue': ({ runId }, caller) => runs.continue(runId, isPatient(caller)),
    'runs.getActivities': ({ runId }) => runs.activities(runId),
    'runs.getRejectedRows': ({ runId, afterRowId, limit }) => runs.rejectedRows(runId, afterRowId, limit),
    'runs.saveRejectedRows': ({ runId }) => runs.saveRejectedRows(runId),
    'runs.mendRow': ({ runId, rowId, email }) => ({
      answer: runs.mendRow(runId, rowId, email, people.current()),
    }),
    'runs.unmendRow': ({ runId, rowId }) => {
      runs.unmendRow(runId, rowId);
      return {};
    },
    'runs.getRows': ({ after, limit, ...query }) => runs.rows(query, after, limit),
    'runs.saveRows': (query) => runs.saveRows(query),
    'runs.readBack': ({ runId }) => runs.readBack(runId),
    'runs.undo': ({ runId }, caller) => runs.undo(runId, { person: people.current(), patient: isPatient(caller) }),
    'runs.checkMended': ({ runId, segmentId }) => runs.checkMended(runId, segmentId),
    'runs.sendMended': ({ runId, segmentId }, caller) =>
      runs.sendMended(runId, segmentId, { person: people.current(), patient: isPatient(caller) }),
  };
}
