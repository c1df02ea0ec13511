import type {
  AuditAction,
  AuditChange,
  AuditEntry,
  AuditFact,
  AuditKind,
  AuditQuery,
  AuditWord,
} from '../../preload/contract/views.ts';
import type { Store } from './open-store.ts';

export interface NewAuditEntry extends Omit<AuditEntry, 'auditId' | 'action' | 'kind' | 'changes'> {
  readonly action: AuditAction;
  readonly kind: AuditKind;
  readonly personId: string;
  readonly objectId: string;
  readonly changes: readonly AuditChange[];
}

type Row = Omit<AuditEntry, 'changes'> & { readonly changes: string };

export function insertAudit(store: Store, entry: NewAuditEntry): void {
  store
    .prepare(
      `INSERT INTO audit (at, person_id, person_name, via, action, kind, object_id, object_name, changes)
       VALUES (@at, @personId, @personName, @via, @action, @kind, @objectId, @objectName, @changes)`,
    )
    .run({ ...entry, changes: JSON.stringify(entry.changes) });
}

/** When the newest entry of this kind by this person was written; null when there is none. */
export function lastAuditAt(store: Store, personId: string, action: AuditAction, objectName: string): number | null {
  const row = store
    .prepare('SELECT max(at) AS at FROM audit WHERE person_id = ? AND action = ? AND object_name = ?')
    .get(personId, action, objectName);
  return (row as { at: number | null }).at;
}

/** Text as it is compared in a search: neither case nor accents count. */
export const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/**
 * How entries are picked: `search` is {@link folded}; `actions`, `facts` and `words` are those whose words, in the person's
 * language, hold it.
 */
export interface AuditPick extends AuditQuery {
  readonly actions: readonly AuditAction[];
  readonly facts: readonly AuditFact[];
  readonly words: readonly AuditWord[];
}

/** Newest first, before the entry where the page before ended (0 at first), and how many there are in all. */
export function pageAudit(
  store: Store,
  pick: AuditPick,
  before: number,
  limit: number,
): { entries: AuditEntry[]; total: number } {
  store.function('folded', { deterministic: true }, (text) => folded(String(text)));
  const where = `(@search = '' OR instr(folded(person_name), @search) > 0 OR instr(folded(object_name), @search) > 0
      OR action IN (SELECT value FROM json_each(@actions))
      OR EXISTS (SELECT 1 FROM json_tree(changes) AS part WHERE part.atom IS NOT NULL AND CASE part.key
        WHEN 'fact' THEN part.atom IN (SELECT value FROM json_each(@facts))
        WHEN 'word' THEN part.atom IN (SELECT value FROM json_each(@words))
        ELSE instr(folded(part.atom), @search) > 0 END))
    AND (@personId IS NULL OR person_id = @personId) AND (@kind IS NULL OR kind = @kind)
    AND (@from IS NULL OR at >= @from)`;
  const values = {
    ...pick,
    actions: JSON.stringify(pick.actions),
    facts: JSON.stringify(pick.facts),
    words: JSON.stringify(pick.words),
  };
  const rows = store
    .prepare(
      `SELECT audit_id AS auditId, at, person_name AS personName, via, action, kind, object_name AS objectName, changes
       FROM audit WHERE ${where} AND (@before = 0 OR audit_id < @before) ORDER BY audit_id DESC LIMIT @limit`,
    )
    .all({ ...values, before, limit }) as Row[];
  const { total } = store.prepare(`SELECT count(*) AS total FROM audit WHERE ${where}`).get(values) as {
    total: number;
  };
  return { entries: rows.map((row) => ({ ...row, changes: JSON.parse(row.changes) as AuditEntry['changes'] })), total };
}

/** Everybody who stands in the list, with the name they had last. */
export function auditedPeople(store: Store): { personId: string; displayName: string }[] {
  return store
    .prepare(
      `SELECT person_id AS personId, person_name AS displayName FROM audit
       WHERE audit_id IN (SELECT max(audit_id) FROM audit GROUP BY person_id) ORDER BY person_name`,
    )
    .all() as { personId: string; displayName: string }[];
}
