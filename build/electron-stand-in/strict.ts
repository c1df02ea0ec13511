/**
 * Names that JavaScript itself, a bundler's interop or an inspector asks any object for; they read as undefined instead
 * of being refused, because no caller means an Electron API by them.
 */
const askedByTheLanguage = new Set([
  'then',
  'toJSON',
  'constructor',
  '__esModule',
  'default',
  'inspect',
  'nodeType',
  'domain',
]);

/** The error for an API that Electron has and the stand-in has not. `name` is written as the caller would: `app.dock`. */
export function missing(name: string): Error {
  return new Error(`the Electron stand-in has no ${name}`);
}

/**
 * `target` behind a guard: reading a property it does not have throws an Error that names it (`app.dock`), so that a gap
 * in the stand-in can never look like an answer. `in` still tells honestly what is there; assignments reach `target`
 * (tests replace functions such as `dialog.showOpenDialog`).
 */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key) {
      if (typeof key === 'symbol' || key in object) return Reflect.get(object, key, object);
      if (askedByTheLanguage.has(key)) return undefined;
      throw missing(`${name}.${key}`);
    },
    set(object, key, value) {
      return Reflect.set(object, key, value, object);
    },
  });
}
