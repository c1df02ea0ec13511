import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { at, Broken, text } from './check.ts';

const entry = path.resolve(import.meta.dirname, '..', '..', 'main', 'practice', 'practice-process.ts');

/** The redirect address the practice account has registered first (constant-contact-v3.md 2.3). */
export const redirectUri = 'http://localhost:53682/callback';
export const everyScope = 'contact_data account_read offline_access';

export interface SignInOptions {
  readonly scope?: string;
  readonly role?: string;
  readonly clientId?: string;
}

/** A practice account in a process of its own, spoken to over HTTP only. */
export class PracticeProcess {
  readonly apiUrl: string;
  readonly authUrl: string;
  readonly clientId: string;
  readonly #child: ChildProcess;

  constructor(child: ChildProcess, ready: unknown) {
    this.#child = child;
    this.apiUrl = text(ready, 'apiUrl');
    this.authUrl = text(ready, 'authUrl');
    this.clientId = text(ready, 'clientId');
  }

  /** Where `/_practice/…` and the pages are. */
  get origin(): string {
    return new URL(this.authUrl).origin;
  }

  /** The same account, reached through something that stands before its API. */
  behind(apiUrl: string): PracticeProcess {
    const { authUrl, clientId } = this;
    return new PracticeProcess(this.#child, { apiUrl, authUrl, clientId });
  }

  async stop(): Promise<void> {
    const closed = once(this.#child, 'close');
    this.#child.stdin?.end();
    await closed;
  }

  /** Turns something of the test bench. */
  async bench(what: string, body: unknown, method = 'POST'): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${this.origin}/_practice/${what}`, { method, headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Broken(`${method} /_practice/${what} answered ${response.status}`);
    return response.json();
  }

  /** The address a browser opens to sign in. */
  authorizeUrl(changes: Readonly<Record<string, string>> = {}): string {
    const query = new URLSearchParams({
      client_id: this.clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: everyScope,
      state: 'state-1',
      code_challenge: challengeOf('v'.repeat(43)),
      code_challenge_method: 'S256',
      ...changes,
    });
    return `${this.authUrl}/authorize?${query}`;
  }

  /** Opens the sign-in page and presses a button; answers where the browser is sent. */
  async decide(changes: Readonly<Record<string, string>> = {}, answer = 'allow', role = 'owner'): Promise<URL> {
    const page = await fetch(this.authorizeUrl(changes), { redirect: 'manual' });
    const request = /name="request" value="([^"]+)"/.exec(await page.text())?.[1];
    if (request === undefined) throw new Broken(`The sign-in page answered ${page.status} without its form`);
    const body = new URLSearchParams({ request, answer, role });
    const sent = await fetch(`${this.authUrl}/authorize/answer`, { method: 'POST', body, redirect: 'manual' });
    return new URL(sent.headers.get('location') ?? 'about:blank');
  }

  /** Posts a form to the token endpoint. */
  async token(form: Readonly<Record<string, string>>): Promise<{ status: number; body: unknown; headers: Headers }> {
    const response = await fetch(`${this.authUrl}/token`, { method: 'POST', body: new URLSearchParams(form) });
    return { status: response.status, headers: response.headers, body: (await response.json()) as unknown };
  }

  /** The whole way of a public client (2.4); answers what the token endpoint gave. */
  async tokens(options: SignInOptions = {}): Promise<unknown> {
    const { scope = everyScope, role = 'owner', clientId = this.clientId } = options;
    const verifier = randomBytes(32).toString('base64url');
    const changes = { scope, client_id: clientId, code_challenge: challengeOf(verifier) };
    const code = (await this.decide(changes, 'allow', role)).searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', client_id: clientId, redirect_uri: redirectUri, code };
    return (await this.token({ ...form, code_verifier: verifier })).body;
  }

  /** Signs in; answers the access token. */
  async signIn(options: SignInOptions = {}): Promise<string> {
    return text(await this.tokens(options), 'access_token');
  }
}

export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

/** Starts the practice account as `npm run practice` does; it ends with this process. */
export async function startPractice(args: readonly string[]): Promise<PracticeProcess> {
  const child = spawn(process.execPath, [entry, '--port', '0', '--parent-stdin', ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('error', reject);
    child.once('exit', () => reject(new Error('The practice account did not start.')));
  });
  const ready = JSON.parse(line) as unknown;
  if (at(ready, 'apiUrl') === undefined) throw new Error('The practice account did not say where it is.');
  return new PracticeProcess(child, ready);
}
