import type { PlaceOfWindow } from '../ports.ts';

export interface WindowPlace extends PlaceOfWindow {
  /** Whether the page has something that is not saved. */
  isUnsaved(): boolean;
  /** Whether the window may close: asks the person when something is not saved. Every caller gets the same answer. */
  askToLeave(): Promise<boolean>;
  /** The page is gone, what it kept stays for the one that takes its place. */
  pageCrashed(): void;
  /** The window has closed. */
  forget(): void;
}

/**
 * What the page leaves with main, in memory alone. `ask` has the page put its question; a page that is lost before it has
 * answered counts as staying, for the next one comes back with what was not saved.
 */
export function createWindowPlace(ask: () => void): WindowPlace {
  let kept: { readonly unsaved: boolean; readonly place: string | null } = { unsaved: false, place: null };
  let crashed = false;
  let question: PromiseWithResolvers<boolean> | null = null;

  const answer = (leave: boolean) => {
    if (question !== null && leave) kept = { ...kept, unsaved: false };
    question?.resolve(leave);
    question = null;
  };
  return {
    keep(next) {
      kept = next;
    },
    take() {
      answer(false);
      const taken = { place: kept.place, crashed };
      crashed = false;
      return taken;
    },
    answer,
    isUnsaved: () => kept.unsaved,
    askToLeave() {
      if (!kept.unsaved) return Promise.resolve(true);
      question ??= Promise.withResolvers();
      ask();
      return question.promise;
    },
    pageCrashed() {
      crashed = true;
    },
    forget() {
      answer(true);
      kept = { unsaved: false, place: null };
      crashed = false;
    },
  };
}
