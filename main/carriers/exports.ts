import type { Caller } from '../application.ts';
import type { CarriersOf, Services } from './services.ts';

/** Only somebody in front of the window can be waited for; a command or a schedule wants an answer. */
const isPatient = ({ via }: Caller): boolean => via === 'window';

/** What carries out the calls named `exports.…`. */
export function exportCarriers({ segments, exports, runs, people }: Services): CarriersOf<'exports'> {
  return {
    'exports.check': (input) => segments.check(input),
    'exports.findings': async (input) => ({ findings: await segments.findings(input) }),
    'exports.findingRows': (input) => segments.findingRows(input),
    'exports.save': (input) => exports.save(input, people.current()),
    'exports.remove': ({ exportId }) => {
      exports.remove(exportId);
      return {};
    },
    'exports.run': ({ exportId, agreedToMail }, caller) =>
      runs.start(exportId, {
        agreedToMail: agreedToMail === true,
        person: people.current(),
        patient: isPatient(caller),
      }),
  };
}
