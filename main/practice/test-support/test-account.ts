import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type PracticeAccount, type PracticeOptions, startPracticeAccount } from '../practice-account.ts';
import { practiceClientId, registeredRedirects } from '../settings.ts';

/** What a test knows of an answer. */
export interface Seen {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; tests say what they expect of it. */
  // biome-ignore lint/suspicious/noExplicitAny: an answer may be anything, which is what the tests are about.
  readonly body: any;
}

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly expires_in: number;
  readonly scope: string;
  readonly token_type: string;
}

export const redirect = registeredRedirects[0] ?? '';
export const everyScope = 'contact_data account_read offline_access';

/** A practice account in a folder of its own, with the requests tests make of it. */
export class TestAccount {
  readonly folder: string;
  account: PracticeAccount;
  readonly #options: Partial<PracticeOptions>;
  #token = '';

  private constructor(folder: string, account: PracticeAccount, options: Partial<PracticeOptions>) {
    this.folder = folder;
    this.account = account;
    this.#options = options;
  }

  /** Starts one, at full speed unless told otherwise; signed in as the account owner unless `signIn` is false. */
  static async start(options: Partial<PracticeOptions> & { signIn?: boolean } = {}): Promise<TestAccount> {
    const folder = mkdtempSync(path.join(tmpdir(), 'practice-'));
    const { signIn = true, ...rest } = options;
    const made = new TestAccount(folder, await TestAccount.#open(folder, rest), rest);
    if (signIn) made.#token = (await made.signIn()).access_token;
    return made;
  }

  /** One that runs already, in a process of its own; `stop` leaves it running. Signed in as the account owner. */
  static async at(addresses: Omit<PracticeAccount, 'close'>): Promise<TestAccount> {
    const made = new TestAccount('', { ...addresses, close: () => Promise.resolve() }, {});
    made.#token = (await made.signIn()).access_token;
    return made;
  }

  static #open(folder: string, options: Partial<PracticeOptions>): Promise<PracticeAccount> {
    return startPracticeAccount({
      stateFile: path.join(folder, 'state', 'practice.sqlite'),
      pace: 'full-speed',
      onFailure: (error) => process.stderr.write(`${String((error as Error).stack)}\n`),
      ...options,
    });
  }

  /** Ends the process's part and starts again on the same file, as a restart does. */
  async restart(options: Partial<PracticeOptions> = {}): Promise<void> {
    await this.account.close();
    this.account = await TestAccount.#open(this.folder, { ...this.#options, ...options });
  }

  async stop(): Promise<void> {
    await this.account.close();
    if (this.folder !== '') rmSync(this.folder, { recursive: true, force: true });
  }

  /** From now on requests carry this access token. */
  carry(token: string): void {
    this.#token = token;
  }

  /** Any request below the account's origin. */
  async fetch(pathName: string, init: RequestInit = {}): Promise<Seen> {
    const response = await fetch(new URL(pathName, this.account.pagesUrl), { redirect: 'manual', ...init });
    const text = await response.text();
    let body: unknown = null;
    try {
      body = JSON.parse(text);
    } catch {
      // Pages and files are no JSON.
    }
    return { status: response.status, headers: response.headers, text, body };
  }

  /** A request of the API with the token at hand. */
  api(method: string, pathName: string, body?: unknown): Promise<Seen> {
    const headers: Record<string, string> = { authorization: `Bearer ${this.#token}` };
    if (body === undefined) return this.fetch(`/v3${pathName}`, { method, headers });
    headers['content-type'] = 'application/json';
    return this.fetch(`/v3${pathName}`, { method, headers, body: JSON.stringify(body) });
  }

  /** Posts a CSV import. */
  importFile(csv: string, listIds: readonly string[], fileName = 'people.csv'): Promise<Seen> {
    const form = new FormData();
    form.set('file', new File([csv], fileName, { type: 'text/csv' }));
    form.set('list_ids', listIds.join(','));
    const headers = { authorization: `Bearer ${this.#token}` };
    return this.fetch('/v3/activities/contacts_file_import', { method: 'POST', headers, body: form });
  }

  /** Turns something of the test bench. */
  bench(what: string, body: unknown): Promise<Seen> {
    const headers = { 'content-type': 'application/json' };
    return this.fetch(`/_practice/${what}`, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  /** Asks for an activity until it is in one of the states. */
  async activity(
    id: string,
    states: readonly string[] = ['completed', 'failed', 'timed_out', 'cancelled'],
  ): Promise<Seen> {
    for (;;) {
      const seen = await this.api('GET', `/activities/${id}`);
      if (seen.status !== 200 || states.includes(seen.body.state)) return seen;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Makes a list; answers its id. */
  async list(name: string): Promise<string> {
    return (await this.api('POST', '/contact_lists', { name })).body.list_id;
  }

  /** Opens the sign-in page and presses a button; answers where the browser is sent. */
  async authorize(
    changes: Record<string, string> = {},
    answer: Record<string, string> = { answer: 'allow' },
  ): Promise<Seen> {
    const page = await this.fetch(`/oauth2/default/v1/authorize?${authorizeQuery(changes)}`);
    const request = /name="request" value="([^"]+)"/.exec(page.text)?.[1];
    if (request === undefined) return page;
    const body = new URLSearchParams({ request, ...answer });
    return this.fetch('/oauth2/default/v1/authorize/answer', { method: 'POST', body });
  }

  /** Posts a form to the token endpoint. */
  token(form: Record<string, string>): Promise<Seen> {
    return this.fetch('/oauth2/default/v1/token', { method: 'POST', body: new URLSearchParams(form) });
  }

  /** The whole way of a public client; answers its tokens. */
  async signIn(options: { scope?: string; role?: string; clientId?: string } = {}): Promise<Tokens> {
    const { scope = everyScope, role = 'owner', clientId = practiceClientId } = options;
    const verifier = randomBytes(32).toString('base64url');
    const changes = { scope, client_id: clientId, code_challenge: challengeOf(verifier) };
    const sent = await this.authorize(changes, { answer: 'allow', role });
    const code = new URL(sent.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', client_id: clientId, redirect_uri: redirect, code };
    return (await this.token({ ...form, code_verifier: verifier })).body as Tokens;
  }
}

export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

export function authorizeQuery(changes: Record<string, string> = {}): string {
  return new URLSearchParams({
    client_id: practiceClientId,
    redirect_uri: redirect,
    response_type: 'code',
    scope: everyScope,
    state: 'state-1',
    code_challenge: challengeOf('v'.repeat(43)),
    code_challenge_method: 'S256',
    ...changes,
  }).toString();
}
