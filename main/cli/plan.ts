import type { PlanView } from '../../preload/contract/views.ts';
import type { Words } from '../words.ts';
import { type CommandCalls, type CommandIo, exitCodes } from './command-io.ts';
import { findExport, snapshot } from './look-up.ts';
import type { Command } from './parse-command.ts';
import { readChangedFiles } from './read-files.ts';

/**
 * Says what a run of a saved export would do, with its files as they are now. Sends nothing; exit code 0, also when a guard
 * would ask.
 */
export async function showPlan(
  application: CommandCalls,
  command: Extract<Command, { name: 'plan' }>,
  io: CommandIo,
): Promise<number> {
  const saved = findExport(await snapshot(application), command.exportName);
  await readChangedFiles(application, saved, io);
  const { exportId } = saved;
  const cancel = () => void application.call('exports.cancelPlan', { exportId }).catch(() => undefined);
  io.signal.addEventListener('abort', cancel, { once: true });
  try {
    const plan = await application.call('exports.plan', { exportId });
    await io.write(`${command.json ? JSON.stringify(plan) : planText(plan, command.exportName, io.words)}\n`);
    await application.call('exports.cancelPlan', { exportId });
    return exitCodes.successful;
  } finally {
    io.signal.removeEventListener('abort', cancel);
  }
}

const sentGroups = ['new', 'changed', 'same', 'unconfirmed'] as const;
const otherGroups = ['unchanged', 'heldBack', 'duplicate', 'rejected'] as const;

/** The groups as numbers that add up, then what it takes and what would be asked. */
export function planText(plan: PlanView, exportName: string, words: Words): string {
  const { groups, requests, requestsToday } = plan;
  const rows: (readonly [string, number])[] = [
    [words.say('cli.plan.rowsRead'), groups.rowsRead],
    ...[...sentGroups, ...otherGroups].map((group) => [`  ${words.say(`cli.plan.${group}`)}`, groups[group]] as const),
    [words.say('cli.plan.unreadable'), groups.unreadable],
    [words.say('cli.plan.leavers'), groups.leavers],
    [words.say('cli.plan.staying'), groups.staying],
    ...(groups.clearing > 0 ? [[words.say('cli.plan.clearing'), groups.clearing] as const] : []),
    [words.say('cli.plan.requests'), requests.total],
    [words.say('cli.plan.requestsLeft'), Math.max(0, requestsToday.limit - requestsToday.made)],
  ];
  const labelWidth = Math.max(...rows.map(([label]) => label.length));
  const numberWidth = Math.max(...rows.map(([, value]) => words.number(value).length));
  return [
    words.say('cli.plan.title', { export: exportName, mode: words.say(`cli.mode.${plan.mode}`) }),
    ...rows.map(([label, value]) => `${label.padEnd(labelWidth)}  ${words.number(value).padStart(numberWidth)}`),
    ...plan.guards.map((guard) => words.say(`cli.guard.${guard.kind}`, valuesOf(guard))),
  ].join('\n');
}

function valuesOf(guard: PlanView['guards'][number]): Record<string, string | number> {
  const { kind: _, ...values } = guard;
  // As it is typed, without the person's grouping.
  switch (guard.kind) {
    case 'too-many-leavers':
      return { ...values, accept: String(guard.leavers) };
    case 'too-many-clearings':
      return { ...values, accept: String(guard.people) };
    default:
      return values;
  }
}
