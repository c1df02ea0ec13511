import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, Api } from '../api.ts';
import type { Case, Mark } from '../case.ts';
import { at, hold, same } from '../check.ts';
import type { PracticeProcess, SignInOptions } from '../practice-process.ts';
import { idIn, World } from '../world.ts';

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** A practice account, its test bench and somebody signed in. */
export class Bench {
  readonly practice: PracticeProcess;
  api: Api;
  world: World;
  #number = 0;

  constructor(practice: PracticeProcess, token: string) {
    this.practice = practice;
    this.api = new Api({ apiUrl: practice.apiUrl, token, spacing: 0 });
    this.world = worldOf(this.api);
  }

  /** Signs in as somebody; from now on requests are theirs. */
  async signIn(options: SignInOptions = {}): Promise<void> {
    this.api = this.api.as(await this.practice.signIn(options));
    this.world = worldOf(this.api);
  }

  settings(changes: object): Promise<unknown> {
    return this.practice.bench('settings', changes);
  }

  fault(rule: object): Promise<unknown> {
    return this.practice.bench('faults', { faults: [rule] });
  }

  clearFaults(): Promise<unknown> {
    return this.practice.bench('faults', undefined, 'DELETE');
  }

  /** Moves the account's time, in milliseconds. */
  async later(milliseconds: number): Promise<void> {
    await this.practice.bench('clock', { milliseconds });
  }

  /** A number nobody has had yet, for names. */
  fresh(): number {
    this.#number += 1;
    return this.#number;
  }

  newList(): Promise<string> {
    return this.world.newList(`bench ${this.fresh()}`);
  }

  /** An address nobody has had yet. */
  newAddress(): string {
    return this.world.address(`bench.${this.fresh()}`);
  }

  async importRows(rows: readonly object[], lists: readonly string[]): Promise<Answer> {
    const body = { import_data: rows, list_ids: lists };
    return this.world.ended(await this.api.post('/activities/contacts_json_import', body));
  }

  async importCsv(csv: string, lists: readonly string[]): Promise<Answer> {
    return this.world.ended(await this.api.importFile(csv, lists));
  }

  /** Posts a bulk activity and waits for it. */
  async bulk(path: string, body: object): Promise<Answer> {
    const posted = await this.api.post(`/activities/${path}`, body);
    same(posted.status, 201, `The status of ${path}`);
    return this.world.ended(posted);
  }

  /** Asks until the activity is in one of the states. */
  async until(posted: Answer, ...states: readonly string[]): Promise<Answer> {
    const id = idIn(posted, 'activity_id');
    const until = performance.now() + 10_000;
    for (;;) {
      const look = await this.api.get(`/activities/${id}`);
      if (states.includes(String(at(look.body, 'state')))) return look;
      hold(performance.now() < until, `An activity never was ${states.join(' or ')}`);
      await wait(10);
    }
  }
}

function worldOf(api: Api): World {
  return new World({ api, patience: 20_000, delay: 2_000, looks: [5, 50] });
}

function fact(mark: Mark) {
  return (section: string, words: string, run: (bench: Bench) => Promise<void>): Case<Bench> => {
    return { section, mark, fact: words, run };
  };
}

/** Documented, but not to be tried on anybody else's account. */
export const here = fact('D');
export const seen = fact('C');
export const inferred = fact('I');
export const sim = fact('Sim');
