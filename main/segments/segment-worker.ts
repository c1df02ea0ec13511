import { parentPort, workerData } from 'node:worker_threads';
import { checkSegments } from '../exports/check.ts';
import { CheckMemory } from '../exports/check-memory.ts';
import { columnDateOrders } from '../exports/date-orders.ts';
import { findingRows } from '../exports/finding-rows.ts';
import { findAll } from '../exports/findings.ts';
import { mendedCalls } from '../runs/mended/mended-calls.ts';
import { createPortRpc } from '../threads/port-rpc.ts';
import { profileStage } from './columns/profile-stage.ts';
import { type DuckDb, interruptible, openDuckDb } from './duckdb.ts';
import { countFormulas, pageMembers } from './members/member-pages.ts';
import { writeMembers } from './members/write-members.ts';
import { previewForLibrary } from './preview-for-library.ts';
import type { SegmentMainCalls, SegmentThreadCalls, SegmentThreadData } from './segment-protocol.ts';
import { splitStage } from './split-stage.ts';
import { stageForLibrary } from './stage-for-library.ts';

// The thread that reads segment files and looks through whole stages, so that neither the window nor main ever waits.

if (parentPort === null) throw new Error('This file is a thread of Segue and cannot be run by itself');
const port = parentPort;
const data = workerData as SegmentThreadData;

/** How long what goes on may take to end in a thread that has to. */
const endLimitMs = 5_000;

const memory = new CheckMemory();

/** Looks through stages with a DuckDB of its own; an abort ends it at once. */
async function overStages<T>(signal: AbortSignal, work: (db: DuckDb) => Promise<T>): Promise<T> {
  const db = await openDuckDb({
    tempFolder: data.tempFolder,
    memoryLimitMb: data.memoryLimitMb,
    threads: 2,
    readable: [data.stagesFolder],
    writable: [],
  });
  try {
    return await interruptible(db, signal, () => work(db));
  } finally {
    db.close();
  }
}

const calls: SegmentThreadCalls = {
  preview: ({ files, overrides }, signal) =>
    previewForLibrary({ files, overrides, tempFolder: data.tempFolder, signal }),
  stage: (input, signal) =>
    stageForLibrary({
      files: input.files,
      overrides: input.overrides,
      stageFolder: input.stageFolder,
      tempFolder: data.tempFolder,
      memoryLimitMb: data.memoryLimitMb,
      signal,
      onProgress: (progress) => main.tell('progress', { stageId: input.stageId, progress }),
    }),
  check: ({ segments, previewRows }, signal) =>
    overStages(signal, (db) => checkSegments(db, segments, previewRows, memory)),
  findings: ({ segments }, signal) => overStages(signal, (db) => findAll(db, segments, memory)),
  findingRows: (page, signal) => overStages(signal, (db) => findingRows(db, page)),
  ...mendedCalls(data),
  profile: (stage, signal) => overStages(signal, (db) => profileStage(db, stage)),
  dateOrders: ({ segments }, signal) => overStages(signal, (db) => columnDateOrders(db, segments, memory)),
  split: (input, signal) => splitStage(input, data, signal),
  pageMembers: (query, signal) => overStages(signal, (db) => pageMembers(db, query)),
  countFormulas: ({ stages }, signal) => overStages(signal, (db) => countFormulas(db, stages)),
  writeMembers: (input, signal) =>
    overStages(signal, (db) =>
      writeMembers(db, input, (rows) => main.tell('membersWritten', { saveId: input.saveId, rows }), signal),
    ),
  setMemory: ({ memoryLimitMb }) => {
    data.memoryLimitMb = memoryLimitMb;
  },
  async shutDown() {
    setImmediate(() => {
      main.close();
      port.close();
    });
  },
};

const main = createPortRpc<SegmentMainCalls>(port, calls, surprised);

// A thread that is torn down while DuckDB works for it takes the whole process with it: what goes on is ended first. Its
// calls are answered by the thread's end, so that none of main's goes to a thread that is about to be gone.
process.once('uncaughtException', (error) => {
  surprised(error);
  const late = new Promise<void>((resolve) => setTimeout(resolve, endLimitMs));
  Promise.race([main.endCalls(), late]).finally(() => process.exit(1));
});

/** An error crosses to main as its code alone: its stack goes ahead, for the log. */
function surprised(error: unknown): void {
  main.tell('surprised', { stack: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}
