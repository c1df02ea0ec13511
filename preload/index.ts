import { contextBridge, ipcRenderer, webUtils } from 'electron';
import {
  type CallName,
  callChannel,
  callNames,
  type EventName,
  eventChannel,
  eventNames,
} from './contract/channels.ts';
import type { SegueBridge } from './contract/envelope.ts';

const knownCalls: ReadonlySet<string> = new Set(callNames);
const knownEvents: ReadonlySet<string> = new Set(eventNames);

/** The page gets these three verbs: no channel of its choosing, no Electron object, no event. */
const bridge: SegueBridge = {
  call: (name: CallName, input: unknown) => {
    if (!knownCalls.has(name)) return Promise.reject(new Error('Unknown call'));
    return ipcRenderer.invoke(callChannel(name), input);
  },
  on: (name: EventName, listener: (payload: never) => void) => {
    if (!knownEvents.has(name)) throw new Error('Unknown event');
    const forward = (_event: unknown, payload: unknown) => listener(payload as never);
    ipcRenderer.on(eventChannel(name), forward);
    return () => {
      ipcRenderer.off(eventChannel(name), forward);
    };
  },
  pathForFile: (file) => webUtils.getPathForFile(file),
};

contextBridge.exposeInMainWorld('segue', bridge);
