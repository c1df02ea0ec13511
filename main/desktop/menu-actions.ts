import type { Diagnostics } from '../ports.ts';
import type { About } from './about.ts';
import type { Log } from './log.ts';
import type { FixedPage, MenuActions, WindowCommand } from './menu.ts';

/** What the menu's items do. Whatever an item cannot do is told: nobody sees a rejected promise. */
export function createMenuActions(parts: {
  readonly about: About;
  readonly diagnostics: Pick<Diagnostics, 'openLogFolder'>;
  readonly log: Log;
  readonly command: (command: WindowCommand) => void;
  readonly openPage: (page: FixedPage) => Promise<unknown>;
}): MenuActions {
  const { about, diagnostics, log } = parts;
  const { checkForUpdates } = about;
  const tellFailure = (event: string) => (cause: unknown) => {
    log.error(event, cause);
    about.tellFailure(cause).catch((failure: unknown) => log.error('about', failure));
  };
  const openLogFolder = async () => {
    const folder = await diagnostics.openLogFolder();
    if (folder !== null) await about.tellPlace('report.folder', folder);
  };
  return {
    command: parts.command,
    about: () => void about.show().catch((cause: unknown) => log.error('about', cause)),
    openLogFolder: () => void openLogFolder().catch(tellFailure('report')),
    checkForUpdates: checkForUpdates === null ? null : () => void checkForUpdates().catch(tellFailure('open releases')),
    openPage: (page) => void parts.openPage(page).catch(tellFailure('open page')),
  };
}
