import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { type PracticeProcess, startPractice } from '../contract/practice-process.ts';
import type { Details } from './read-segment.ts';

/** A person as the account holds them. */
export interface Held {
  readonly details: Details;
  readonly permission: string;
}

export interface HeldActivity {
  readonly activityId: string;
  readonly fileName: string;
  readonly state: string;
  readonly itemsTotal: number | null;
}

const activitiesPage = z.object({
  activities: z.array(
    z.looseObject({
      activity_id: z.string(),
      source_file_name: z.string().optional(),
      state: z.string(),
      status: z.looseObject({ items_total_count: z.number().optional() }).optional(),
    }),
  ),
});

/** The practice account in a process of its own, looked at over its API by a client that is not the app's. */
export class Account {
  readonly practice: PracticeProcess;
  #token = '';

  private constructor(practice: PracticeProcess) {
    this.practice = practice;
  }

  /** An empty account at full speed, its state in `stateFile`. */
  static async start(stateFile: string): Promise<Account> {
    return new Account(await startPractice(['--full-speed', '--empty', '--state', stateFile]));
  }

  /** What the app has to be started with to find this account. */
  get env(): Record<string, string> {
    const { apiUrl, authUrl } = this.practice;
    return { SEGUE_API_URL: apiUrl, SEGUE_AUTH_URL: authUrl, SEGUE_PRACTICE_PACE: 'full-speed' };
  }

  stop(): Promise<void> {
    return this.practice.stop();
  }

  async faults(rules: readonly unknown[]): Promise<void> {
    await this.practice.bench('faults', {}, 'DELETE');
    if (rules.length > 0) await this.practice.bench('faults', { faults: rules });
  }

  /** Adds a person by hand, opted out or not. */
  async addPerson(email: string, details: Partial<Details>, optedOut: boolean): Promise<void> {
    const person = { email_address: { address: email, permission_to_send: 'implicit' }, ...details };
    const made = await this.#call('POST', '/contacts', { ...person, create_source: 'Account' });
    if (!optedOut) return;
    const { contact_id } = z.looseObject({ contact_id: z.string() }).parse(made);
    const email_address = { address: email, permission_to_send: 'unsubscribed' };
    await this.#call('PUT', `/contacts/${contact_id}`, { ...details, email_address, update_source: 'Contact' });
  }

  /** The list of this name, null when there is none. */
  async listId(name: string): Promise<string | null> {
    const page = z.object({ lists: z.array(z.looseObject({ list_id: z.string(), name: z.string() })) });
    const { lists } = page.parse(await this.#call('GET', '/contact_lists?limit=1000'));
    return lists.find((list) => list.name === name)?.list_id ?? null;
  }

  /** The newest imports; 500 are more than one run makes. */
  async imports(): Promise<HeldActivity[]> {
    const page = activitiesPage.parse(await this.#call('GET', '/activities?limit=500'));
    return page.activities.map((activity) => ({
      activityId: activity.activity_id,
      fileName: activity.source_file_name ?? '',
      state: activity.state,
      itemsTotal: activity.status?.items_total_count ?? null,
    }));
  }

  /** Everybody on a list, or in the account when none is named, by address. Throws when one address comes twice. */
  async people(listId: string | null): Promise<Map<string, Held>> {
    const fields = ['email_address', 'first_name', 'last_name', 'company_name', 'job_title', 'email_permission_status'];
    const source = listId === null ? { status: ['all'] } : { list_ids: [listId], status: ['all'] };
    const started = await this.#call('POST', '/activities/contact_exports', { fields, ...source });
    const { activity_id } = z.looseObject({ activity_id: z.string() }).parse(started);
    const csv = await this.#exported(activity_id);
    const people = new Map<string, Held>();
    for (const [
      email = '',
      first_name = '',
      last_name = '',
      company_name = '',
      job_title = '',
      permission = '',
    ] of parse(csv, { from_line: 2 }) as string[][]) {
      const key = email.toLowerCase();
      if (people.has(key)) throw new Error('The account holds one address twice');
      people.set(key, { details: { first_name, last_name, company_name, job_title }, permission });
    }
    return people;
  }

  async #exported(activityId: string): Promise<string> {
    const shape = z.looseObject({
      state: z.string(),
      _links: z.looseObject({ results: z.looseObject({ href: z.string() }).optional() }).optional(),
    });
    for (;;) {
      const { state, _links } = shape.parse(await this.#call('GET', `/activities/${activityId}`));
      const href = _links?.results?.href;
      if (state === 'completed' && href !== undefined) {
        const address = new URL(href, this.practice.apiUrl);
        return (await this.#send(address, { headers: { authorization: `Bearer ${this.#token}` } })).text();
      }
      if (state !== 'initialized' && state !== 'processing') throw new Error(`The account's export is ${state}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    // Faults may have revoked what this client had: it signs in anew for each of its few calls.
    this.#token = await this.practice.signIn();
    const headers = { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' };
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    return (await this.#send(new URL(`${this.practice.apiUrl}${path}`), init)).json();
  }

  async #send(address: URL, init: RequestInit): Promise<Response> {
    const response = await fetch(address, init);
    if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${address.pathname} answered ${response.status}`);
    return response;
  }
}
