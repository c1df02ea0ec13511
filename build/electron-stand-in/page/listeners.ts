/** The small part of Node's EventEmitter that a sandboxed preload gets from `require('events')` and `ipcRenderer`. */
type AnyListener = (...args: unknown[]) => void;

export class PageEmitter {
  private readonly byName = new Map<string | symbol, { listener: AnyListener; once: boolean }[]>();

  on(name: string | symbol, listener: AnyListener): this {
    this.byName.set(name, [...(this.byName.get(name) ?? []), { listener, once: false }]);
    return this;
  }

  addListener(name: string | symbol, listener: AnyListener): this {
    return this.on(name, listener);
  }

  once(name: string | symbol, listener: AnyListener): this {
    this.byName.set(name, [...(this.byName.get(name) ?? []), { listener, once: true }]);
    return this;
  }

  removeListener(name: string | symbol, listener: AnyListener): this {
    const list = this.byName.get(name) ?? [];
    const at = list.findLastIndex((entry) => entry.listener === listener);
    this.byName.set(
      name,
      list.filter((_, index) => index !== at),
    );
    return this;
  }

  off(name: string | symbol, listener: AnyListener): this {
    return this.removeListener(name, listener);
  }

  removeAllListeners(name?: string | symbol): this {
    if (name === undefined) this.byName.clear();
    else this.byName.delete(name);
    return this;
  }

  listenerCount(name: string | symbol): number {
    return this.byName.get(name)?.length ?? 0;
  }

  listeners(name: string | symbol): AnyListener[] {
    return (this.byName.get(name) ?? []).map((entry) => entry.listener);
  }

  eventNames(): (string | symbol)[] {
    return [...this.byName].filter(([, list]) => list.length > 0).map(([name]) => name);
  }

  emit(name: string | symbol, ...args: unknown[]): boolean {
    const list = this.byName.get(name) ?? [];
    for (const entry of list) {
      if (entry.once) this.removeListener(name, entry.listener);
      entry.listener.apply(this, args);
    }
    return list.length > 0;
  }
}
