import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { signInAs } from '../fixtures/sign-in-browser.ts';
import { Account } from './account.ts';
import { type AppDriver, commandLineDriver, copyBuiltApp, type Ended, engineDriver } from './app-driver.ts';
import { planFaults } from './fault-plan.ts';
import { readJournal, runsOf } from './journal.ts';
import { type Aim, clearingPoints, crashPoints, planningPoints } from './points/crash-points.ts';
import { type Random, randomOf } from './random.ts';
import { noDetails, readSegment, type SegmentReading } from './read-segment.ts';
import { type Expected, emptyVerdict, judgeList, judgeWorld, type Verdict } from './verdict.ts';
import { addressOf, blankJobs, columns, writeSegment } from './write-segment.ts';

export interface SuiteOptions {
  readonly kills: number;
  /** Rows of each segment. */
  readonly rows: number;
  readonly seed: number;
  /** Whether the account misbehaves too. */
  readonly faults: boolean;
  /** Whether the random half goes against the built command line; else against the engine's sources. */
  readonly built: boolean;
  /** Hears how far it is. */
  readonly tell: (line: string) => void;
}

export interface SuiteResult extends Verdict {
  readonly kills: number;
  readonly runs: number;
  /** Kills by point; `at random` for those from outside. */
  readonly killsAt: ReadonlyMap<string, number>;
}

/** Kills with one profile; then everything of it is checked and the next begins with a new one. */
const killsPerProfile = 25;
/** An app that has not ended by then hangs, ms. */
const hangsAfterMs = 120_000;
/** Starts without a kill in which a run has to come to its end; faults may stop it several times. */
const startsToEnd = 12;
/** People of a segment whose job is cleared, about. */
const peopleCleared = 24;
/** A run may be over before it comes to a point the third time, and a continued one may not come by it at all. */
const missesAllowed = 6;

/**
 * Exports segments to the practice account while the app is killed again and again, half the time at named points of the
 * run, half the time at random moments from outside, and continued until it is done. Then everything is checked by code
 * that shares nothing with the app.
 */
