import { originOf } from './app-scheme.ts';
import { strict } from './strict.ts';

/** The main frame of a page's document, as `event.senderFrame` and `webContents.mainFrame`. */
export class FrameOfPage {
  readonly url: string;
  readonly origin: string;
  readonly name = '';
  readonly parent = null;
  readonly frames: readonly never[] = [];
  readonly framesInSubtree: readonly never[] = [];
  readonly processId: number;
  readonly routingId = 1;
  readonly frameTreeNodeId: number;
  readonly visibilityState = 'visible';
  /** Becomes true when the document has gone: the frame navigated or its window closed. */
  detached = false;

  constructor(url: string, id: number) {
    this.url = url;
    this.origin = originOf(url);
    this.processId = id;
    this.frameTreeNodeId = id;
  }

  get top(): FrameOfPage {
    return this;
  }

  isDestroyed(): boolean {
    return this.detached;
  }
}

/** A frame for the document at `url` of the WebContents `id`. */
export function newFrame(url: string, id: number): FrameOfPage {
  return strict('WebFrameMain', new FrameOfPage(url, id));
}
