import type { RunView, SegmentView, SnapshotView } from '../../preload/contract/views.ts';

// Views for unit tests, complete as the contract wants them.

export function segmentView(over: Partial<SegmentView> = {}): SegmentView {
  return {
    segmentId: 's1',
    name: 'Loyal customers',
    fileName: 'Loyal customers.csv',
    fileBytes: 100,
    parts: [],
    state: 'ready',
    progress: null,
    reading: null,
    overrides: {},
    overridesRemembered: false,
    encodings: [],
    sheets: [],
    hiddenRows: 0,
    firstRows: [],
    columns: ['Id', 'Email', 'First', 'City'].map((heading) => ({ heading, samples: [] })),
    rowCount: 2,
    unreadableCount: 0,
    suggestedFieldMap: [{ field: 'email', columnIndex: 1 }],
    emailCandidates: [1],
    readAt: 1,
    readBy: 'Renée',
    versions: [{ readAt: 1, rowCount: 2 }],
    changedOnDisk: false,
    mends: null,
    error: null,
    ...over,
  };
}

export function runView(over: Partial<RunView> = {}): RunView {
  return {
    runId: 'r1',
    exportId: 'e1',
    exportName: 'Loyal',
    connectionName: 'Practice account',
    listName: 'Newsletter',
    state: 'running',
    startedAt: 1,
    endedAt: null,
    startedBy: 'Renée',
    parentRunId: null,
    rejectedSentLater: 0,
    kind: 'export',
    undoes: null,
    account: {
      optOutsReadAt: null,
      membersBefore: null,
      leavers: 0,
      removed: 0,
      alreadyGone: 0,
      toPutBack: 0,
      putBack: 0,
      rowsKept: false,
      readBack: { state: 'none', at: null, error: null, onList: 0, optedOut: 0, refused: 0, missing: 0 },
      canReadBack: false,
      undo: null,
    },
    balance: {
      rowsRead: 0,
      accepted: 0,
      unchanged: 0,
      duplicate: 0,
      rejected: 0,
      heldBack: 0,
      refused: 0,
      notSent: 0,
      unknown: 0,
      unreadable: 0,
    },
    progress: {
      phase: 'preparing',
      rowsToSend: 0,
      rowsPosted: 0,
      rowsSettled: 0,
      batches: 0,
      batchesSettled: 0,
      rowsPerSecond: 0,
      remainingMs: null,
    },
    waiting: null,
    canContinue: false,
    error: null,
    ...over,
  };
}

export function snapshotView(over: Partial<SnapshotView> = {}): SnapshotView {
  return {
    revision: 10,
    appVersion: '0.1.0',
    platform: 'linux',
    person: { personId: 'p1', displayName: 'Renée', role: 'administrator' },
    settings: { languageChoice: 'system', themeChoice: 'system', language: 'en', formatLocale: 'en-US' },
    redirectAddresses: [],
    connections: [],
    segments: [],
    watches: [],
    exports: [],
    runs: [],
    ...over,
  };
}
