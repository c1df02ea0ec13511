import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { strict } from './strict.ts';
import { hasDisplay } from './system.ts';

/** Hands an address or a path to the desktop; rejects where there is no desktop or it does not know what to do. */
function open(target: string): Promise<void> {
  if (!hasDisplay()) return Promise.reject(new Error('Failed to open: there is no display'));
  const program = process.platform === 'darwin' ? 'open' : 'xdg-open';
  return new Promise((resolve, reject) => {
    execFile(program, [target], (error) => {
      if (error === null) resolve();
      else reject(new Error(`Failed to open: ${program} ended with ${error.code ?? error.signal}`));
    });
  });
}

export const shell = strict('shell', {
  async openExternal(url: string): Promise<void> {
    if (!URL.canParse(url)) throw new Error('Invalid URL');
    await open(url);
  },
  /** Resolves with what went wrong, '' when nothing did; never rejects. */
  openPath(file: string): Promise<string> {
    if (!existsSync(file)) return Promise.resolve('Failed to open path: it does not exist');
    return open(file).then(
      () => '',
      (error: Error) => error.message,
    );
  },
  showItemInFolder(file: string): void {
    open(path.dirname(file)).catch(() => undefined);
  },
  beep(): void {
    process.stderr.write('\u0007');
  },
}) satisfies Partial<Electron.Shell>;
