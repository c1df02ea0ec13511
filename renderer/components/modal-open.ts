/**
 * Whether a question lies over the window. What comes from outside of it (a menu item, a dropped file) waits for the
 * answer: it could take the screen away under the question.
 */
export function isModalOpen(): boolean {
  return document.querySelector('[aria-modal="true"]') !== null;
}
