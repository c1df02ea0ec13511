import { describe, expect, it } from 'vitest';
import type { RunView } from '../../preload/contract/views.ts';
import { createWords } from '../words.ts';
import { exitCodeOf, progressLine, receipt } from './run-result.ts';

const run: RunView = {
  runId: 'r1',
  exportId: 'e1',
  exportName: 'customers',
  connectionName: 'Practice',
  listName: 'Newsletter',
  state: 'completedWithWarnings',
  startedAt: 0,
  endedAt: 1,
  startedBy: 'me',
  startedVia: 'command-line',
  skipped: false,
  tasks: [],
  parentRunId: null,
  rejectedSentLater: 0,
  kind: 'export',
  undoes: null,
  account: {
    optOutsReadAt: null,
    membersBefore: null,
    leavers: 0,
    removed: 0,
    unsettled: 0,
    alreadyGone: 0,
    clearing: { people: 0, cleared: 0, alreadyBlank: 0, leftAsIs: 0, refused: 0 },
    toPutBack: 0,
    putBack: 0,
    mended: 0,
    dismissed: 0,
    rowsKept: false,
    readBack: { state: 'none', at: null, error: null, onList: 0, optedOut: 0, refused: 0, missing: 0 },
    canReadBack: false,
    undo: null,
  },
  balance: {
    rowsRead: 1_000,
    accepted: 960,
    unchanged: 0,
    duplicate: 15,
    rejected: 25,
    heldBack: 0,
    refused: 0,
    notSent: 0,
    unknown: 0,
    unreadable: 2,
  },
  progress: {
    phase: 'ended',
    rowsToSend: 960,
    rowsPosted: 960,
    rowsSettled: 960,
    batches: 1,
    batchesSettled: 1,
    rowsPerSecond: 0,
    remainingMs: null,
  },
  waiting: null,
  canContinue: false,
  error: null,
};

describe('exitCodeOf', () => {
  it('says how a run ended', () => {
    expect(exitCodeOf({ state: 'successful', canContinue: false })).toBe(0);
    expect(exitCodeOf({ state: 'completedWithWarnings', canContinue: false })).toBe(2);
    for (const state of ['cancelled', 'interrupted', 'failed', 'completedWithWarnings'] as const) {
      expect(exitCodeOf({ state, canContinue: true })).toBe(3);
    }
    expect(exitCodeOf({ state: 'cancelled', canContinue: false })).toBe(1);
    expect(exitCodeOf({ state: 'failed', canContinue: false })).toBe(1);
  });
});

describe('receipt', () => {
  it('shows every part of the balance, in columns', () => {
    const lines = receipt(run, createWords('en', 'en-US')).split('\n');
    expect(lines[0]).toBe('customers → Newsletter: Completed with warnings (run r1)');
    expect(lines).toHaveLength(11);
    expect(lines[1]).toMatch(/^Rows read +1,000$/);
    expect(lines[2]).toMatch(/^ {2}accepted +960$/);
    expect(new Set(lines.slice(1).map((line) => line.length)).size).toBe(1);
  });
});

describe('progressLine', () => {
  const io = (isTerminal: boolean) => {
    const said: string[] = [];
    return { said, draw: progressLine({ isTerminal, complain: (text: string) => void said.push(text) }) };
  };

  it('draws over itself on a terminal and only when something changed', () => {
    const { said, draw } = io(true);
    draw('one');
    draw('one');
    draw(null);
    expect(said).toEqual(['\r\u001B[2Kone', '\r\u001B[2K']);
  });

  it('leaves standard error alone elsewhere', () => {
    const { said, draw } = io(false);
    draw('one');
    draw(null);
    expect(said).toEqual([]);
  });
});
