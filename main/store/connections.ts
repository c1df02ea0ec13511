import type { ConnectionKind, SharedWith } from '../../preload/contract/views.ts';
import { expectOne, type Store } from './open-store.ts';

export interface ConnectionRecord {
  readonly connectionId: string;
  readonly displayName: string;
  readonly kind: ConnectionKind;
  readonly sharedWith: SharedWith;
  readonly apiKey: string;
  /** Constant Contact's id of the account that was signed in to; '' while any will do (it came in a set-up file). */
  readonly accountId: string;
  readonly organisation: string;
  readonly exportUserId: string;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly privacyWording: string;
  readonly privacyAgreedAt: number;
  readonly privacyAgreedBy: string;
}

const columns = `connection_id AS connectionId, display_name AS displayName, kind, shared_with AS sharedWith,
  api_key AS apiKey, account_id AS accountId, organisation, export_user_id AS exportUserId, created_at AS createdAt,
  created_by AS createdBy, privacy_wording AS privacyWording, privacy_agreed_at AS privacyAgreedAt,
  privacy_agreed_by AS privacyAgreedBy`;

/** Whether a connection may be signed in to as this account. */
export function isAccountOf({ accountId }: Pick<ConnectionRecord, 'accountId'>, signedIn: string): boolean {
  return accountId === '' || accountId === signedIn;
}

export function listConnections(store: Store): ConnectionRecord[] {
  return store.prepare(`SELECT ${columns} FROM connection ORDER BY display_name`).all() as ConnectionRecord[];
}

export function getConnection(store: Store, connectionId: string): ConnectionRecord | undefined {
  return store.prepare(`SELECT ${columns} FROM connection WHERE connection_id = ?`).get(connectionId) as
    | ConnectionRecord
    | undefined;
}

export function findConnectionByName(store: Store, displayName: string): ConnectionRecord | undefined {
  return store.prepare(`SELECT ${columns} FROM connection WHERE display_name = ?`).get(displayName) as
    | ConnectionRecord
    | undefined;
}

export function insertConnection(store: Store, connection: ConnectionRecord): void {
  store
    .prepare(
      `INSERT INTO connection (connection_id, display_name, kind, shared_with, api_key, account_id, organisation,
         export_user_id, created_at, created_by, privacy_wording, privacy_agreed_at, privacy_agreed_by)
       VALUES (@connectionId, @displayName, @kind, @sharedWith, @apiKey, @accountId, @organisation,
         @exportUserId, @createdAt, @createdBy, @privacyWording, @privacyAgreedAt, @privacyAgreedBy)`,
    )
    .run(connection);
}

/** A new sign-in to the same account: name, sharing and agreement are the ones just given. */
export function updateConnection(store: Store, connection: ConnectionRecord): void {
  expectOne(
    store
      .prepare(
        `UPDATE connection SET shared_with = @sharedWith, api_key = @apiKey, account_id = @accountId, organisation = @organisation,
           export_user_id = @exportUserId, privacy_wording = @privacyWording, privacy_agreed_at = @privacyAgreedAt,
           privacy_agreed_by = @privacyAgreedBy WHERE connection_id = @connectionId`,
      )
      .run(connection),
    'updateConnection',
  );
}

/** Its name and who may use it. */
export function changeConnection(
  store: Store,
  connectionId: string,
  displayName: string,
  sharedWith: SharedWith,
): void {
  expectOne(
    store
      .prepare('UPDATE connection SET display_name = ?, shared_with = ? WHERE connection_id = ?')
      .run(displayName, sharedWith, connectionId),
    'changeConnection',
  );
}

/** Whose name runs by schedule carry from now on. */
export function setExportUser(store: Store, connectionId: string, personId: string): void {
  expectOne(
    store.prepare('UPDATE connection SET export_user_id = ? WHERE connection_id = ?').run(personId, connectionId),
    'setExportUser',
  );
}

/** Names of the connections on which somebody is the export user. */
export function connectionsOfExportUser(store: Store, personId: string): string[] {
  const rows = store
    .prepare('SELECT display_name AS name FROM connection WHERE export_user_id = ? ORDER BY display_name')
    .all(personId) as { name: string }[];
  return rows.map(({ name }) => name);
}

/** When the newest run on a connection began, null when there was none. */
export function lastRunOnConnection(store: Store, connectionId: string): number | null {
  const row = store.prepare('SELECT max(started_at) AS at FROM export_run WHERE connection_id = ?').get(connectionId);
  return (row as { at: number | null }).at;
}

/** Names of the exports whose runs on a connection are under way, wait, or were paused to go on with them. */
export function activeRunsOnConnection(store: Store, connectionId: string): string[] {
  const rows = store
    .prepare(
      `SELECT DISTINCT export_name AS name FROM export_run WHERE connection_id = ?
       AND (state IN ('queued', 'running', 'pausing', 'paused', 'cancelling') OR phase <> 'ended') ORDER BY export_name`,
    )
    .all(connectionId) as { name: string }[];
  return rows.map(({ name }) => name);
}

export function deleteConnection(store: Store, connectionId: string): void {
  expectOne(store.prepare('DELETE FROM connection WHERE connection_id = ?').run(connectionId), 'deleteConnection');
}

/** The keychain's ciphertext of the connection's tokens, null when there is none on the disk. */
export function getTokenCiphertext(store: Store, connectionId: string): Uint8Array | null {
  const row = store
    .prepare('SELECT token_ciphertext AS bytes FROM connection WHERE connection_id = ?')
    .get(connectionId);
  return (row as { bytes: Uint8Array | null } | undefined)?.bytes ?? null;
}

export function setTokenCiphertext(store: Store, connectionId: string, bytes: Uint8Array | null): void {
  expectOne(
    store.prepare('UPDATE connection SET token_ciphertext = ? WHERE connection_id = ?').run(bytes, connectionId),
    'setTokenCiphertext',
  );
}

/** Agreement that the people sent to a list may be mailed. */
export interface MailPermission {
  readonly agreedBy: string;
  readonly agreedAt: number;
  readonly wording: string;
}

export function getMailPermission(store: Store, connectionId: string, listId: string): MailPermission | undefined {
  return store
    .prepare(
      `SELECT agreed_by AS agreedBy, agreed_at AS agreedAt, wording FROM mail_permission
       WHERE connection_id = ? AND list_id = ?`,
    )
    .get(connectionId, listId) as MailPermission | undefined;
}

/** Kept as first given: a later agreement does not replace who agreed, when and to what. */
export function insertMailPermission(
  store: Store,
  connectionId: string,
  listId: string,
  permission: MailPermission,
): void {
  store
    .prepare(
      `INSERT OR IGNORE INTO mail_permission (connection_id, list_id, agreed_by, agreed_at, wording)
       VALUES (?, ?, ?, ?, ?)`,
    )
    .run(connectionId, listId, permission.agreedBy, permission.agreedAt, permission.wording);
}
