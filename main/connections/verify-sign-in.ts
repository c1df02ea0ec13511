import type { Dispatcher } from 'undici';
import { fetchAccountSummary, fetchPrivileges, missingPrivileges } from '../constant-contact/account.ts';
import { createApiClient } from '../constant-contact/http-client.ts';
import type { Pacer } from '../constant-contact/pacer.ts';
import { missingScopes, type TokenSet } from '../constant-contact/token-endpoint.ts';
import { SegueError } from '../errors/segue-error.ts';

/**
 * After the person allowed it: whose account is it, and may they do what an export needs (constant-contact-v3.md 2.6, 8).
 * The tokens have no home yet, so they are used as they are. Throws `connection.privilege-missing`, naming the scope or
 * privilege, and what asking the account throws.
 */
export async function verifySignIn(
  tokens: TokenSet,
  options: {
    readonly apiUrl: string;
    readonly userAgent: string;
    readonly pacer: Pacer;
    readonly dispatcher: Dispatcher;
  },
): Promise<{ accountId: string; organisation: string }> {
  const { pacer, ...others } = options;
  const scopes = missingScopes(tokens);
  if (scopes.length > 0) throw new SegueError('connection.privilege-missing', { privilege: scopes.join(', ') });
  const client = createApiClient({
    ...others,
    gate: {
      permit: async ({ purpose, signal }) => {
        await pacer.acquire(purpose, signal);
        return { accessToken: tokens.accessToken };
      },
      // Tokens that are seconds old and already refused cannot be mended by a refresh.
      onUnauthorized: () => Promise.reject(new SegueError('sign-in.refused', { status: 401, errorKey: '' })),
      onLimited: (limit, retryAfterMs) => pacer.noteLimited(limit, retryAfterMs),
    },
  });
  const account = await fetchAccountSummary(client);
  const privileges = missingPrivileges(await fetchPrivileges(client));
  if (privileges.length > 0) throw new SegueError('connection.privilege-missing', { privilege: privileges.join(', ') });
  return { accountId: account.accountId, organisation: account.organizationName };
}
