import type { RunView } from '../../preload/contract/views.ts';
import type { Desktop, ShownProgress } from '../ports.ts';
import type { Words } from '../words.ts';
import { isActive } from './run-states.ts';

/** What a run does nothing for, for longer than a person would look at it. */
const longWaits: ReadonlySet<string> = new Set(['sign-in', 'quota', 'network', 'service']);

/** What the taskbar shows of a run: how far it is, that it stands still, or that it ended badly. Null for any other. */
export function progressToShow({ state, waiting, progress }: RunView): ShownProgress | null {
  const { rowsToSend, rowsSettled } = progress;
  const share = rowsToSend > 0 ? rowsSettled / rowsToSend : null;
  if (isActive(state)) return { share, state: longWaits.has(waiting?.for ?? '') ? 'resting' : 'going' };
  return state === 'failed' || state === 'interrupted' ? { share, state: 'failed' } : null;
}

/**
 * What can be seen of runs outside Segue's window: progress on the taskbar or dock, and a word to the person when a run
 * cannot go on without them. `show` is told of each change of a run that is being carried out.
 */
export function createRunSigns(desktop: Pick<Desktop, 'showProgress' | 'notify' | 'isInFront'>, words: () => Words) {
  /** Runs whose person has been told that they are waited for. */
  const told = new Set<string>();
  return {
    show(run: RunView): void {
      desktop.showProgress(progressToShow(run));
      const { runId, exportName: name } = run;
      if (run.waiting?.for !== 'sign-in') {
        told.delete(runId);
        return;
      }
      if (told.has(runId)) return;
      told.add(runId);
      if (desktop.isInFront()) return;
      const { say } = words();
      const [title, body] = [say('notification.sign-in.title', { name }), say('notification.sign-in.body')];
      desktop.notify({ title, body, opens: { name: 'run', runId } });
    },
  };
}

export type RunSigns = ReturnType<typeof createRunSigns>;
