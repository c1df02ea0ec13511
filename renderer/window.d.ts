import type { SegueBridge } from '../preload/contract/envelope.ts';
import type { MessageKey } from './text/messages.ts';

declare global {
  interface Window {
    /** What the preload puts there: the only thing the window has. */
    readonly segue: SegueBridge;
  }
  namespace FormatjsIntl {
    interface Message {
      ids: MessageKey;
    }
  }
}
