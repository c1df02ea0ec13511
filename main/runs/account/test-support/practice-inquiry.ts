import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RunView } from '../../../../preload/contract/views.ts';
import { createApiClient } from '../../../constant-contact/http-client.ts';
import type { TestAccount } from '../../../practice/test-support/test-account.ts';
import { fullSpeed } from '../../run-pace.ts';
import type { Inquiry } from '../inquiry.ts';

/** An inquiry at a practice account, in a folder of its own, that keeps what it waited for. */
export async function practiceInquiry(
  account: TestAccount,
  options: { signal?: AbortSignal; now?: () => number } = {},
): Promise<Inquiry & { readonly waited: RunView['waiting'][] }> {
  const { access_token: accessToken } = await account.signIn();
  const folder = mkdtempSync(path.join(tmpdir(), 'segue-inquiry-'));
  const waited: RunView['waiting'][] = [];
  const client = createApiClient({
    apiUrl: account.account.apiUrl,
    userAgent: 'Segue/0 (test)',
    gate: {
      permit: async () => ({ accessToken }),
      onUnauthorized: async () => undefined,
      onLimited: () => undefined,
    },
  });
  return {
    client,
    purpose: 'run',
    pace: fullSpeed,
    signal: options.signal ?? new AbortController().signal,
    folder,
    tempFolder: folder,
    memoryLimitMb: 200,
    now: options.now ?? Date.now,
    reportWaiting: (waiting) => waited.push(waiting),
    waited,
  };
}
