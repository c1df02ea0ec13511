import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ParsedInput } from '../../../preload/contract/contract.ts';
import type { MemberPageView } from '../../../preload/contract/views.ts';
import type { Events } from '../../events.ts';
import type { Ports } from '../../ports.ts';
import type { SegmentRecord } from '../../store/segments.ts';
import type { PortRpc } from '../../threads/port-rpc.ts';
import type { Words } from '../../words.ts';
import type { SegmentThreadCalls } from '../segment-protocol.ts';
import type { SegmentSummary } from '../segment-record.ts';
import type { WriteMembers } from './write-members.ts';

type Staged = {
  readonly record: SegmentRecord;
  readonly summary: SegmentSummary;
  readonly stageFile: string;
};

/** Looking into segments row by row, and saving their rows as files. */
export function createSegmentMembers(parts: {
  readonly ports: Ports;
  readonly events: Events;
  readonly words: () => Words;
  /** Throws `segment.not-found`, `segment.missing`. */
  readonly requireStaged: (segmentId: string) => Staged;
  readonly thread: () => PortRpc<SegmentThreadCalls>;
}) {
  const { ports, events, words, requireStaged, thread } = parts;
  const saving = new Map<string, { readonly abort: AbortController; readonly total: number }>();
  let newestPage: AbortController | null = null;

  /** What a file of segments' rows is called: by name and the day they were read. */
  function fileNameOf(segments: readonly Staged[]): string {
    const { say } = words();
    const [first] = segments;
    const readAt = Math.max(...segments.map(({ record }) => record.readAt));
    const values = { name: first?.record.name ?? '', count: segments.length, date: dayOf(readAt) };
    const name = say(segments.length > 1 ? 'members.fileName.several' : 'members.fileName', values);
    // Most file systems take 255 bytes.
    return name.replace(/[/\\:*?"<>|\p{Cc}]+/gu, ' ').slice(0, 100);
  }

  /** Which files are to hold which segments; null when the person chose none. */
  async function chooseTargets(segments: readonly Staged[], together: boolean): Promise<WriteMembers['files'] | null> {
    const defaultFolder = ports.settings.get().lastFolder;
    const source = ({ record, summary, stageFile }: Staged) => ({
      name: record.name,
      stageFile,
      headings: summary.columns.map(({ heading }) => heading),
      rowCount: summary.rowCount,
    });
    if (together || segments.length === 1) {
      const target = await ports.desktop.chooseWhereToSave({ defaultFolder, fileName: `${fileNameOf(segments)}.csv` });
      return target === null ? null : [{ target, segments: segments.map(source) }];
    }
    const folder = await ports.desktop.chooseFolder({ defaultFolder });
    if (folder === null) return null;
    const taken = new Set<string>();
    return segments.map((segment) => {
      const target = freeFile(folder, fileNameOf([segment]), taken);
      taken.add(target.toLowerCase());
      return { target, segments: [source(segment)] };
    });
  }

  return {
    /** A page of rows in file order. A newer call ends the one before with `cancelled`. */
    async page({ segmentId, ...query }: ParsedInput<'segments.getMembers'>): Promise<MemberPageView> {
      const { stageFile, summary } = requireStaged(segmentId);
      newestPage?.abort();
      const abort = new AbortController();
      newestPage = abort;
      const columnCount = summary.columns.length;
      const page = await thread().call('pageMembers', { stageFile, columnCount, ...query }, abort.signal);
      return { ...page, members: page.members.map((member) => ({ ...member, cells: [...member.cells] })) };
    },
    countFormulas(segmentIds: readonly string[]): Promise<{ cells: number; example: string | null }> {
      const stages = segmentIds.map(requireStaged).map(({ stageFile, summary }) => ({
        stageFile,
        columnCount: summary.columns.length,
      }));
      return thread().call('countFormulas', { stages }, new AbortController().signal);
    },
    /**
     * Saves all rows of segments as CSV where the person says. How far it is, is told as `saving.changed`. Throws
     * `segment.missing`, `disk.full`, `disk.not-writable`, `cancelled`.
     */
    async save(input: ParsedInput<'segments.saveMembers'>): Promise<{ savedTo: string | null; rows: number }> {
      const { saveId, together, formulasAsText } = input;
      const segments = [...new Set(input.segmentIds)].map(requireStaged);
      const files = await chooseTargets(segments, together);
      const [first] = files ?? [];
      if (files === null || first === undefined) return { savedTo: null, rows: 0 };
      const abort = new AbortController();
      const total = segments.reduce((sum, { summary }) => sum + summary.rowCount, 0);
      saving.set(saveId, { abort, total });
      events.publish('saving.changed', { saveId, rows: 0, total });
      try {
        const segmentHeading = words().say('rejectedRows.segmentHeading');
        const order: WriteMembers = { saveId, files, segmentHeading, formulasAsText };
        const rows = await thread().call('writeMembers', order, abort.signal);
        const savedTo = files.length === 1 ? first.target : path.dirname(first.target);
        return { savedTo: path.basename(savedTo), rows };
      } finally {
        saving.delete(saveId);
      }
    },
    /** Gives up a saving that is under way, which then fails with `cancelled` and leaves no file. */
    cancelSaving(saveId: string): void {
      saving.get(saveId)?.abort.abort();
    },
    /** Rows that the thread has written so far. */
    written({ saveId, rows }: { saveId: string; rows: number }): void {
      const total = saving.get(saveId)?.total;
      if (total !== undefined) events.publish('saving.changed', { saveId, rows, total });
    },
  };
}

/** A day in the computer's own time zone as files are sorted by it: 2026-11-23. */
function dayOf(time: number): string {
  const date = new Date(time);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** A file of the folder that is neither there nor taken. */
function freeFile(folder: string, name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const file = path.join(folder, number === 1 ? `${name}.csv` : `${name} (${number}).csv`);
    if (!taken.has(file.toLowerCase()) && !existsSync(file)) return file;
  }
}
