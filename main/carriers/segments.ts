import type { CarriersOf, Services } from './services.ts';

/** What carries out the calls named `segments.…`. */
export function segmentCarriers({ segments, exports }: Services): CarriersOf<'segments'> {
  return {
    'segments.addFiles': ({ paths }, { person }) => segments.addFiles(paths, person),
    'segments.chooseFiles': (_, { person }) => segments.chooseFiles(person),
    'segments.cancelReading': ({ segmentId }) => {
      segments.cancelReading(segmentId);
      return {};
    },
    'segments.correctReading': ({ segmentId, overrides }, { person }) =>
      segments.correctReading(segmentId, overrides, person),
    'segments.takeApart': ({ segmentId }, { person }) => segments.takeApart(segmentId, person),
    'segments.join': ({ segmentIds }, { person }) => segments.join(segmentIds, person),
    'segments.getUnreadable': ({ segmentId, fromByte, limit }) => segments.unreadable(segmentId, fromByte, limit),
    'segments.getProfile': ({ segmentId }) => segments.profile(segmentId),
    'segments.getMembers': (input) => segments.pageMembers(input),
    'segments.countFormulas': ({ segmentIds }) => segments.countFormulas(segmentIds),
    'segments.saveMembers': (input) => segments.saveMembers(input),
    'segments.cancelSaving': ({ saveId }) => {
      segments.cancelSaving(saveId);
      return {};
    },
    'segments.changeTags': ({ segmentIds, add, remove }) => segments.changeTags(segmentIds, add, remove),
    'segments.rename': ({ segmentId, name }) => segments.rename(segmentId, name),
    'segments.duplicate': ({ segmentId }, { person }) => segments.duplicate(segmentId, person),
    'segments.split': ({ segmentId, rowsEach }, { person }) => segments.split(segmentId, rowsEach, person),
    'segments.cancelSplit': ({ segmentId }) => {
      segments.cancelSplit(segmentId);
      return {};
    },
    'segments.replaceFile': ({ segmentId, paths }, { person }) => segments.replaceFile(segmentId, paths, person),
    'segments.chooseReplacement': ({ segmentId }, { person }) => segments.chooseReplacement(segmentId, person),
    'segments.readAgain': ({ segmentId }, { person }) => segments.readAgain(segmentId, person),
    'segments.lookForChanges': () => segments.lookForChanges().then(() => ({})),
    'segments.remove': async ({ segmentId, fromExports }) => {
      await segments.remove(segmentId, fromExports === true);
      if (fromExports === true) exports.changed();
      return {};
    },
  };
}
