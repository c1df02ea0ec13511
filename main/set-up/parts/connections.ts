import { randomUUID } from 'node:crypto';
import { changeConnection, findConnectionByName, insertConnection, listConnections } from '../../store/connections.ts';
import { comparedBy, entryId, isNew, type SetUpEntry } from '../set-up-entry.ts';
import type { SetUpConnection } from '../set-up-file.ts';
import type { SetUpHome, SetUpPartOf } from '../set-up-parts.ts';

/** Connections without their tokens. The agreement to data privacy is that of whoever brings them in. */
export const connectionsPart: SetUpPartOf<'connections'> = {
  key: 'connections',
  save: ({ store }) =>
    listConnections(store).map(({ displayName, kind, sharedWith, apiKey, accountId, organisation }) => ({
      name: displayName,
      type: kind,
      sharedWith,
      apiKey,
      // Every computer has a practice account of its own.
      accountId: kind === 'practice' ? null : accountId || null,
      organisation,
    })),
  entries: (home, file) =>
    file.connections.map((connection, index): SetUpEntry => {
      const here = findConnectionByName(home.store, connection.name);
      return {
        itemId: entryId('connections', index),
        part: 'connections',
        name: connection.name,
        ...(here === undefined
          ? isNew
          : comparedBy({
              sharing: here.sharedWith !== connection.sharedWith,
              account: here.kind !== connection.type || isOther(connection.accountId, here.accountId),
            })),
        needs: [],
        take: (person) => take(home, connection, person.personId),
      };
    }),
};

const isOther = (accountId: string | null, here: string): boolean =>
  accountId !== null && here !== '' && accountId !== here;

/** What is here keeps its account and its sign-in: only who may use it follows the file. */
function take({ ports, store, words }: SetUpHome, connection: SetUpConnection, personId: string): void {
  const here = findConnectionByName(store, connection.name);
  if (here !== undefined) {
    changeConnection(store, here.connectionId, here.displayName, connection.sharedWith);
    return;
  }
  const now = ports.now();
  insertConnection(store, {
    connectionId: randomUUID(),
    displayName: connection.name,
    kind: connection.type,
    sharedWith: connection.sharedWith,
    apiKey: connection.apiKey,
    accountId: connection.accountId ?? '',
    organisation: connection.organisation,
    exportUserId: personId,
    createdAt: now,
    createdBy: personId,
    privacyWording: words().say('connection.privacy.statement'),
    privacyAgreedAt: now,
    privacyAgreedBy: personId,
  });
}
