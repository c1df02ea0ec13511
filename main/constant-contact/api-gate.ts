import type { ApiGate } from './gate.ts';
import type { Pacer } from './pacer.ts';
import type { TokenKeeper } from './tokens.ts';

/** The gate of the main process: turns from the key's pacer, tokens from the connection's keeper. */
export function createApiGate(parts: { readonly pacer: Pacer; readonly tokens: TokenKeeper }): ApiGate {
  const { pacer, tokens } = parts;
  return {
    async permit({ purpose, signal }) {
      // A refresh takes its time: it comes before the turn, or requests would leave in a bunch after it.
      await tokens.accessToken(signal);
      await pacer.acquire(purpose, signal);
      return { accessToken: await tokens.accessToken(signal) };
    },
    onUnauthorized: (usedToken) => tokens.refresh(usedToken),
    onLimited: (kind, retryAfter) => pacer.noteLimited(kind, retryAfter),
  };
}
