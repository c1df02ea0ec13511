import { isOwnAddress } from '../desktop/own-address.ts';

/** The part of Electron's frame that the check reads. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: SenderFrame | null;
}

/**
 * Whether a message comes from the top frame of one of our own pages. `frame` must be read before the first await,
 * since it may be gone later (electron-facts.md 1.3, 33); null is never trusted.
 */
export function isTrustedSender(frame: SenderFrame | null, isOwnWindow: boolean): boolean {
  return frame !== null && isOwnWindow && frame.parent === null && isOwnAddress(frame.url);
}
