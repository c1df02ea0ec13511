import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, Api } from './api.ts';
import { Belongings } from './belongings.ts';
import { at, Broken, hold, list } from './check.ts';

export interface WorldOptions {
  readonly api: Api;
  /** How long an activity may stand still, in milliseconds. The clock starts anew whenever one of ours moves. */
  readonly patience: number;
  /** How long something may take to be seen after it was done, in milliseconds. */
  readonly delay: number;
  /** Milliseconds between two looks at the same thing, at first and at most. */
  readonly looks: readonly [number, number];
  /** Ends all waiting. */
  readonly signal?: AbortSignal;
}

export const endedStates: readonly unknown[] = ['completed', 'cancelled', 'failed', 'timed_out'];

/** One run of the suite against one account: what it may wait for, and everything of its own there. */
export class World {
  readonly api: Api;
  /** Part of every name the suite gives, so that nothing of the account's own is touched. */
  readonly mark = randomBytes(4).toString('hex');
  readonly belongings = new Belongings();
  readonly #options: WorldOptions;
  readonly #made = new Map<string, Promise<unknown>>();
  readonly #open = new Set<string>();
  #movedAt = performance.now();

  constructor(options: WorldOptions) {
    this.api = options.api;
    this.#options = options;
  }

  /** Makes something that several cases look at, once. */
  once<T>(what: string, make: () => Promise<T>): Promise<T> {
    let made = this.#made.get(what) as Promise<T> | undefined;
    if (made === undefined) {
      made = make();
      this.#made.set(what, made);
    }
    return made;
  }

  /** A name of our own. */
  name(what: string): string {
    return `Segue contract ${this.mark} ${what}`;
  }

  /** An address of our own, expected to be made: short enough for every limit. */
  address(who: string): string {
    const address = `segue.${this.mark}.${who}@example.com`;
    this.belongings.expect('person', address);
    return address;
  }

  /** Posts a new list; the answer is for the case to judge. */
  async postList(what: string, more: object = {}): Promise<Answer> {
    const name = this.name(what);
    this.belongings.expect('list', name);
    const answer = await this.api.post('/contact_lists', { name, ...more });
    this.belongings.learn('list', name, at(answer.body, 'list_id'));
    return answer;
  }

  /** A new list for a case that is about something else: its id, whatever the status. */
  async newList(what: string): Promise<string> {
    return idIn(await this.postList(what), 'list_id');
  }

  /** Posts a new contact; the answer is for the case to judge. */
  async postContact(who: string, more: object = {}, email: object = {}): Promise<Answer> {
    const address = this.address(who);
    const answer = await this.api.post('/contacts', {
      email_address: { address, permission_to_send: 'implicit', ...email },
      create_source: 'Account',
      ...more,
    });
    this.belongings.learn('person', address, at(answer.body, 'contact_id'));
    return answer;
  }

  /** A new contact for a case that is about something else: its id. */
  async newContact(who: string, more: object = {}, email: object = {}): Promise<string> {
    return idIn(await this.postContact(who, more, email), 'contact_id');
  }

  /** A person of our own who has opted out: made, and put so in their own name or in the account's. */
  async optedOut(who: string, source: 'Contact' | 'Account' = 'Contact'): Promise<string> {
    const id = await this.newContact(who, { first_name: 'Out' });
    const email_address = { address: this.address(who), permission_to_send: 'unsubscribed' };
    const answer = await this.api.put(`/contacts/${id}`, {
      email_address,
      first_name: 'Out',
      update_source: source,
    });
    hold(answer.status === 200, `${answer.request} answered ${answer.status}: nobody could be opted out`);
    return id;
  }

  /** Posts a new custom field; the answer is for the case to judge. */
  async postField(what: string, type = 'string'): Promise<Answer> {
    const label = `Segue ${this.mark} ${what}`;
    this.belongings.expect('field', label);
    const answer = await this.api.post('/contact_custom_fields', { label, type });
    this.belongings.learn('field', label, at(answer.body, 'custom_field_id'));
    return answer;
  }

