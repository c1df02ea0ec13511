import type { Balance, RunView } from '../../preload/contract/views.ts';
import type { Words } from '../words.ts';
import { type CommandCalls, type CommandIo, exitCodes } from './command-io.ts';
import { type Followed, follow } from './follow.ts';

/**
 * Result of a run as other programs read it: four keys, whatever the run, and `account` beside them only of a run that
 * did more there than send.
 */
export async function resultOf(application: CommandCalls, run: RunView) {
  const activities = await application.call('runs.getActivities', { runId: run.runId });
  return {
    runId: run.runId,
    state: run.state,
    balance: run.balance,
    activities,
    ...(didMoreThanSend(run) ? { account: beyondSending(run) } : {}),
  };
}

function didMoreThanSend({ account }: RunView): boolean {
  return account.leavers + account.unsettled + account.clearing.people > 0 || account.readBack.state !== 'none';
}

/** Who was taken off the list, whose fields were cleared, and what reading the list back found. */
function beyondSending({ account }: RunView) {
  const { leavers, removed, unsettled, alreadyGone, clearing, readBack } = account;
  return { leavers, removed, unsettled, alreadyGone, clearing, readBack };
}

/** The exit code that a run's end comes to. */
export function exitCodeOf(run: Pick<RunView, 'state' | 'canContinue'>): number {
  if (run.state === 'successful') return exitCodes.successful;
  if (run.canContinue) return exitCodes.canBeContinued;
  return run.state === 'completedWithWarnings' ? exitCodes.completedWithWarnings : exitCodes.other;
}

const underWay: ReadonlySet<RunView['state']> = new Set(['queued', 'running', 'pausing', 'cancelling']);

/**
 * Starts a run with `start`, follows it to its end and writes the result. An interruption cancels the run: what was
 * sent stays accounted for, and the rest can be continued.
 */
export async function followRun(
  application: CommandCalls,
  start: () => Promise<RunView>,
  io: CommandIo,
  json: boolean,
): Promise<number> {
  const runs = follow(application, 'run.changed', ({ value }) => [value.runId, value]);
  try {
    const started = await start();
    runs.start(started.runId, started);
    const ended = await runToEnd(application, runs, started.runId, io);
    await io.write(json ? `${JSON.stringify(await resultOf(application, ended))}\n` : `${receipt(ended, io.words)}\n`);
    if (ended.error !== null) {
      const { title, advice } = io.words.explain(ended.error);
      io.complain(advice === '' ? `${title}\n` : `${title}\n${advice}\n`);
    }
    return exitCodeOf(ended);
  } finally {
    runs.stop();
  }
}

async function runToEnd(application: CommandCalls, runs: Followed<RunView>, runId: string, io: CommandIo) {
  const draw = progressLine(io);
  const ended = await runs.until(
    () => {
      const run = runs.get(runId);
      // The phase ends last: until then the balance may still move, and what can be continued is not settled.
      return run === undefined || underWay.has(run.state) || run.progress.phase !== 'ended' ? undefined : run;
    },
    {
      signal: io.signal,
      interrupt: async () => {
        await application.call('runs.cancel', { runId });
      },
      progress: () => {
        const run = runs.get(runId);
        if (run !== undefined) draw(runProgress(run, io.words));
      },
    },
  );
  draw(null);
  return ended;
}

function runProgress(run: RunView, words: Words): string {
  const { rowsSettled, rowsToSend, rowsPerSecond } = run.progress;
  return words.say('cli.progress.run', {
    settled: words.number(rowsSettled),
    total: words.number(rowsToSend),
    rate: words.number(Math.round(rowsPerSecond)),
  });
}

/** Draws one line over itself on a terminal, and nothing elsewhere. null wipes it. */
export function progressLine(io: Pick<CommandIo, 'isTerminal' | 'complain'>): (text: string | null) => void {
  let shown = '';
  return (text) => {
    if (!io.isTerminal || text === shown) return;
    shown = text ?? '';
    io.complain(`\r\u001B[2K${shown}`);
  };
}

const parts = [
  'accepted',
  'unchanged',
  'duplicate',
  'rejected',
  'heldBack',
  'refused',
  'notSent',
  'unknown',
] as const satisfies readonly (keyof Balance)[];

/** Where every row went, for a person to read: the parts add up to the rows read. */
export function receipt(run: RunView, words: Words): string {
  const { balance } = run;
  const rows: [string, number][] = [
    [words.say('cli.balance.rowsRead'), balance.rowsRead],
    ...parts.map((part): [string, number] => [`  ${words.say(`cli.balance.${part}`)}`, balance[part]]),
    [words.say('cli.balance.unreadable'), balance.unreadable],
    ...(run.account.leavers > 0 ? [[words.say('cli.balance.removed'), run.account.removed] as [string, number]] : []),
    ...(run.account.unsettled > 0
      ? [[words.say('cli.balance.unsettled'), run.account.unsettled] as [string, number]]
      : []),
    ...(run.account.clearing.people > 0
      ? [[words.say('cli.balance.cleared'), run.account.clearing.cleared] as [string, number]]
      : []),
  ];
  const numbers = rows.map(([label, value]) => [label, words.number(value)] as const);
  const labelWidth = Math.max(...numbers.map(([label]) => label.length));
  const numberWidth = Math.max(...numbers.map(([, number]) => number.length));
  const title = words.say('cli.receipt.title', {
    export: run.exportName,
    list: run.listName,
    state: words.say(`cli.state.${run.state}`),
    run: run.runId,
  });
  return [
    title,
    ...numbers.map(([label, number]) => `${label.padEnd(labelWidth)}  ${number.padStart(numberWidth)}`),
  ].join('\n');
}
