/** Names of everything that may cross the bridge. Free of dependencies, so that the preload stays small. */
export const callNames = [
  'app.getSnapshot',
  'app.openPage',
  'settings.change',
  'signIn.start',
  'signIn.cancel',
  'signIn.openPageAgain',
  'connections.save',
  'connections.remove',
  'lists.search',
  'lists.create',
  'lists.resolve',
  'segments.addFiles',
  'segments.chooseFiles',
  'segments.cancelReading',
  'segments.correctReading',
  'segments.takeApart',
  'segments.getUnreadable',
  'segments.rename',
  'segments.duplicate',
  'segments.replaceFile',
  'segments.chooseReplacement',
  'segments.readAgain',
  'segments.lookForChanges',
  'segments.remove',
  'exports.check',
  'exports.findings',
  'exports.findingRows',
  'exports.save',
  'exports.remove',
  'exports.run',
  'runs.cancel',
  'runs.continue',
  'runs.getActivities',
  'runs.getRejectedRows',
  'runs.saveRejectedRows',
  'runs.checkMended',
  'runs.sendMended',
] as const;
export type CallName = (typeof callNames)[number];

export const eventNames = [
  'settings.changed',
  'signIn.changed',
  'connections.changed',
  'segment.changed',
  'segment.removed',
  'exports.changed',
  'run.changed',
  'app.command',
] as const;
export type EventName = (typeof eventNames)[number];

/** Channel of a call on ipcMain/ipcRenderer, and of an event. */
export const callChannel = (name: CallName): string => `segue:call:${name}`;
export const eventChannel = (name: EventName): string => `segue:event:${name}`;
