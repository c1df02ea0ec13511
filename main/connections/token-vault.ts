import { z } from 'zod';
import type { TokenSet } from '../constant-contact/token-endpoint.ts';
import type { Secrets } from '../ports.ts';
import { getTokenCiphertext, setTokenCiphertext } from '../store/connections.ts';
import type { Store } from '../store/open-store.ts';

const tokenSet = z.object({
  accessToken: z.string(),
  refreshToken: z.string().nullable(),
  obtainedAt: z.number(),
  expiresAt: z.number(),
  scopes: z.array(z.string()),
});

/** Where one connection's tokens rest. */
export interface TokenVault {
  load(): Promise<TokenSet | null>;
  /** Durable when it resolves, unless they are kept for this session only. */
  save(tokens: TokenSet): Promise<void>;
}

/**
 * Tokens on the disk as the keychain's ciphertext, never otherwise. With `sessionOnly` they stay in memory: that is what a
 * person chooses who has no keychain, and what was on the disk before then goes. A keychain that is locked, or refuses,
 * leaves the ciphertext as it is.
 */
export function createTokenVault(
  store: Store,
  secrets: Secrets,
  connectionId: string,
  sessionOnly: boolean,
): TokenVault {
  let kept: TokenSet | null = null;
  return {
    async load() {
      if (sessionOnly) return kept;
      const bytes = getTokenCiphertext(store, connectionId);
      if (bytes === null) return null;
      const { text, shouldReEncrypt } = await secrets.decrypt(bytes);
      const tokens = tokenSet.parse(JSON.parse(text));
      if (shouldReEncrypt) setTokenCiphertext(store, connectionId, await secrets.encrypt(text));
      return tokens;
    },
    async save(tokens) {
      if (sessionOnly) {
        kept = tokens;
        if (getTokenCiphertext(store, connectionId) !== null) setTokenCiphertext(store, connectionId, null);
      } else setTokenCiphertext(store, connectionId, await secrets.encrypt(JSON.stringify(tokens)));
    },
  };
}
