import type { RunView } from '../../preload/contract/views.ts';

/** Rows of a run that wait to be sent again. */
export interface WaitingRows {
  /** Rejected by our own checks and not decided about yet. */
  readonly rejected: number;
  /** Rejected, mended where they stand: the next run takes them along. */
  readonly mended: number;
  /** Refused by Constant Contact: the next run sends who is still in its file. */
  readonly refused: number;
  /** Outcome not learned: the same. */
  readonly unknown: number;
  readonly all: number;
}

/** What waits of a run that has come to rest; of one that goes on nothing does yet. */
export function waitingRows(run: RunView): WaitingRows {
  const { balance, account, rejectedSentLater } = run;
  const atRest = run.endedAt !== null;
  // Those that a later run took along and finished are counted as sent.
  const mended = atRest ? Math.max(0, account.mended - rejectedSentLater) : 0;
  const rejected = atRest ? Math.max(0, balance.rejected - rejectedSentLater - mended - account.dismissed) : 0;
  const refused = atRest ? balance.refused : 0;
  const unknown = atRest ? balance.unknown : 0;
  return { rejected, mended, refused, unknown, all: rejected + mended + refused + unknown };
}
