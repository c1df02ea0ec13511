/** Where the app is in its life; modules that may only be used after `ready` ask here. */
export const lifecycle = {
  isReady: false,
  isQuitting: false,
};

/** Throws as Electron does when `what` is used before the app is ready. */
export function needReady(what: string): void {
  if (!lifecycle.isReady) throw new Error(what);
}
