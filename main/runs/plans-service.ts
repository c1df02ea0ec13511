import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { ParsedInput } from '../../preload/contract/contract.ts';
import type { WireError } from '../../preload/contract/error-codes.ts';
import type { PlanGuard, PlanView } from '../../preload/contract/views.ts';
import type { Access, ConnectionAccess } from '../connections/connection-access.ts';
import { requestsPerDay } from '../connections/connections-service.ts';
import { fetchAccountSummary } from '../constant-contact/account.ts';
import { type ContactCounts, fetchContactCounts } from '../constant-contact/contacts.ts';
import { fetchList } from '../constant-contact/lists.ts';
import { SegueError, toWireError } from '../errors/segue-error.ts';
import type { Events } from '../events.ts';
import type { ExportsService } from '../exports/exports-service.ts';
import { fieldsOf } from '../exports/prepared-rows.ts';
import type { Ports } from '../ports.ts';
import type { SegmentsService } from '../segments/segments-service.ts';
import type { ExportRecord } from '../store/exports.ts';
import type { Store } from '../store/open-store.ts';
import { getRunSource, newestPlannedRun, sendingRate } from '../store/runs.ts';
import type { PortRpc } from '../threads/port-rpc.ts';
import { withAccountFields } from './account/account-fields.ts';
import { durationOf, idSourceOf, requestsOf } from './planning/forecast.ts';
import { guardsOf } from './planning/guards.ts';
import type { PlanRowsPage } from './planning/plan-rows.ts';
import type { PlannedSegment } from './planning/survey-rows.ts';
import { goesElsewhere } from './prepare-run.ts';
import { mendedSegments } from './retries/join-next-run.ts';
import { fullSpeed, realPace } from './run-pace.ts';
import type { MadePlan, RunThreadCalls } from './run-protocol.ts';
import { exportsToSameList, fingerprintOf, plainFieldMap, requireSendable, type Sendable } from './sendable.ts';

/** A plan that was made and can be looked into. */
interface Made {
  readonly planId: string;
  readonly folder: string;
  readonly fingerprint: string;
  readonly fields: readonly string[];
  readonly segments: readonly (PlannedSegment & { readonly name: string })[];
}

/** What the account answered, as far as it could be asked. */
interface AccountAnswers {
  readonly listMembers: number | null;
  readonly counts: ContactCounts | null;
  readonly listGone: boolean;
  readonly error: WireError | null;
}

/**
 * Plans that show what a run of an export would do. Nothing is sent for them, and nothing is kept but the plan's own file,
 * which goes with the next plan of the export or with the app.
 */
