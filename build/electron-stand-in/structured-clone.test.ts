import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packClone, unpackClone } from './structured-clone.ts';

const across = (value: unknown) => unpackClone(packClone(value));

describe('what crosses', () => {
  test('everything structured clone keeps', () => {
    const value = {
      nothing: undefined,
      none: null,
      big: 2n ** 70n,
      numbers: [Number.NaN, -0, Number.POSITIVE_INFINITY, 1e300],
      map: new Map<unknown, unknown>([[{ a: 1 }, new Set([1, 'x'])]]),
      date: new Date(86_400_000),
      never: new Date(Number.NaN),
      pattern: /a+b/giu,
      bytes: new Uint8Array([1, 2, 3]).subarray(1),
      floats: new Float64Array([1.5, Number.NaN]),
      view: new DataView(new ArrayBuffer(4), 1, 2),
      boxed: [Object(1), Object('x'), Object(true)],
      text: 'é\u0000\ud83d\ude00\ud800',
    };
    expect(across(value)).toEqual(value);
  });

  test('holes, shared objects and cycles keep their shape', () => {
    const shared = { a: 1 };
    const list: unknown[] = [shared];
    list[2] = shared;
    list.push(list);
    const result = across(list) as unknown[];
    expect(result[0]).toBe(result[2]);
    expect(result[3]).toBe(result);
    expect(1 in result).toBe(false);
  });

  test('two views of one buffer share it on the other side', () => {
    const buffer = new ArrayBuffer(4);
    const [bytes, words] = across([new Uint8Array(buffer), new Uint16Array(buffer)]) as [Uint8Array, Uint16Array];
    bytes[0] = 7;
    expect(words[0]).toBe(7);
  });

  test('a class instance arrives as a plain object without its methods and getters', () => {
    class Person {
      name = 'Ada';
      get upper() {
        return this.name.toUpperCase();
      }
      greet() {
        return this.name;
      }
    }
    const result = across(new Person()) as object;
    expect(result).toEqual({ name: 'Ada' });
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
  });

  test('a Buffer arrives as a Uint8Array', () => {
    const result = across(Buffer.from('ab'));
    expect(Buffer.isBuffer(result)).toBe(false);
    expect(result).toEqual(new Uint8Array([97, 98]));
  });

  test('an Error as an argument keeps name, message and stack only', () => {
    const error = Object.assign(new RangeError('far'), { code: 'E_FAR', cause: 1 });
    const result = across(error) as RangeError & { code?: string };
    expect(result).toBeInstanceOf(RangeError);
    expect([result.message, result.stack, result.code]).toEqual(['far', error.stack, undefined]);
  });

  test('a key that names the prototype is only a key', () => {
    const value = JSON.parse('{"__proto__": {"polluted": true}}') as object;
    const result = across(value) as { polluted?: boolean };
    expect(result.polluted).toBeUndefined();
    expect(Object.keys(result)).toEqual(['__proto__']);
  });

  test('any plain data crosses unchanged', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSet: true,
          withSparseArray: true,
          withTypedArray: true,
        }),
        (value) => {
          expect(across(value)).toEqual(structuredClone(value));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('what is refused', () => {
  const cases: [string, unknown][] = [
    ['a function', () => 1],
    ['a function inside', { deep: [{ f() {} }] }],
    ['a symbol', Symbol('s')],
    ['a promise', Promise.resolve(1)],
    ['a WeakMap', new WeakMap()],
    ['a WeakRef', new WeakRef({})],
    ['a proxy', new Proxy({}, {})],
    ['a Blob', new Blob(['x'])],
    ['a File', new File(['x'], 'x.csv')],
    ['a Response', new Response('x')],
  ];
  test.each(cases)('%s', (_name, value) => {
    expect(() => packClone(value)).toThrow(new Error('An object could not be cloned.'));
  });
});
