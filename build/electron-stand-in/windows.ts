/** What quitting the app asks of its windows. */
export interface OpenWindow {
  /** Closes the window in order; resolves with false when the app or the page prevented it. */
  closeInOrder(): Promise<boolean>;
}

/** The windows that are open, oldest first. */
export const openWindows = new Set<OpenWindow>();