export function createPlansService(parts: {
  readonly ports: Ports;
  readonly store: Store;
  readonly access: ConnectionAccess;
  readonly segments: SegmentsService;
  readonly exports: () => ExportsService;
  readonly thread: () => PortRpc<RunThreadCalls>;
  readonly events: Events;
  readonly logSurprise: (error: unknown) => void;
}) {
  const { ports, store, access, segments } = parts;
  const plansFolder = path.join(ports.paths.temp, 'plans');
  const made = new Map<string, Made>();
  /** One at a time: a newer plan is what the person waits for. */
  let making: { readonly exportId: string; readonly abort: AbortController; readonly done: Promise<void> } | null =
    null;

  async function letGo(exportId: string): Promise<void> {
    const plan = made.get(exportId);
    made.delete(exportId);
    if (plan !== undefined) await rm(plan.folder, { recursive: true, force: true }).catch(parts.logSurprise);
  }

  async function endMaking(): Promise<void> {
    making?.abort.abort(new SegueError('cancelled'));
    await making?.done;
  }

  /** Asks what only the account knows; none of it is needed to tell the rows apart. */
  async function askAccount(opened: Access, listId: string, signal: AbortSignal): Promise<AccountAnswers> {
    const { client, record } = opened;
    const options = { purpose: 'interactive', signal } as const;
    let listMembers: number | null = null;
    let counts: ContactCounts | null = null;
    try {
      const account = await fetchAccountSummary(client, options);
      if (account.accountId !== record.accountId) {
        const params = { name: record.displayName, account: account.organizationName };
        throw new SegueError('connection.other-account', params);
      }
      listMembers = (await fetchList(client, listId, options)).membershipCount;
      counts = await fetchContactCounts(client, options);
      return { listMembers, counts, listGone: false, error: null };
    } catch (thrown) {
      signal.throwIfAborted();
      const error = toWireError(thrown);
      if (error.code === 'unexpected') throw thrown;
      if (error.code === 'list.not-found') return { listMembers, counts, listGone: true, error: null };
      return { listMembers, counts, listGone: false, error };
    }
  }

  async function make(definition: ExportRecord, signal: AbortSignal): Promise<PlanView> {
    const { exportId, mode } = definition;
    // The window looks only when it comes to the front; a plan is of the files as they are.
    await segments.lookForChanges();
    signal.throwIfAborted();
    const sendable = requireSendable(definition, segments);
    const { connectionId, listId } = sendable;
    const fingerprint = fingerprintOf(definition, sendable, segments.isChangedOnDisk);
    await letGo(exportId);
    parts.events.publish('plan.changed', { exportId, step: 'account' });
    const opened = await access.access(connectionId);
    const { accountId } = opened.record;
    const answers = await askAccount(opened, listId, signal);
    const unpaced = access.isUnpaced(opened.record.kind);
    const matched = await segments.settleDateOrders(
      answers.error === null
        ? await withAccountFields(opened.client, sendable.segments, { signal })
        : sendable.segments,
    );
    const planId = randomUUID();
    const folder = path.join(plansFolder, planId);
    const mended = mendedSegments(store, exportId);
    const planned = [
      ...mended.map(({ segmentId, name, stageFileName, fieldMap, headings }) => ({
        segmentId,
        name,
        stageFile: path.join(folder, stageFileName),
        fieldMap,
        columnCount: headings.length,
      })),
      ...matched.map(({ record, summary, stageFile, fieldMap }) => ({
        segmentId: record.segmentId,
        name: record.name,
        stageFile,
        fieldMap: plainFieldMap(fieldMap),
        columnCount: summary.columns.length,
      })),
    ];
    const others =
      mode === 'mirror'
        ? exportsToSameList(store, segments, { exportId, listId, accountId })
        : { segments: [], mirrors: [] };
    const order = {
      exportId,
      accountId,
      listId,
      mode,
      folder,
      segments: planned.map(({ name: _, ...segment }) => segment),
      mended,
      others: {
        segments: others.segments.map(({ record, stageFile, fieldMap, ofMirror }) => ({
          segmentId: record.segmentId,
          stageFile,
          fieldMap: plainFieldMap(fieldMap),
          ofMirror,
        })),
        mirrors: others.mirrors,
      },
      connectionId,
      apiUrl: opened.addresses.apiUrl,
      pace: unpaced ? fullSpeed : realPace,
      asksAccount: answers.error === null,
    };
    try {
      const plan = await parts.thread().call('plan', order, signal);
      made.set(exportId, { planId, folder, fingerprint, fields: plan.fields, segments: planned });
      return viewOf({ definition, sendable, opened, answers, plan, planId, unpaced });
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  function viewOf(of: {
    definition: ExportRecord;
    sendable: Sendable;
    opened: Access;
    answers: AccountAnswers;
    plan: MadePlan;
    planId: string;
    unpaced: boolean;
  }): PlanView {
    const { definition, sendable, opened, answers, plan, planId, unpaced } = of;
    const { exportId, mode, leaverLimitPercent, readBack } = definition;
    const { counts, contacts, toSend, leavers, clearing, sentBefore, batches } = plan;
    const { accountId, organisation } = opened.record;
    const unreadable = sendable.segments.reduce((sum, { summary }) => sum + summary.unreadableCount, 0);
    const { listMembers } = answers;
    const requests = requestsOf({ batches, leavers, clearing: clearing.people, listMembers, readBack });
    const { requests: made, exhausted } = opened.pacer.state();
    const guards: PlanGuard[] = [
      ...(answers.listGone ? [{ kind: 'list-gone' as const }] : []),
      ...(goesElsewhere(store, exportId, accountId) ? [{ kind: 'other-account' as const, account: organisation }] : []),
      ...guardsOf({
        exportName: definition.name,
        rowsRead: counts.rowsRead,
        unreadable,
        leavers,
        sentBefore,
        leaverLimitPercent,
        clearing: clearing.people,
        requestsLeft: exhausted ? 0 : Math.max(0, requestsPerDay - made),
      }),
    ];
    const active = answers.counts === null ? null : answers.counts.explicit + answers.counts.implicit;
    const held = (['opted-out', 'never-mail'] as const).map((reason) => ({ reason, count: contacts[reason] }));
    return {
      planId,
      exportId,
      mode,
      madeAt: ports.now(),
      groups: {
        rowsRead: counts.rowsRead,
        new: contacts.new,
        changed: contacts.changed,
        same: contacts.same,
        unconfirmed: contacts.unconfirmed,
        unchanged: counts.unchanged,
        heldBack: counts.heldBack,
        duplicate: counts.duplicate,
        rejected: counts.rejected,
        unreadable,
        leavers,
        staying: plan.staying.reduce((sum, { count }) => sum + count, 0),
        clearing: clearing.people,
      },
      heldBack: held.filter(({ count }) => count > 0),
      rejected: [...plan.rejected],
      staying: [...plan.staying],
      toSend,
      sentBefore,
      clearingNotKnown: clearing.notKnown,
      fieldsChanged: fieldsChanged(plan, { exportId, accountId, listId: sendable.listId }),
      requests,
      leaverIdSource: idSourceOf(leavers, listMembers),
      duration: durationOf(toSend, requests.total, { rowsPerMs: sendingRate(store, accountId), unpaced }),
      requestsToday: { made, limit: requestsPerDay },
      account:
        active === null ? null : { listMembers, activeContacts: active, activeContactsAfter: active + contacts.new },
      accountError: answers.error ?? plan.accountError,
      optOutsReadAt: plan.optOutsReadAt,
      guards,
      changedFiles: segments
        .list()
        .filter(({ segmentId, changedOnDisk }) => changedOnDisk && isIn(sendable, segmentId))
        .map(({ name }) => name),
    };
  }

  /** Another matching makes everybody changed; that is said with the fields that came and went. */
  function fieldsChanged(
    plan: Pick<MadePlan, 'fields' | 'contacts'>,
    where: { exportId: string; accountId: string; listId: string },
  ): PlanView['fieldsChanged'] {
    if (plan.contacts.changed === 0) return null;
    const before = newestPlannedRun(store, where);
    if (before === undefined) return null;
    const earlier = fieldsOf(
      getRunSource(store, before.runId).map(({ segmentId, fieldMap }) => ({ segmentId, fieldMap, stageFile: '' })),
    );
    const added = plan.fields.filter((field) => !earlier.includes(field));
    const removed = earlier.filter((field) => !plan.fields.includes(field));
    return added.length + removed.length === 0 ? null : { added, removed };
  }

  return {
    /**
     * What a run of an export, as it is saved, would do now. Throws what keeps an export from being run, and `cancelled` when
     * a newer plan or the person ends it.
     */
    async make(exportId: string): Promise<PlanView> {
      const definition = parts.exports().get(exportId);
      await endMaking();
      const abort = new AbortController();
      const done = Promise.withResolvers<void>();
      const own = { exportId, abort, done: done.promise };
      making = own;
      try {
        return await make(definition, abort.signal);
      } finally {
        done.resolve();
        if (making === own) making = null;
      }
    },
    /** A page of a group of the newest plan of an export. Throws `plan.not-found`. */
    async rows({ exportId, group, after, limit }: ParsedInput<'exports.getPlanRows'>): Promise<PlanRowsPage> {
      const plan = made.get(exportId);
      if (plan === undefined) throw new SegueError('plan.not-found');
      const { folder, fields, segments: planned } = plan;
      return parts.thread().call('planRows', { folder, group, after, limit, fields, segments: planned });
    },
    async cancel(exportId: string): Promise<void> {
      if (making?.exportId === exportId) await endMaking();
      await letGo(exportId);
    },
    /** What a plan was made of; '' for one that is not there any more. See {@link fingerprintOf}. */
    madeOf(exportId: string, planId: string): string {
      const plan = made.get(exportId);
      return plan?.planId === planId ? plan.fingerprint : '';
    },
    /** Every plan that was looked at goes. */
    async letGoOfAll(): Promise<void> {
      await endMaking();
      for (const exportId of [...made.keys()]) await letGo(exportId);
      await rm(plansFolder, { recursive: true, force: true });
    },
    /** Once at start: plans of an app that did not end well. */
    async removeLeftOver(): Promise<void> {
      await rm(plansFolder, { recursive: true, force: true }).catch(parts.logSurprise);
    },
    async stop(): Promise<void> {
      await endMaking();
      await rm(plansFolder, { recursive: true, force: true });
    },
  };
}

const isIn = ({ segments }: Sendable, segmentId: string): boolean =>
  segments.some(({ record }) => record.segmentId === segmentId);

export type PlansService = ReturnType<typeof createPlansService>;
