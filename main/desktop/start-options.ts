import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** As many files, and as long a path, as the contract takes at a time. */
const mostFiles = 100;
const longestPath = 4_096;

/** Says that the password comes on standard input. */
const passwordFlag = '--password-stdin';

/** What the arguments and the environment ask of this start. */
export interface StartOptions {
  /** The command line's own arguments when the app was started without a window, else null. */
  readonly command: readonly string[] | null;
  /** The user-data folder asked for, absolute, or null for the system's usual place. */
  readonly profile: string | null;
  /** The language asked for with `--lang`, as it was written. */
  readonly language: string | null;
  /** For whom a command is said to be, and whether their password comes on standard input. */
  readonly person: string | null;
  readonly passwordOnInput: boolean;
  /** Started with the computer: without a window, if Segue may stay in the tray. */
  readonly hidden: boolean;
  /** Where the person stands: what relative paths mean. */
  readonly folder: string;
  /** Segment files to be opened with this start, absolute. Proposals, as everything that stands in arguments. */
  readonly files: readonly string[];
}

/**
 * Reads a start. Everything after `--cli` belongs to the command line, which may itself hold `--profile DIR`, `--lang TAG`
 * and `--person NAME`; `--profile` beats `SEGUE_PROFILE`, `--person` beats `SEGUE_PERSON`. `SEGUE_CLI_CWD` is where the
 * person stands when the launcher had to start the app somewhere else. `defaultApp`: Electron was started with the app's
 * folder as its first argument.
 */
export function readStartOptions(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  workingFolder: string,
  { defaultApp }: { readonly defaultApp: boolean } = { defaultApp: false },
): StartOptions {
  const folder = path.resolve(workingFolder, env.SEGUE_CLI_CWD || '.');
  const at = argv.indexOf('--cli');
  const profile = optionValue(argv, 'profile') ?? (env.SEGUE_PROFILE || null);
  return {
    command:
      at === -1
        ? null
        : withoutValues(argv.slice(at + 1), ['profile', 'lang', 'person']).filter((word) => word !== passwordFlag),
    profile: profile === null ? null : path.resolve(folder, profile),
    language: optionValue(argv, 'lang'),
    person: optionValue(argv, 'person') ?? (env.SEGUE_PERSON || null),
    passwordOnInput: at !== -1 && argv.includes(passwordFlag),
    hidden: at === -1 && argv.includes('--hidden'),
    folder,
    files: at === -1 ? filesOf(argv.slice(1), folder).slice(defaultApp ? 1 : 0, mostFiles) : [],
  };
}

/** Every argument that is no option, as an absolute path; Linux desktops may hand over `file:` addresses. */
function filesOf(argv: readonly string[], folder: string): string[] {
  const named = withoutValues(argv, ['profile', 'lang', 'person']);
  const dashes = named.indexOf('--');
  const options = dashes === -1 ? named : named.slice(0, dashes);
  const candidates = [...options.filter((argument) => !argument.startsWith('-')), ...named.slice(options.length + 1)];
  return candidates.flatMap((candidate) => {
    const file = /^[a-z][\w+.-]+:\/\//i.test(candidate) ? fileOfAddress(candidate) : path.resolve(folder, candidate);
    // The app's own archive, where Electron was started with it.
    const isApp = file?.endsWith('.asar') === true;
    return candidate === '' || file === null || isApp || file.length > longestPath ? [] : [file];
  });
}

/** The path that a `file:` address names; null for every other address. */
function fileOfAddress(address: string): string | null {
  try {
    return fileURLToPath(address);
  } catch {
    return null;
  }
}

/** Files that a later start sent; null when it sent anything else. */
export function filesOfMessage(data: unknown): readonly string[] | null {
  const { kind, files = [] } = (data ?? {}) as { kind?: unknown; files?: unknown };
  if (kind !== 'window' || !Array.isArray(files)) return null;
  const paths = files.filter((file): file is string => typeof file === 'string' && path.isAbsolute(file));
  return paths.filter((file) => file.length <= longestPath).slice(0, mostFiles);
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
