import type { ListView } from '../../preload/contract/views.ts';
import { resolveListReference } from '../constant-contact/list-reference.ts';
import { type ContactList, createList, fetchLists } from '../constant-contact/lists.ts';
import type { ConnectionAccess } from './connection-access.ts';

/** The account's own lists; nothing of them is kept here. */
export function createListsService(access: ConnectionAccess) {
  const viewOf = ({ listId, name, membershipCount }: ContactList): ListView => ({
    listId,
    name,
    membershipCount: membershipCount ?? 0,
  });
  return {
    async search(connectionId: string): Promise<ListView[]> {
      return (await fetchLists((await access.access(connectionId)).client)).map(viewOf);
    },
    async create(connectionId: string, name: string): Promise<ListView> {
      return viewOf(await createList((await access.access(connectionId)).client, { name }));
    },
    async resolve(connectionId: string, reference: string): Promise<ListView> {
      return viewOf(await resolveListReference((await access.access(connectionId)).client, reference));
    },
  };
}

export type ListsService = ReturnType<typeof createListsService>;
