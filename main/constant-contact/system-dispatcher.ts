import { Dispatcher } from 'undici';
import { isLoopbackHost } from './addresses.ts';
import { directDispatcher } from './dispatchers.ts';

/** The proxy that the system names for an address, `http://host:port` or the like; null for a straight connection. */
export type ResolveProxy = (url: string) => Promise<string | null>;

/** How long an answer about the proxy holds, in milliseconds: a laptop changes networks in the middle of a run. */
const holdsMs = 30_000;

/**
 * Connections as the system wants them: each origin straight or through the proxy that `resolveProxy` names for it, asked
 * anew every half minute. This computer is never reached through a proxy. Where the question cannot be answered the
 * connection is straight. The caller closes it.
 */
export function systemDispatcher(resolveProxy: ResolveProxy, now: () => number = Date.now): SystemDispatcher {
  return new SystemDispatcher(resolveProxy, now);
}

export class SystemDispatcher extends Dispatcher {
  readonly #resolveProxy: ResolveProxy;
  readonly #now: () => number;
  /** By proxy; straight under the empty name. */
  readonly #routes = new Map<string, Dispatcher>();
  readonly #answers = new Map<string, { readonly at: number; readonly route: Promise<Dispatcher> }>();
  #destroyed = false;

  constructor(resolveProxy: ResolveProxy, now: () => number) {
    super();
    this.#resolveProxy = resolveProxy;
    this.#now = now;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const origin = String(options.origin);
    if (isLoopbackHost(URL.parse(origin)?.hostname ?? '')) return this.#route(null).dispatch(options, handler);
    // A route tells its troubles to the handler.
    void this.#routeTo(origin).then((route) => route.dispatch(options, handler));
    return true;
  }

  /**
   * Lets go of every connection, requests on them included, and of what is known about proxies: the computer has slept, or
   * is in another network. The next request begins anew.
   */
  async forgetConnections(): Promise<void> {
    const routes = [...this.#routes.values()];
    this.#routes.clear();
    this.#answers.clear();
    await Promise.all(routes.map((route) => route.destroy()));
  }

  override async close(): Promise<void> {
    await Promise.all([...this.#routes.values()].map((route) => route.close()));
  }

  override async destroy(): Promise<void> {
    this.#destroyed = true;
    await Promise.all([...this.#routes.values()].map((route) => route.destroy()));
  }

  #routeTo(origin: string): Promise<Dispatcher> {
    const known = this.#answers.get(origin);
    if (known && this.#now() - known.at < holdsMs) return known.route;
    const route = this.#resolveProxy(`${origin}/`)
      .then((proxy) => this.#route(proxy))
      .catch(() => this.#route(null));
    this.#answers.set(origin, { at: this.#now(), route });
    return route;
  }

  #route(proxy: string | null): Dispatcher {
    const known = this.#routes.get(proxy ?? '');
    if (known) return known;
    const route = directDispatcher(proxy);
    this.#routes.set(proxy ?? '', route);
    if (this.#destroyed) void route.destroy();
    return route;
  }
}