export async function runCrashSuite(options: SuiteOptions): Promise<SuiteResult> {
  const folder = mkdtempSync(path.join(tmpdir(), 'segue-crash-'));
  const account = await Account.start(path.join(folder, 'account', 'practice.sqlite'));
  try {
    return await new CrashSuite(options, folder, account).run();
  } finally {
    await account.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** How a run is killed. */
interface Killing {
  /** No kill after so many. */
  readonly enough: number;
  readonly byPoints: boolean;
  /** Whether the run clears fields. */
  readonly clears: boolean;
}

interface RunOfFile {
  readonly driver: AppDriver;
  readonly profile: string;
  readonly listName: string;
  readonly file: string;
}

class CrashSuite {
  readonly #options: SuiteOptions;
  readonly #folder: string;
  readonly #account: Account;
  readonly #random: Random;
  readonly #verdict = emptyVerdict();
  readonly #world = new Map<string, Expected>();
  readonly #killsAt = new Map<string, number>();
  #kills = 0;
  /** Whether the suite was given up. */
  #givenUp = false;
  #runs = 0;
  #aims: Aim[] = [];
  readonly #missed = new Map<string, number>();
  /** How long an undisturbed start takes, ms: random kills fall into that time. */
  #usualMs = 3_000;

  constructor(options: SuiteOptions, folder: string, account: Account) {
    this.#options = options;
    this.#folder = folder;
    this.#account = account;
    this.#random = randomOf(options.seed);
  }

  async run(): Promise<SuiteResult> {
    const { kills, built } = this.#options;
    const app = built ? copyBuiltApp(this.#folder) : '';
    for (let round = 0; this.#kills < kills && !this.#givenUp; round += 1) {
      const rest = kills - this.#kills;
      const rounds = Math.max(1, Math.ceil(rest / killsPerProfile));
      // Half of all kills at points, whatever the other half's luck.
      const atPoints = [...this.#killsAt].reduce((sum, [at, count]) => (at === atRandom ? sum : sum + count), 0);
      const byPoints = atPoints * 2 <= this.#kills;
      const wanted = Math.min(Math.ceil(rest / (rounds === 1 && round === 0 ? 2 : rounds)), rest);
      const profile = path.join(this.#folder, `profile-${round}`);
      mkdirSync(profile);
      const { env } = this.#account;
      const driver = byPoints || !built ? engineDriver(profile, env) : commandLineDriver(profile, env, app);
      try {
        await this.#round(driver, profile, wanted, byPoints);
      } catch (error) {
        // An app that cannot do its work would fail in the same way again and again.
        this.#find(error instanceof Error ? error.message : String(error));
        this.#givenUp = true;
      }
      rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
    }
    await this.#account.faults([]);
    judgeWorld(this.#verdict, await this.#account.people(null), this.#world);
    return { ...this.#verdict, kills: this.#kills, runs: this.#runs, killsAt: this.#killsAt };
  }

  /** One profile: signs in, then exports one segment after the other until there were enough kills. */
  async #round(driver: AppDriver, profile: string, wanted: number, byPoints: boolean): Promise<void> {
    await this.#account.faults([]);
    await this.#connect(driver);
    const enough = this.#kills + wanted;
    while (this.#kills < enough) {
      await this.#segment(driver, profile, enough, byPoints);
      this.#options.tell(
        `${this.#kills} kills, ${this.#runs} runs by ${driver.name}; ${summaryOf(this.#verdict)}, ${this.#verdict.findings.length} findings`,
      );
    }
    for (const surprise of driver.surprises()) this.#find(`the app did not expect: ${surprise}`);
    // Where every row ended is kept for a while; plans and stages are not.
    const left = readdirSync(path.join(profile, 'runs'), { recursive: true, encoding: 'utf8' });
    const large = left.filter((name) => /plan\.duckdb|stage-/.test(name));
    if (large.length > 0) this.#find(`ended runs left files: ${large.map((name) => path.basename(name)).join(', ')}`);
  }

  /**
   * One segment to one list; then the same with blank cells that clear what was there, of which only what changed is sent.
   * Both killed on the way, continued to their end and checked.
   */
  async #segment(driver: AppDriver, profile: string, enough: number, byPoints: boolean): Promise<void> {
    const { rows } = this.#options;
    const number = this.#runs;
    const listName = `List ${number}`;
    const file = path.join(this.#folder, `segment-${number}.csv`);
    // Each segment has people of the one before and some of its own.
    const first = Math.floor((number * rows) / 10);
    writeSegment(file, { rows, first, mark: `Mark ${number}`, random: this.#random });
    await this.#prepareAccount(first, rows);
    const ofClearing = Math.floor((enough - this.#kills) / 3);
    const begun = { driver, profile, listName, file, byPoints };
    const sent = await this.#toItsEnd({ ...begun, enough: enough - ofClearing, clears: false }, new Set());
    const cleared = someWithJob(sent);
    blankJobs(file, cleared);
    await this.#toItsEnd({ ...begun, enough, clears: true }, cleared);
    rmSync(file);
  }

  /** One run of a segment from its beginning to its end, checked; answers what its file says. */
  async #toItsEnd(
    { driver, profile, listName, file, ...killing }: Killing & RunOfFile,
    cleared: ReadonlySet<string>,
  ): Promise<SegmentReading> {
    const { clears } = killing;
    this.#runs += 1;
    const before = clears ? readJournal(profile, (journal) => runsOf(journal, listName).length) : 0;
    let calm = 0;
    for (;;) {
      const state = readJournal(
        profile,
        (journal) =>
          runsOf(journal, listName)
            .slice(before ?? 0)
            .at(-1)?.state ?? null,
      );
      if (state === 'successful' || state === 'completedWithWarnings') break;
      await this.#account.faults(this.#options.faults ? planFaults(this.#random, clears) : []);
      const argv = state === null ? sendCommand(file, listName, clears) : ['continue', '--json'];
      const killed = await this.#start(driver, argv, killing);
      calm = killed ? 0 : calm + 1;
      if (calm === startsToEnd) throw new Error(`${listName} did not come to its end in ${startsToEnd} starts`);
    }
    // A process that was killed after the last word was written leaves tidying up to the next start.
    if (calm === 0) await driver.start(['history', '--json'], null).ended;
    await this.#account.faults([]);
    const reading = await readSegment(file);
    const judged = { account: this.#account, profile, listName, file: reading, world: this.#world, cleared };
    await judgeList(this.#verdict, judged);
    return reading;
  }

  /** Starts the app for one command, kills it or not; whether it was killed. */
  async #start(driver: AppDriver, argv: readonly string[], { enough, byPoints, clears }: Killing): Promise<boolean> {
    const mayKill = this.#kills < enough;
    const aim = mayKill && byPoints ? this.#nextAim(argv[0] === 'send', clears) : null;
    const began = performance.now();
    const started = driver.start(argv, aim);
    const hangs = pause(hangsAfterMs, 'hangs' as const, { ref: false });
    if (mayKill && !byPoints) {
      await Promise.race([pause(this.#random.next() * this.#usualMs), started.ended]);
      started.kill();
    }
    const ended = await Promise.race([started.ended, hangs]);
    if (ended === 'hangs') {
      started.kill();
      await started.ended;
      this.#find(`${argv[0]} did not end within ${hangsAfterMs / 1_000} s${aim === null ? '' : ` (${aim.point})`}`);
      return false;
    }
    if (ended.killed) {
      this.#kills += 1;
      const at = aim?.point ?? atRandom;
      this.#killsAt.set(at, (this.#killsAt.get(at) ?? 0) + 1);
      return true;
    }
    if (aim !== null) this.#aimAgain(aim);
    if (!byPoints) this.#usualMs = (this.#usualMs + performance.now() - began) / 2;
    this.#judgeEnd(argv, ended);
    return false;
  }

  /** 0 and 2 are a done run; 3 is one that can be continued, 1 one that was not begun: faults bring both about. */
  #judgeEnd(argv: readonly string[], { code, err }: Ended): void {
    const fine = this.#options.faults ? [0, 1, 2, 3] : [0, 2];
    if (code === null || !fine.includes(code)) throw new Error(`${argv[0]} ended with ${code}: ${err.slice(0, 2_000)}`);
  }

  /**
   * The next point in a mixed order of all; a run that has its plan comes by no point of planning any more, and only one that
   * clears fields by those of clearing, which are kept for it.
   */
  #nextAim(plans: boolean, clears: boolean): Aim | null {
    if (this.#aims.length === 0) {
      const nth = () => (this.#random.below(2) === 0 ? 1 : 1 + this.#random.below(4));
      this.#aims = this.#random.shuffled(crashPoints).map((point) => ({ point, nth: nth() }));
    }
    const isComeBy = ({ point }: Aim) =>
      (plans || !planningPoints.has(point)) && (clears || !clearingPoints.has(point));
    const ofClearing = clears ? this.#aims.findIndex(({ point }) => clearingPoints.has(point)) : -1;
    const next = ofClearing === -1 ? this.#aims.findIndex(isComeBy) : ofClearing;
    return next === -1 ? null : (this.#aims.splice(next, 1)[0] ?? null);
  }

  /** The run came to its end before the point: another is killed there the first time that it comes to it. */
  #aimAgain({ point }: Aim): void {
    const missed = (this.#missed.get(point) ?? 0) + 1;
    this.#missed.set(point, missed);
    if (missed > missesAllowed) this.#find(`no run comes by "${point}"`);
    else this.#aims.push({ point, nth: 1 });
  }

  /** Some of the people are known to the account already: some have opted out, some have a field that the file leaves blank. */
  async #prepareAccount(first: number, rows: number): Promise<void> {
    const step = Math.max(1, Math.floor(rows / 8));
    for (let person = Math.ceil(first / step) * step; person < first + rows * 0.9; person += step) {
      const email = addressOf(person);
      if (this.#world.has(email)) continue;
      const optedOut = (person / step) % 2 === 1;
      const details = { ...noDetails, first_name: 'Known', job_title: 'Known' };
      await this.#account.addPerson(email, { first_name: 'Known', job_title: 'Known' }, optedOut);
      this.#world.set(email, { details, optedOut });
    }
  }

  async #connect(driver: AppDriver): Promise<void> {
    const started = driver.start(['connect', '--practice', '--name', 'Practice', '--agree', '--json'], null);
    started.onSaid((text) => {
      const address = /^http\S+$/m.exec(text)?.[0];
      if (address !== undefined) signInAs(address, 'allow').catch((error: unknown) => this.#find(String(error)));
    });
    const { code, err } = await started.ended;
    if (code !== 0) throw new Error(`Signing in ended with ${code}: ${err}`);
  }

  #find(what: string): void {
    this.#verdict.findings.push(what);
    this.#options.tell(`FOUND: ${what}`);
  }
}

const atRandom = 'at random';

function sendCommand(file: string, listName: string, clears: boolean): string[] {
  const maps = columns.map.flatMap((pair) => ['--map', pair]);
  const what = ['send', file, '--connection', 'Practice', '--list', listName, '--create-list'];
  const how = clears ? ['--mode', 'changes-only', '--clear-blank', 'job_title'] : [];
  return [...what, '--email', columns.email, ...maps, ...how, '--confirm-permission', '--json'];
}

/** Some of the people of whom a segment has a job, all over the file. */
function someWithJob({ people }: SegmentReading): ReadonlySet<string> {
  const step = Math.max(1, Math.floor(people.size / peopleCleared));
  const some = [...people].filter(([, { job_title }], index) => index % step === 0 && job_title !== '');
  return new Set(some.map(([email]) => email));
}

/** `0 lost, 0 unknown, 0 doubled`. */
export function summaryOf({ lost, unknown, doubled }: Verdict): string {
  return `${lost} lost, ${unknown} unknown, ${doubled} doubled`;
}
