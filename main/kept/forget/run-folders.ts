import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { membersBeforeFile, outcomesFile } from '../../runs/account/run-files.ts';
import { quoteName, quoteText } from '../../segments/duckdb.ts';
import { noteFolderRemoved } from '../../store/run-account.ts';
import { getRun } from '../../store/runs.ts';
import { countMentions, replaceCells } from './parquet-files.ts';
import type { Hideout, Search } from './place.ts';
import { countPlanMentions } from './plan-files.ts';

/** A run's plan, while it may still be needed. */
const planName = 'plan.duckdb';

interface RunFolder {
  readonly runId: string;
  readonly folder: string;
  /** Rows that mention the address. */
  readonly rows: number;
  /** Whether more lies there than what a finished run keeps: then it can be continued with the person in it. */
  readonly isOpen: boolean;
}

async function foldersWith(search: Search): Promise<RunFolder[]> {
  const runsFolder = path.join(search.userData, 'runs');
  const found: RunFolder[] = [];
  for (const runId of await readdir(runsFolder).catch(() => [])) {
    const folder = path.join(runsFolder, runId);
    const names = await readdir(folder).catch((): string[] => []);
    let rows = 0;
    for (const name of names.filter((one) => one.endsWith('.parquet')))
      rows += await countMentions(search, path.join(folder, name));
    if (names.includes(planName)) rows += await countPlanMentions(search, path.join(folder, planName));
    if (rows === 0) continue;
    const kept = new Set([outcomesFile, membersBeforeFile].map((file) => path.basename(file(folder))));
    found.push({ runId, folder, rows, isOpen: names.some((name) => !kept.has(name)) });
  }
  return found;
}

/** Names of exports whose stopped runs hold the address: they cannot be continued without it. */
export async function stoppedRunsWith(search: Search): Promise<string[]> {
  const open = (await foldersWith(search)).filter(({ isOpen }) => isOpen);
  const names = open.map(({ runId }) => getRun(search.store, runId)?.exportName ?? '');
  return [...new Set(names)].filter((name) => name !== '');
}

/** What runs keep in their folders: where every row ended, who was on the list before, frozen stages and plans. */
export const runFolders: Hideout = {
  async find(search) {
    const found = await foldersWith(search);
    return [{ place: 'runs', count: found.reduce((sum, { rows }) => sum + rows, 0) }];
  },
  async forget(search) {
    for (const { runId, folder, isOpen } of await foldersWith(search)) {
      if (isOpen) {
        // Its batches are made again byte for byte: with a row less they would be others.
        await rm(folder, { recursive: true, force: true, maxRetries: 3 });
        if (getRun(search.store, runId) !== undefined) noteFolderRemoved(search.store, runId, search.now());
        continue;
      }
      // The row stays where it ended, so that the counts agree; whose it was is gone.
      const outcomes = outcomesFile(folder);
      if (existsSync(outcomes)) await replaceCells(search, outcomes, () => `''`);
      const members = membersBeforeFile(folder);
      if (existsSync(members)) {
        await replaceCells(
          search,
          members,
          (column) => `concat('…', hash(${quoteName(column)})::VARCHAR, ${quoteText('@…')})`,
        );
      }
    }
  },
};
