import type { Actor } from '../application.ts';
import type { CarriersOf, Services } from './services.ts';

/** Only somebody in front of the window can be waited for; a command or a schedule wants an answer. */
const isPatient = ({ via }: Actor): boolean => via === 'window';

/** What carries out the calls named `exports.…`. */
export function exportCarriers({ segments, exports, runs, plans }: Services): CarriersOf<'exports'> {
  return {
    'exports.check': (input) => segments.check(input),
    'exports.findings': async (input) => ({ findings: await segments.findings(input) }),
    'exports.findingRows': (input) => segments.findingRows(input),
    'exports.save': (input, { person }) => exports.save(input, person),
    'exports.remove': ({ exportId }) => {
      exports.remove(exportId);
      return {};
    },
    'exports.restore': ({ exportId }, { person }) => exports.restore(exportId, person),
    'exports.duplicate': ({ exportId, name }, { person }) => exports.duplicate(exportId, name, person),
    'exports.detach': ({ exportId }, { person }) => exports.detach(exportId, person),
    'exports.run': ({ exportId, agreedToMail, accepted, planId }, by) =>
      runs.start(exportId, {
        agreedToMail: agreedToMail === true,
        accepted: accepted ?? {},
        onlyEmail: null,
        plannedFor: planId === undefined ? null : plans.madeOf(exportId, planId),
        person: by.person,
        via: by.via,
        patient: isPatient(by),
      }),
    'exports.runForOne': ({ exportId, email, agreedToMail, accepted }, by) =>
      runs.start(exportId, {
        agreedToMail: agreedToMail === true,
        accepted: accepted ?? {},
        onlyEmail: email,
        plannedFor: null,
        person: by.person,
        via: by.via,
        patient: isPatient(by),
      }),
    'exports.plan': ({ exportId }) => plans.make(exportId),
    'exports.getPlanRows': (input) => plans.rows(input),
    'exports.cancelPlan': async ({ exportId }) => {
      await plans.cancel(exportId);
      return {};
    },
  };
}
