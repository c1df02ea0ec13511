// Runs first in every utility process: `process.parentPort`, and an `electron` that has what Electron offers there.
import { EventEmitter } from 'node:events';
import { answerElectronWith } from './hooks.ts';
import { strict } from './strict.ts';
import { packClone, unpackClone } from './structured-clone.ts';

const send = process.send?.bind(process);

/** `process.parentPort`: holds messages back until somebody listens, like a message port. */
class ParentPort extends EventEmitter {
  private held: unknown[] | null = [];

  constructor() {
    super();
    this.on('newListener', (name) => {
      if (name === 'message') queueMicrotask(() => this.start());
    });
  }

  postMessage(message: unknown): void {
    send?.(packClone(message));
  }

  start(): void {
    const waiting = this.held ?? [];
    this.held = null;
    for (const data of waiting) this.emit('message', { data, ports: [] });
  }

  receive(data: unknown): void {
    if (this.held === null) this.emit('message', { data, ports: [] });
    else this.held.push(data);
  }
}

const parentPort = new ParentPort();
process.on('message', (text) => parentPort.receive(unpackClone(String(text))));
// The main process has gone: a utility process ends with it.
process.on('disconnect', () => process.exit(0));
Object.assign(process, { type: 'utility', parentPort, send: undefined });
answerElectronWith(strict('electron (in a utility process)', { net: { fetch: globalThis.fetch } }), ['net']);
