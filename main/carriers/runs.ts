import type { Actor } from '../application.ts';
import type { CarriersOf, Services } from './services.ts';

/** Only somebody in front of the window can be waited for; a command or a schedule wants an answer. */
const isPatient = ({ via }: Actor): boolean => via === 'window';

/** What carries out the calls named `runs.…`. */
export function runCarriers({ runs }: Services): CarriersOf<'runs'> {
  return {
    'runs.cancel': ({ runId }) => {
      runs.cancel(runId);
      return {};
    },
    'runs.pause': ({ runId }) => {
      runs.pause(runId);
      return {};
    },
    'runs.resume': ({ runId }, by) => runs.resume(runId, isPatient(by)),
    'runs.continue': ({ runId }, by) => runs.continue(runId, isPatient(by)),
    'runs.getOfExport': ({ exportId, limit }) => runs.ofExport(exportId, limit),
    'runs.getActivities': ({ runId }) => runs.activities(runId),
    'runs.getRejectedRows': ({ runId, afterRowId, limit }) => runs.rejectedRows(runId, afterRowId, limit),
    'runs.saveRejectedRows': ({ runId }) => runs.saveRejectedRows(runId),
    'runs.mendRow': ({ runId, rowId, email }, { person }) => ({
      answer: runs.mendRow(runId, rowId, email, person),
    }),
    'runs.unmendRow': ({ runId, rowId }) => {
      runs.unmendRow(runId, rowId);
      return {};
    },
    'runs.getRows': ({ after, limit, ...query }) => runs.rows(query, after, limit),
    'runs.saveRows': (query) => runs.saveRows(query),
    'runs.readBack': ({ runId }) => runs.readBack(runId),
    'runs.undo': ({ runId }, by) => runs.undo(runId, { person: by.person, patient: isPatient(by) }),
    'runs.checkMended': ({ runId, segmentId }) => runs.checkMended(runId, segmentId),
    'runs.sendMended': ({ runId, segmentId }, by) =>
      runs.sendMended(runId, segmentId, { person: by.person, patient: isPatient(by) }),
  };
}
