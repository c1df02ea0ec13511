/**
 * What Electron's IPC lets across, as text: V8's structured clone without the platform's own objects. Runs on both
 * sides: in the main process, and in the page's preload world (page-scripts.ts pastes it in), so it imports nothing.
 */

/** The text form: a root value and the table of the objects it refers to, so that cycles and shared objects survive. */
interface Packed {
  root: unknown;
  objects: unknown[];
}

const refusal = 'An object could not be cloned.';

/** Kinds of typed array that V8 writes, by the name of their constructor. */
const viewNames = [
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float16Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
  'DataView',
];

function bytesToText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

function textToBytes(text: string): Uint8Array<ArrayBuffer> {
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let at = 0; at < raw.length; at += 1) bytes[at] = raw.charCodeAt(at);
  return bytes;
}

/**
 * `value` as text for the other side. Throws Error "An object could not be cloned." for what Electron refuses:
 * functions, symbols, promises, weak collections, proxies, DOM objects, also Blob and File. Class instances lose their
 * prototype, Buffer becomes Uint8Array.
 */
export function packClone(value: unknown): string {
  let clone: unknown;
  try {
    clone = structuredClone(value);
  } catch {
    throw new Error(refusal);
  }
  const packed: Packed = { root: undefined, objects: [] };
  const seen = new Map<object, number>();

  const pack = (part: unknown): unknown => {
    switch (typeof part) {
      case 'undefined':
        return ['u'];
      case 'bigint':
        return ['b', part.toString()];
      case 'number':
        return Number.isFinite(part) && !Object.is(part, -0) ? part : ['n', Object.is(part, -0) ? '-0' : String(part)];
      case 'object':
        return part === null ? null : packObject(part);
      default:
        return part;
    }
  };

  const packEntries = (part: object): unknown[] => Object.entries(part).map(([key, item]) => [key, pack(item)]);

  const body = (part: object): unknown => {
    const kind = Object.prototype.toString.call(part).slice(8, -1);
    if (Array.isArray(part)) return ['array', part.length, packEntries(part)];
    if (part instanceof Map) return ['map', [...part].map(([key, item]) => [pack(key), pack(item)])];
    if (part instanceof Set) return ['set', [...part].map(pack)];
    if (part instanceof Date) return ['date', pack(part.getTime())];
    if (part instanceof RegExp) return ['regexp', part.source, part.flags];
    if (part instanceof Error) return ['error', part.name, part.message, part.stack ?? null];
    if (part instanceof ArrayBuffer) return ['buffer', bytesToText(new Uint8Array(part))];
    if (ArrayBuffer.isView(part) && viewNames.includes(kind)) {
      const length = 'length' in part ? part.length : part.byteLength;
      return ['view', kind, pack(part.buffer), part.byteOffset, length];
    }
    if (part instanceof Boolean || part instanceof Number || part instanceof String || part instanceof BigInt) {
      return ['boxed', pack(part.valueOf())];
    }
    if (Object.getPrototypeOf(part) === Object.prototype) return ['object', packEntries(part)];
    throw new Error(refusal);
  };

  const packObject = (part: object): unknown => {
    const known = seen.get(part);
    if (known !== undefined) return ['r', known];
    const index = packed.objects.push(null) - 1;
    seen.set(part, index);
    packed.objects[index] = body(part);
    return ['r', index];
  };

  packed.root = pack(clone);
  return JSON.stringify(packed);
}

/** The value that `packClone` wrote, made of this side's own objects. */
export function unpackClone(text: string): unknown {
  const packed = JSON.parse(text) as Packed;
  const made: unknown[] = [];

  const define = (target: object, key: string, value: unknown) =>
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });

  const unpack = (part: unknown): unknown => {
    if (!Array.isArray(part)) return part;
    const [tag, content] = part as [string, never];
    if (tag === 'r') return object(content);
    if (tag === 'n') return Number(content);
    return tag === 'b' ? BigInt(content) : undefined;
  };

  const object = (index: number): unknown => {
    if (index in made) return made[index];
    const [tag, ...rest] = packed.objects[index] as [string, ...never[]];
    const [first, second, third, fourth] = rest as [never, never, never, never];
    const keep = <T>(value: T): T => {
      made[index] = value;
      return value;
    };
    switch (tag) {
      case 'array': {
        const list = keep(new Array(first));
        for (const [key, item] of second as [string, unknown][]) define(list, key, unpack(item));
        return list;
      }
      case 'map': {
        const map = keep(new Map());
        for (const [key, item] of first as [unknown, unknown][]) map.set(unpack(key), unpack(item));
        return map;
      }
      case 'set': {
        const set = keep(new Set());
        for (const item of first as unknown[]) set.add(unpack(item));
        return set;
      }
      case 'date':
        return keep(new Date(unpack(first) as number));
      case 'regexp':
        return keep(new RegExp(first, second));
      case 'error': {
        const known = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError }[first as string];
        const error = keep(new (known ?? Error)(second));
        if (third === null) delete (error as Error).stack;
        else Object.defineProperty(error, 'stack', { value: third, writable: true, configurable: true });
        return error;
      }
      case 'buffer':
        return keep(textToBytes(first).buffer);
      case 'view': {
        const View = (globalThis as unknown as Record<string, new (b: unknown, o: number, l: number) => object>)[first];
        if (View === undefined) throw new Error(refusal);
        return keep(new View(unpack(second), third, fourth));
      }
      case 'boxed':
        return keep(Object(unpack(first)));
      default: {
        const plain = keep({});
        for (const [key, item] of first as [string, unknown][]) define(plain, key, unpack(item));
        return plain;
      }
    }
  };

  return unpack(packed.root);
}
