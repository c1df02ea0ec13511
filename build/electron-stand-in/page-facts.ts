/** How a page's two worlds find each other; made anew for each page, never readable by the page's scripts. */
export interface WorldSecrets {
  readonly hello: string;
  readonly toPage: string;
  readonly toPreload: string;
  readonly notes: string;
}

/** What the preload's world is told: facts of the main process, and the names of its ways to it. */
export interface PreloadFacts extends WorldSecrets {
  /** Name of the binding that reaches the main process; it exists in the preload's world only. */
  readonly binding: string;
  /** Name under which the main process finds that world's functions. */
  readonly inside: string;
  /** Start of the tokens that stand for file paths; random, so that no other text can be one. */
  readonly token: string;
  readonly platform: string;
  readonly arch: string;
  readonly versions: Record<string, string>;
  readonly argv: readonly string[];
  readonly defaultApp: boolean;
  /** Whether keys that the page leaves alone are sent to the menu. */
  readonly accelerators: boolean;
  /** Whether Chromium may show its own menu where Electron shows none: somebody is there who wants to paste. */
  readonly ownMenus: boolean;
}

/** What Chromium knows of the place where a menu was asked for, in the shape of Electron's ContextMenuParams. */
export interface AskedMenu {
  readonly x: number;
  readonly y: number;
  readonly isEditable: boolean;
  readonly selectionText: string;
  readonly menuSourceType: 'mouse' | 'keyboard';
  readonly editFlags: Readonly<
    Record<
      'canUndo' | 'canRedo' | 'canCut' | 'canCopy' | 'canPaste' | 'canDelete' | 'canSelectAll' | 'canEditRichly',
      boolean
    >
  >;
}