  /** Posts a new tag; the answer is for the case to judge. */
  async postTag(what: string): Promise<Answer> {
    const name = this.name(what);
    this.belongings.expect('tag', name);
    const answer = await this.api.post('/contact_tags', { name });
    this.belongings.learn('tag', name, at(answer.body, 'tag_id'));
    return answer;
  }

  /** The person of an address as a search with these further conditions finds them; undefined when it does not. */
  async find(address: string, query = 'status=all'): Promise<unknown> {
    const answer = await this.api.get(`/contacts?email=${encodeURIComponent(address)}&${query}`);
    const found = list(answer.body, 'contacts').find(
      (contact) => String(at(contact, 'email_address', 'address')).toLowerCase() === address.toLowerCase(),
    );
    this.belongings.learn('person', address, at(found, 'contact_id'));
    return found;
  }

  /** The person of an address. */
  async person(address: string, include = 'custom_fields,list_memberships'): Promise<unknown> {
    const found = await this.find(address, `status=all&include=${include}`);
    hold(found !== undefined, 'A person of our own cannot be found by the address');
    return found;
  }

  /** How many members a list has. */
  async members(listId: string): Promise<unknown> {
    const answer = await this.api.get(`/contact_lists/${listId}?include_membership_count=all`);
    return at(answer.body, 'membership_count');
  }

  /**
   * Waits until an activity has ended, and answers the last look at it.
   * @throws Broken when it stands still for too long or cannot be asked for
   */
  async ended(posted: Answer): Promise<Answer> {
    const id = idIn(posted, 'activity_id');
    this.#open.add(id);
    const [shortest, longest] = this.#options.looks;
    let [pause, misses, percent] = [shortest, 0, -1];
    const began = performance.now();
    for (;;) {
      this.#goOn();
      const look = await this.api.get(`/activities/${id}`);
      if (endedStates.includes(at(look.body, 'state'))) {
        this.#open.delete(id);
        this.#movedAt = performance.now();
        return look;
      }
      misses = look.status === 200 ? 0 : misses + 1;
      hold(misses < 4, `GET of an activity answered ${look.status}`);
      const done = at(look.body, 'percent_done');
      if (typeof done === 'number' && done > percent) {
        percent = done;
        this.#movedAt = performance.now();
      }
      const stood = performance.now() - Math.max(began, this.#movedAt);
      const seconds = Math.round(stood / 1_000);
      hold(
        stood < this.#options.patience,
        `An activity did not end: ${seconds} s in ${String(at(look.body, 'state'))}`,
      );
      await wait(pause);
      pause = Math.min(longest, pause * 1.5);
    }
  }

  /** Tries a check again for a while, since what was done may take a moment to be seen. */
  async soon<T>(check: () => Promise<T>): Promise<T> {
    const until = performance.now() + this.#options.delay;
    for (;;) {
      try {
        return await check();
      } catch (error) {
        if (!(error instanceof Broken) || performance.now() > until) throw error;
        this.#goOn();
        await wait(this.#options.looks[1] / 2);
      }
    }
  }

  /** @throws Broken when the suite is to stop */
  #goOn(): void {
    hold(this.#options.signal?.aborted !== true, 'Stopped');
  }

  /** Takes everything of our own away, once nothing is on its way any more; answers what could not be. */
  async leave(): Promise<string[]> {
    const until = performance.now() + Math.min(20_000, this.#options.patience);
    for (const id of this.#open) {
      let state: unknown;
      do {
        const look = await this.api.get(`/activities/${id}`).catch(() => null);
        state = look?.status === 200 ? at(look.body, 'state') : 'failed';
        if (!endedStates.includes(state)) await wait(this.#options.looks[1]);
      } while (!endedStates.includes(state) && performance.now() < until);
    }
    return this.belongings.remove(this.api);
  }
}

/** An id out of an answer, whatever its status: for what a case needs and is not about. */
export function idIn(answer: Answer, name: string): string {
  const id = at(answer.body, name);
  hold(typeof id === 'string' && id !== '', `${answer.request} answered ${answer.status} without ${name}`);
  return id;
}
