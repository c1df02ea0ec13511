/** An end to waiting, should whatever hid the page never say that it is done. */
const limitMs = 1_000;

/**
 * Resolves when a dialog that was closed no longer hides the page from screen readers, at once when none does. A screen
 * that opens before that takes away the place the focus returns to, and the page would stay hidden for good.
 */
export function pageUncovered(): Promise<void> {
  const page = document.getElementById('root');
  const isHidden = (): boolean => page?.getAttribute('aria-hidden') === 'true';
  if (page === null || !isHidden()) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      observer.disconnect();
      clearTimeout(timer);
      resolve();
    };
    const observer = new MutationObserver(() => {
      if (!isHidden()) done();
    });
    const timer = setTimeout(done, limitMs);
    observer.observe(page, { attributeFilter: ['aria-hidden'] });
  });
}
