import type { Caller } from '../application.ts';
import type { CarriersOf, Services } from './services.ts';

/** Only somebody in front of the window can be waited for; a command or a schedule wants an answer. */
const isPatient = ({ via }: Caller): boolean => via === 'window';

/** What carries out the calls named `exports.…`. */
export function exportCarriers({ segments, exports, runs, plans, people }: Services): CarriersOf<'exports'> {
  return {
    'exports.check': (input) => segments.check(input),
    'exports.findings': async (input) => ({ findings: await segments.findings(input) }),
    'exports.findingRows': (input) => segments.findingRows(input),
    'exports.save': (input) => exports.save(input, people.current()),
    'exports.remove': ({ exportId }) => {
      exports.remove(exportId);
      return {};
    },
    'exports.restore': ({ exportId }) => exports.restore(exportId, people.current()),
    'exports.duplicate': ({ exportId, name }) => exports.duplicate(exportId, name, people.current()),
    'exports.detach': ({ exportId }) => exports.detach(exportId, people.current()),
    'exports.run': ({ exportId, agreedToMail, accepted, planId }, caller) =>
      runs.start(exportId, {
        agreedToMail: agreedToMail === true,
        accepted: accepted ?? {},
        onlyEmail: null,
        plannedFor: planId === undefined ? null : plans.madeOf(exportId, planId),
        person: people.current(),
        patient: isPatient(caller),
      }),
    'exports.runForOne': ({ exportId, email, agreedToMail, accepted }, caller) =>
      runs.start(exportId, {
        agreedToMail: agreedToMail === true,
        accepted: accepted ?? {},
        onlyEmail: email,
        plannedFor: null,
        person: people.current(),
        patient: isPatient(caller),
      }),
    'exports.plan': ({ exportId }) => plans.make(exportId),
    'exports.getPlanRows': (input) => plans.rows(input),
    'exports.cancelPlan': async ({ exportId }) => {
      await plans.cancel(exportId);
      return {};
    },
  };
}
