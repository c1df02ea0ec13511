import type { CarriersOf, Services } from './services.ts';

/** What carries out the calls named `segments.…`. */
export function segmentCarriers({ segments, exports, people }: Services): CarriersOf<'segments'> {
  return {
    'segments.addFiles': ({ paths }) => segments.addFiles(paths, people.current()),
    'segments.chooseFiles': () => segments.chooseFiles(people.current()),
    'segments.cancelReading': ({ segmentId }) => {
      segments.cancelReading(segmentId);
      return {};
    },
    'segments.correctReading': ({ segmentId, overrides }) =>
      segments.correctReading(segmentId, overrides, people.current()),
    'segments.takeApart': ({ segmentId }) => segments.takeApart(segmentId, people.current()),
    'segments.join': ({ segmentIds }) => segments.join(segmentIds, people.current()),
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
    'segments.duplicate': ({ segmentId }) => segments.duplicate(segmentId, people.current()),
    'segments.split': ({ segmentId, rowsEach }) => segments.split(segmentId, rowsEach, people.current()),
    'segments.cancelSplit': ({ segmentId }) => {
      segments.cancelSplit(segmentId);
      return {};
    },
    'segments.replaceFile': ({ segmentId, paths }) => segments.replaceFile(segmentId, paths, people.current()),
    'segments.chooseReplacement': ({ segmentId }) => segments.chooseReplacement(segmentId, people.current()),
    'segments.readAgain': ({ segmentId }) => segments.readAgain(segmentId, people.current()),
    'segments.lookForChanges': () => segments.lookForChanges().then(() => ({})),
    'segments.remove': async ({ segmentId, fromExports }) => {
      await segments.remove(segmentId, fromExports === true);
      if (fromExports === true) exports.changed();
      return {};
    },
  };
}
