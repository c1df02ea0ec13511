/**
 * One end of the context bridge. The same code runs in the page's own world and in the preload's isolated world; the
 * two ends share nothing but a DOM node that is in no document, on which they exchange events (synchronously; the
 * browser itself clones what an event carries). Electron's rules of copying: own enumerable properties only, functions
 * and promises proxied, errors keep their message only, results frozen for the page.
 */

/** What crosses as it is, because the browser clones it: primitives, and the object kinds of structured clone. */
type Wire = unknown;

interface BridgeMessage {
  kind: 'call' | 'return' | 'settle' | 'expose';
  id: number;
  ok?: boolean;
  value?: Wire;
  args?: Wire[];
  name?: string;
}

/** What the two ends tell each other about a File: whether a script made it (it has then no path). */
export interface FileNotes {
  madeByScript(file: Blob): boolean;
  arrived(file: Blob, madeByScript: boolean): void;
}

export interface BridgeEnd {
  /** `value` in the form that crosses. Throws what Electron throws for a value that may not cross. */
  encode(value: unknown): Wire;
  decode(wire: Wire): unknown;
  expose(name: string, api: unknown): void;
}

const bridgeRefusal = 'An object could not be cloned.';
const depthRefusal =
  'Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.';
const strangeThrow =
  'An unknown exception occurred in the isolated context, an error occurred but a valid exception was not thrown.';

/**
 * Joins this world to the other one over `node`. `mine` is the event this end listens to, `theirs` the other end's;
 * `frozen` freezes every object that arrives (the page's end). `onExpose` receives what the preload exposes.
 */
export function joinBridge(
  node: EventTarget,
  mine: string,
  theirs: string,
  frozen: boolean,
  files: FileNotes,
  onExpose: (name: string, value: unknown) => void,
): BridgeEnd {
  const functions: ((...args: unknown[]) => unknown)[] = [];
  const settlers = new Map<number, (ok: boolean, value: unknown) => void>();
  const returned = new Map<number, { ok: boolean; value: unknown }>();
  let lastId = 0;

  const post = (message: BridgeMessage) => {
    node.dispatchEvent(new CustomEvent(theirs, { detail: message }));
  };

  const encodeError = (error: unknown): Wire => ['error', error instanceof Error ? error.message : strangeThrow];

  const encode = (root: unknown): Wire => {
    const seen = new Map<object, Wire>();
    const walk = (value: unknown, depth: number): Wire => {
      if (depth > 1000) throw new Error(depthRefusal);
      if (typeof value === 'function') {
        const id = functions.push(value as (typeof functions)[number]) - 1;
        return ['function', id];
      }
      if (typeof value === 'symbol') throw new Error(bridgeRefusal);
      if (typeof value !== 'object' || value === null) return ['value', value];
      const known = seen.get(value);
      if (known !== undefined) return known;
      if (value instanceof Promise) {
        lastId += 1;
        const id = lastId;
        value.then(
          (result) => {
            try {
              post({ kind: 'settle', id, ok: true, value: encode(result) });
            } catch (error) {
              post({ kind: 'settle', id, ok: false, value: encodeError(error) });
            }
          },
          (error) => post({ kind: 'settle', id, ok: false, value: encodeError(error) }),
        );
        return ['promise', id];
      }
      if (value instanceof Error) return encodeError(value);
      if (value instanceof Blob) return ['file', value, files.madeByScript(value)];
      if (Array.isArray(value)) {
        const items: Wire[] = [];
        const wire = ['array', items];
        seen.set(value, wire);
        for (const item of value) items.push(walk(item, depth + 1));
        return wire;
      }
      const kind = Object.prototype.toString.call(value);
      if (kind === '[object Object]') {
        const entries: [string, Wire][] = [];
        const wire = ['object', entries];
        seen.set(value, wire);
        for (const key of Object.keys(value)) {
          entries.push([key, walk((value as Record<string, unknown>)[key], depth + 1)]);
        }
        return wire;
      }
      if (
        !/^\[object (Map|Set|Date|RegExp|ArrayBuffer|DataView|(Big)?(Ui|I)nt\d+(Clamped)?Array|Float\d+Array)\]$/.test(
          kind,
        )
      ) {
        throw new Error(bridgeRefusal);
      }
      try {
        return ['value', structuredClone(value)];
      } catch {
        throw new Error(bridgeRefusal);
      }
    };
    return walk(root, 0);
  };

  const callOther = (id: number, args: unknown[]): unknown => {
    const wired = args.map(encode);
    lastId += 1;
    const call = lastId;
    post({ kind: 'call', id, name: String(call), args: wired });
    const result = returned.get(call);
    returned.delete(call);
    if (result === undefined) throw new Error(bridgeRefusal);
    if (result.ok) return result.value;
    throw result.value;
  };

  const decode = (root: Wire): unknown => {
    const made = new Map<unknown, unknown>();
    const walk = (wire: Wire): unknown => {
      const known = made.get(wire);
      if (known !== undefined) return known;
      const [tag, content, byScript] = wire as [string, never, boolean];
      const finish = <T extends object>(object: T): T => (frozen ? Object.freeze(object) : object);
      switch (tag) {
        case 'function':
          return finish((...args: unknown[]) => callOther(content, args));
        case 'promise':
          return new Promise((resolve, reject) => {
            settlers.set(content, (ok, value) => (ok ? resolve(value) : reject(value)));
          });
        case 'error':
          return new Error(content);
        case 'file':
          files.arrived(content, byScript);
          return content;
        case 'array': {
          const list: unknown[] = [];
          made.set(wire, list);
          for (const item of content as Wire[]) list.push(walk(item));
          return finish(list);
        }
        case 'object': {
          const object = {};
          made.set(wire, object);
          for (const [key, item] of content as [string, Wire][]) {
            Object.defineProperty(object, key, {
              value: walk(item),
              enumerable: true,
              writable: true,
              configurable: true,
            });
          }
          return finish(object);
        }
        default:
          return content;
      }
    };
    return walk(root);
  };

  const answerCall = (message: BridgeMessage) => {
    const id = Number(message.name);
    try {
      const target = functions[message.id];
      if (target === undefined) throw new Error(bridgeRefusal);
      const result = target(...(message.args ?? []).map(decode));
      post({ kind: 'return', id, ok: true, value: encode(result) });
    } catch (error) {
      post({ kind: 'return', id, ok: false, value: encodeError(error) });
    }
  };

  node.addEventListener(mine, (event) => {
    const message = (event as CustomEvent<BridgeMessage>).detail;
    switch (message.kind) {
      case 'call':
        answerCall(message);
        break;
      case 'return':
        returned.set(message.id, { ok: message.ok === true, value: decode(message.value) });
        break;
      case 'settle': {
        const settle = settlers.get(message.id);
        settlers.delete(message.id);
        settle?.(message.ok === true, decode(message.value));
        break;
      }
      default:
        onExpose(message.name ?? '', decode(message.value));
    }
  });

  return {
    encode,
    decode,
    expose: (name, api) => post({ kind: 'expose', id: 0, name, value: encode(api) }),
  };
}
