import { execFile } from 'node:child_process';
import { hasDisplay } from './system.ts';

/** Runs zenity (GNOME) or, without it, kdialog; resolves with the lines it printed, none when cancelled or absent. */
async function ask(zenity: readonly string[], kdialog: readonly string[]): Promise<string[]> {
  if (!hasDisplay() || process.platform !== 'linux') return [];
  for (const [program, args] of [
    ['zenity', zenity],
    ['kdialog', kdialog],
  ] as const) {
    const found = await new Promise<string[] | null>((resolve) => {
      execFile(program, args, (error, stdout) => {
        if ((error as NodeJS.ErrnoException | null)?.code === 'ENOENT') resolve(null);
        else resolve(error === null ? stdout.split('\n').filter((line) => line !== '') : []);
      });
    });
    if (found !== null) return found;
  }
  return [];
}

const globs = (filter: Electron.FileFilter, joint: string) =>
  filter.extensions.map((extension) => (extension === '*' ? '*' : `*.${extension}`)).join(joint);

/** Paths a person chose in the desktop's own dialog; none when cancelled or when there is no such dialog. */
export function chooseFiles(options: Electron.OpenDialogOptions): Promise<string[]> {
  const properties = options.properties ?? ['openFile'];
  const isFolder = properties.includes('openDirectory');
  const isMultiple = properties.includes('multiSelections');
  const filters = options.filters ?? [];
  const zenity = ['--file-selection', '--separator=\n'];
  if (options.title) zenity.push(`--title=${options.title}`);
  if (options.defaultPath) zenity.push(`--filename=${options.defaultPath}`);
  if (isFolder) zenity.push('--directory');
  if (isMultiple) zenity.push('--multiple');
  for (const filter of filters) zenity.push(`--file-filter=${filter.name} | ${globs(filter, ' ')}`);
  const kdialog = [isFolder ? '--getexistingdirectory' : '--getopenfilename', options.defaultPath ?? '.'];
  if (!isFolder) kdialog.push(filters.map((filter) => `${filter.name} (${globs(filter, ' ')})`).join('\n'));
  if (isMultiple) kdialog.push('--multiple', '--separate-output');
  return ask(zenity, kdialog);
}

/** The path a person chose to save to; '' when cancelled or when there is no such dialog. */
export async function chooseSavePath(options: Electron.SaveDialogOptions): Promise<string> {
  const zenity = ['--file-selection', '--save', '--confirm-overwrite'];
  if (options.title) zenity.push(`--title=${options.title}`);
  if (options.defaultPath) zenity.push(`--filename=${options.defaultPath}`);
  const [first = ''] = await ask(zenity, ['--getsavefilename', options.defaultPath ?? '.']);
  return first;
}
