import path from 'node:path';

/** What the arguments and the environment ask of this start. */
export interface StartOptions {
  /** The command line's own arguments when the app was started without a window, else null. */
  readonly command: readonly string[] | null;
  /** The user-data folder asked for, absolute, or null for the system's usual place. */
  readonly profile: string | null;
  /** The language asked for with `--lang`, as it was written. */
  readonly language: string | null;
  /** Where the person stands: what relative paths mean. */
  readonly folder: string;
}

/**
 * Reads a start. Everything after `--cli` belongs to the command line, which may itself hold `--profile DIR` and
 * `--lang TAG`; `--profile` beats `SEGUE_PROFILE`. `SEGUE_CLI_CWD` is where the person stands when the launcher had to
 * start the app somewhere else.
 */
export function readStartOptions(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  workingFolder: string,
): StartOptions {
  const folder = path.resolve(workingFolder, env.SEGUE_CLI_CWD || '.');
  const at = argv.indexOf('--cli');
  const profile = optionValue(argv, 'profile') ?? (env.SEGUE_PROFILE || null);
  return {
    command: at === -1 ? null : withoutValues(argv.slice(at + 1), ['profile', 'lang']),
    profile: profile === null ? null : path.resolve(folder, profile),
    language: optionValue(argv, 'lang'),
    folder,
  };
}

/** The value of `--name VALUE` or `--name=VALUE`; the last one wins, nothing after a bare `--` counts. */
function optionValue(argv: readonly string[], name: string): string | null {
  let found: string | null = null;
  for (const [index, argument] of argv.entries()) {
    if (argument === '--') break;
    if (argument.startsWith(`--${name}=`)) found = argument.slice(name.length + 3);
    else if (argument === `--${name}`) found = argv[index + 1] ?? null;
  }
  return found === '' ? null : found;
}

function withoutValues(argv: readonly string[], names: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index] ?? '';
    if (argument === '--') return [...kept, ...argv.slice(index)];
    if (names.some((name) => argument === `--${name}`)) index += 1;
    else if (!names.some((name) => argument.startsWith(`--${name}=`))) kept.push(argument);
  }
  return kept;
}
