import type { ParsedInput } from '../preload/contract/contract.ts';
import { SegueError } from './errors/segue-error.ts';
import type { Ports } from './ports.ts';

/** The fixed pages that the window may have opened in the system browser. Addresses never come from the window. */
export function createPagesService(ports: Ports) {
  async function addressOf({ page, listId }: ParsedInput<'app.openPage'>): Promise<string> {
    switch (page) {
      // constant-contact-v3.md 2.2
      case 'constant-contact-portal':
        return 'https://app.constantcontact.com/pages/dma/portal';
      // constant-contact-v3.md 4
      case 'constant-contact-list':
        return `https://app.constantcontact.com/pages/contacts/ui#${listId ? `contacts/${encodeURIComponent(listId)}` : 'lists'}`;
      case 'practice-account':
        return (await ports.practice.addresses()).pagesUrl;
    }
  }
  return {
    /** Throws `app.no-browser`, with the address to be opened by hand. */
    async open(input: ParsedInput<'app.openPage'>): Promise<Record<string, never>> {
      const address = await addressOf(input);
      await ports.desktop.openExternal(address).catch((cause: unknown) => {
        throw new SegueError('app.no-browser', { address }, { cause });
      });
      return {};
    },
  };
}

export type PagesService = ReturnType<typeof createPagesService>;
