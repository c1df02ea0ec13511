import { spawn } from 'node:child_process';
import path from 'node:path';
import { segmentMemoryMb } from '../../main/segments/engine-memory.ts';

/** What two threads and this much memory can do: the engine's own settings. */
export const engineLimits = { threads: 2, memoryLimitMb: segmentMemoryMb } as const;

/** The contact fields that the measured segments fill, each with its heading, email first. */
export const measuredFields = [
  ['email', 'EMail'],
  ['first_name', 'FirstName'],
  ['last_name', 'LastName'],
  ['phone', 'Telephone'],
  ['street', 'StreetAddress'],
  ['city', 'City'],
  ['state', 'State'],
  ['zip', 'PostCode'],
  ['country', 'Country'],
  ['company_name', 'CompanyName'],
] as const;

/** Runs one measurement in a process of its own, so that none warms up or burdens another; reads its one JSON line. */
export function runPart<T>(name: string, args: readonly string[]): Promise<T> {
  const script = path.join(import.meta.dirname, 'parts', `${name}.ts`);
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // What a part complains of is only of interest when it fails.
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaints += chunk;
  });
  const stop = () => child.kill('SIGTERM');
  process.once('exit', stop);
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      process.off('exit', stop);
      const line = said.trim().split('\n').at(-1);
      if (code === 0 && line) resolve(JSON.parse(line) as T);
      else reject(new Error(`${name} ended with ${code}\n${complaints}`));
    });
  });
}

/** Processor time of this part so far, its start included: what a busy machine changes least. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Ends a part: its result as one line. */
export function tell(result: unknown): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
  return (upper + lower) / 2;
}
