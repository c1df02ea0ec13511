/** What `electron [switches] [-r FILE]… APP [arguments]` was asked for. */
export interface CommandLineArguments {
  /** Modules to load before the app (`-r`), as written. */
  readonly requires: readonly string[];
  /** The app's folder or file; null when none was given. */
  readonly app: string | null;
  /** Chromium-style switches of the whole line, names in lower case as `app.commandLine` has them. */
  readonly switches: ReadonlyMap<string, string>;
  readonly version: boolean;
}

/** Reads the arguments after the executable. A switch after the app's path counts too, as it does in Electron. */
export function readCommandLine(args: readonly string[]): CommandLineArguments {
  const requires: string[] = [];
  const switches = new Map<string, string>();
  let app: string | null = null;
  let version = false;
  for (let at = 0; at < args.length; at += 1) {
    const argument = args[at] ?? '';
    if (argument === '--') break;
    if (app === null && (argument === '-r' || argument === '--require')) {
      at += 1;
      const file = args[at];
      if (file !== undefined) requires.push(file);
    } else if (app === null && (argument === '-v' || argument === '--version')) {
      version = true;
    } else if (argument.startsWith('--')) {
      const equals = argument.indexOf('=');
      if (equals < 0) switches.set(argument.slice(2).toLowerCase(), '');
      else switches.set(argument.slice(2, equals).toLowerCase(), argument.slice(equals + 1));
    } else if (app === null && !argument.startsWith('-')) {
      app = argument;
    }
  }
  return { requires, app, switches, version };
}

/** The switches of this process; `app.commandLine` reads and adds to them. */
export const processSwitches = new Map<string, string>();
