import { pageUncovered } from './page-uncovered.ts';

/**
 * Whether a question lies over the window. What comes from outside of it (a menu item, a dropped file) waits for the
 * answer: it could take the screen away under the question.
 */
export function isModalOpen(): boolean {
  return document.querySelector('[aria-modal="true"]') !== null;
}

/** Resolves when no question lies over the window, at once when none does. */
export function whenNothingIsAsked(): Promise<void> {
  if (!isModalOpen()) return Promise.resolve();
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (isModalOpen()) return;
      observer.disconnect();
      void pageUncovered().then(resolve);
    });
    observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['aria-modal'] });
  });
}
