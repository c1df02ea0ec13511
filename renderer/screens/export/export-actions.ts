import type { ExportView, RunView, SegmentMatching, SegmentView } from '../../../preload/contract/views.ts';
import { asClientError, call } from '../../bridge/client.ts';
import { adopt } from '../../bridge/connect-stores.ts';
import { pageUncovered } from '../../components/page-uncovered.ts';
import { draftSaved, useDraftStore } from '../../stores/draft-store.ts';
import { toContract } from '../../stores/export-draft.ts';
import { mostProfiles, splitBySize, usualProfiles } from '../../stores/export-size.ts';
import { currentMirror } from '../../stores/mirror-store.ts';
import { isAnswered, makePlan, planAnswers, planOf, usePlanStore } from '../../stores/plan-store.ts';
import { askAboutSize, askPermission, show } from '../../stores/ui-store.ts';

/** Stores the export being edited. Sends nothing. Needs a name and a connection, else rejects as main would. */
export async function saveDraft(): Promise<ExportView> {
  const { draft } = useDraftStore.getState();
  const connectionId = draft?.connectionId ?? null;
  if (draft === null || connectionId === null) throw new Error('There is no export that could be saved');
  const saved = await call('exports.save', toContract({ ...draft, connectionId }));
  adopt({ exports: [saved] });
  draftSaved(saved);
  return saved;
}

/**
 * Starts a run of a stored export and shows it. Before the first send to a list the agreement is asked for instead,
 * and this resolves: the dialog goes on from there.
 */
export async function startRun(exportId: string, agreedToMail: boolean): Promise<void> {
  try {
    const answers = planAnswers(exportId);
    await showStarted(
      await call('exports.run', { exportId, ...answers, ...(agreedToMail ? { agreedToMail: true } : {}) }),
    );
  } catch (thrown) {
    const error = asClientError(thrown);
    // What was shown is no longer so: it is made again, to be looked at first.
    if (error.code === 'plan.outdated') void makePlan(exportId, { anew: true });
    if (agreedToMail || error.code !== 'export.permission-missing') throw error;
    askAboutSize(null);
    askPermission(exportId);
  }
}

/** Starts a run of one person alone and shows it. */
export async function sendOne(exportId: string, email: string, agreedToMail: boolean): Promise<void> {
  const { accepted } = planAnswers(exportId);
  const input = {
    exportId,
    email,
    ...(accepted ? { accepted } : {}),
    ...(agreedToMail ? { agreedToMail: true as const } : {}),
  };
  await showStarted(await call('exports.runForOne', input));
}

async function showStarted(run: RunView): Promise<void> {
  adopt({ runs: [run] });
  askPermission(null);
  askAboutSize(null);
  await pageUncovered();
  useDraftStore.setState({ draft: null, saved: null });
  show({ name: 'run', runId: run.runId });
}

/**
 * Whether guards of the export's plan wait for an answer. A mirror is planned first, if it is not: whom it takes off is
 * seen before.
 */
export async function guardsWait({ exportId, mode }: ExportView): Promise<boolean> {
  const plan = mode === 'mirror' ? await makePlan(exportId) : planOf(exportId);
  // A mirror whose plan cannot be had says why, where the plan would be.
  if (plan === null) return mode === 'mirror';
  return plan.guards.some((guard) => !isAnswered(guard, usePlanStore.getState().accepted));
}

/**
 * *Export now*: asks about uncommonly many profiles, unless that has been answered, then for the agreement where it is
 * missing, else starts.
 */
export async function exportNow(view: ExportView, { sizeIsKnown = false } = {}): Promise<void> {
  if (!sizeIsKnown && mostProfiles(view, currentMirror().segments) > usualProfiles) {
    askAboutSize(view.exportId);
  } else if (view.list !== null && view.permission === null) {
    askAboutSize(null);
    askPermission(view.exportId);
  } else {
    await startRun(view.exportId, false);
  }
}

/**
 * The segments of an export, each that alone has too many rows as parts of it, matched like it. Null when it was given
 * up: then no part is left.
 */
async function splitSegments(
  matchings: readonly SegmentMatching[],
  signal: AbortSignal,
): Promise<SegmentMatching[] | null> {
  const split: SegmentMatching[] = [];
  const made: string[] = [];
  for (const matching of matchings) {
    const { segmentId } = matching;
    if ((currentMirror().segments[segmentId]?.rowCount ?? 0) <= usualProfiles) split.push(matching);
    else {
      const segments = await splitSegment(segmentId, signal);
      adopt({ segments });
      made.push(...segments.map((part) => part.segmentId));
      split.push(...segments.map((part) => ({ ...matching, segmentId: part.segmentId })));
    }
    if (!signal.aborted) continue;
    for (const part of made) await call('segments.remove', { segmentId: part });
    return null;
  }
  return split;
}

/** The parts of a segment; none when it was given up. */
async function splitSegment(segmentId: string, signal: AbortSignal): Promise<SegmentView[]> {
  const giveUp = () => void call('segments.cancelSplit', { segmentId });
  signal.addEventListener('abort', giveUp);
  try {
    return await call('segments.split', { segmentId, rowsEach: usualProfiles });
  } catch (thrown) {
    if (signal.aborted && asClientError(thrown).code === 'cancelled') return [];
    throw thrown;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/**
 * Makes several exports of one, each with a group of its segments or a range of rows of one: the first stays the export it is, the others are
 * called after it with a number, and send as it does. Sends nothing, and shows the list of exports. An abort while segments are cut leaves
 * everything as it was.
 */
export async function splitExport(view: ExportView, signal: AbortSignal): Promise<void> {
  const { exportId, name, connectionId, list, mode, leaverLimitPercent, readBack } = view;
  if (connectionId === null) throw new Error('An export without a connection cannot be split');
  const matchings = await splitSegments(view.segments, signal);
  if (matchings === null) return;
  const alike = { connectionId, list, mode, leaverLimitPercent, readBack };
  const groups = splitBySize(matchings, currentMirror().segments);
  const made: ExportView[] = [];
  // The others first: should one of them fail, no segment has left the export.
  for (const [index, segments] of [...groups.entries()].slice(1)) {
    made.push(await call('exports.save', { name: `${name} (${index + 1})`, ...alike, segments }));
  }
  const [segments = []] = groups;
  await call('exports.save', { exportId, name, ...alike, segments: [...segments] });
  adopt({ exports: made });
  askAboutSize(null);
  await pageUncovered();
  useDraftStore.setState({ draft: null, saved: null });
  show({ name: 'exports' }, { id: 'large-export.was-split', values: { name, count: groups.length } });
}
