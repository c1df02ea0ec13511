import type { CallName } from '../../../preload/contract/channels.ts';
import type { CallOutput, ParsedInput } from '../../../preload/contract/contract.ts';
import type { AuditAction, AuditChange, AuditEntry, AuditKind, AuditQuery } from '../../../preload/contract/views.ts';
import { auditActions, auditFacts, auditWords } from '../../../preload/contract/views.ts';
import type { Actor, Way } from '../../application.ts';
import type { Ports } from '../../ports.ts';
import { auditedPeople, folded, insertAudit, lastAuditAt, pageAudit } from '../../store/audit.ts';
import type { Store } from '../../store/open-store.ts';
import { getPerson } from '../../store/persons.ts';
import type { Words } from '../../words.ts';
import { actionWords, writeAuditFile } from './audit-file.ts';
import { changesBetween, createDescribe, type Described } from './describe.ts';
import { auditRules, type Subject } from './rules.ts';

/** Refusals of the same thing to the same person are told once in this time. */
const tellRefusalAgainMs = 60_000;

/** What is needed to write down a call once it has been carried out. */
export interface AuditNote<N extends CallName> {
  done(answer: CallOutput<N>): void;
}

/**
 * The history of changes: who changed what, when, and which way the call came. Every call that changes something goes
 * through here, window, command line and schedule alike. Entries are never changed.
 */
export function createAuditService(ports: Ports, store: Store, words: () => Words) {
  const describe = createDescribe(store, ports);

  function write(
    by: Actor,
    action: AuditAction,
    subject: { kind: AuditKind; id: string; name: string },
    changes: readonly AuditChange[] = [],
  ) {
    insertAudit(store, {
      at: ports.now(),
      personId: by.person.personId,
      personName: by.person.displayName,
      via: by.via,
      action,
      kind: subject.kind,
      objectId: subject.id,
      objectName: subject.name,
      changes,
    });
  }

  const keyOf = ({ kind, id }: Subject): string => `${kind} ${id}`;
  const personSubject = (by: Actor) =>
    ({ kind: 'person', id: by.person.personId, name: by.person.displayName }) as const;

  function matching(query: AuditQuery) {
    const { say } = words();
    const search = folded(query.search.trim());
    const holds = (text: string): boolean => search !== '' && folded(text).includes(search);
    return {
      ...query,
      search,
      actions: auditActions.filter((action) => holds(actionWords(words(), action))),
      facts: auditFacts.filter((fact) => holds(say(`audit.fact.${fact}`))),
      words: auditWords.filter((word) => holds(say(`audit.value.${word}`))),
    };
  }

  return {
    /** Looks at what a call is about before it is carried out. */
    begin<N extends CallName>(name: N, input: ParsedInput<N>, by: Actor): AuditNote<N> {
      const rule = auditRules[name];
      if (typeof rule === 'string') return { done: () => undefined };
      const before = new Map<string, Described | null>(
        rule.of(input, null).map((subject) => [keyOf(subject), describe(subject.kind, subject.id)]),
      );
      return {
        done(answer) {
          const action = rule.action(input, answer);
          if (action === null) return;
          const subjects = rule.of(input, answer);
          // Whoever comes in is not the one before the door.
          const person = name === 'people.enter' ? personOf(subjects[0]) : by.person;
          for (const subject of subjects.length === 0 ? [personSubject(by)] : subjects) {
            const then = before.get(keyOf(subject)) ?? null;
            const now = describe(subject.kind, subject.id);
            const { kind, id, name: given = '' } = subject;
            const known = { kind, id, name: now?.name ?? then?.name ?? given };
            write({ via: by.via, person }, action, known, tells(action) ? changesBetween(then, now) : []);
          }
        },
      };

      function personOf(subject: Subject | undefined) {
        const { id = '' } = subject ?? {};
        return { personId: id, displayName: describe('person', id)?.name ?? '', role: by.person.role };
      }
    },
    /** Somebody was kept from a call. */
    refused(name: CallName, by: Actor): void {
      const last = lastAuditAt(store, by.person.personId, 'refused', name);
      if (last !== null && ports.now() - last < tellRefusalAgainMs) return;
      write(by, 'refused', { kind: 'person', id: by.person.personId, name });
    },
    /** Somebody gave a wrong password for this person. */
    wrongPassword(personId: string, via: Way): void {
      const person = getPerson(store, personId);
      if (person !== undefined) write({ via, person }, 'password-wrong', personSubject({ via, person }));
    },
    list(query: AuditQuery, before: number, limit: number) {
      return { ...pageAudit(store, matching(query), before, limit), people: auditedPeople(store) };
    },
    /** Asks where to, and writes the entries as CSV. Null when nothing was chosen. Throws `disk.not-writable`. */
    async save(query: AuditQuery): Promise<{ entries: number } | null> {
      const fileName = `${words().say('audit.file-name')}.csv`;
      const file = await ports.desktop.chooseWhereToSave({
        defaultFolder: ports.settings.get().lastFolder,
        fileName,
      });
      if (file === null) return null;
      const pick = matching(query);
      return { entries: await writeAuditFile(file, words(), (before) => pageAudit(store, pick, before, 500).entries) };
    },
  };
}

/** Actions whose entry says what was another before. The others say it in their name, or nothing was. */
const silent: ReadonlySet<AuditAction> = new Set<AuditAction>([
  'entered',
  'export-removed',
  'connection-removed',
  'segment-removed',
  'segment-read-again',
  'watch-removed',
  'watch-taken',
  'watch-left',
  'rows-saved',
  'password-set',
]);
const tells = (action: AuditAction): boolean => !silent.has(action);

export type AuditService = ReturnType<typeof createAuditService>;
export type { AuditEntry };
