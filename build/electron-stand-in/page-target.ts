import { randomUUID } from 'node:crypto';
import { type Chromium, chromium } from './chromium.ts';
import type { DevToolsSession, Protocol } from './devtools-connection.ts';
import type { PreloadFacts } from './page-facts.ts';
import { mainWorldScript, type PreloadSource, preloadWorldScript } from './page-scripts.ts';
import { openPageWindow, type Size } from './page-window.ts';

/** What happens in a page, told to its WebContents. Addresses are Chromium's. */
export interface PageObserver {
  /** A message of the preload world; `context` is its execution context. */
  message(text: string): void;
  request(paused: Protocol.Fetch.requestPausedPayload): void;
  requestedNavigation(params: Protocol.Page.frameRequestedNavigationPayload): void;
  navigated(frame: Protocol.Page.Frame): void;
  navigatedInPage(url: string): void;
  lifecycle(name: string, loaderId: string): void;
  console(level: string, text: string, line: number, source: string): void;
  crashed(): void;
  titled(title: string): void;
  /** The target has gone: closed by us, by a person, or with Chromium. */
  gone(): void;
}

/** Facts of this process that every preload may read. */
export type ProcessFacts = Pick<
  PreloadFacts,
  'platform' | 'arch' | 'versions' | 'argv' | 'defaultApp' | 'accelerators' | 'ownMenus'
>;

/** One Chromium page: its DevTools session, its preload world, its window. */
export class PageTarget {
  readonly targetId: string;
  readonly session: DevToolsSession;
  readonly browser: Chromium;
  readonly tokenPrefix: string;
  private readonly facts: PreloadFacts;
  private readonly world = `preload-${randomUUID()}`;
  private readonly observer: PageObserver;
  private readonly windowId: number;
  private inset: Size = { width: 0, height: 0 };
  private scripts: string[] = [];
  private preloadContext: number | null = null;

  private constructor(
    browser: Chromium,
    targetId: string,
    session: DevToolsSession,
    windowId: number,
    facts: ProcessFacts,
    observer: PageObserver,
  ) {
    this.browser = browser;
    this.targetId = targetId;
    this.session = session;
    this.windowId = windowId;
    this.observer = observer;
    this.tokenPrefix = `file-${randomUUID()}-`;
    const secret = (name: string) => `${name}-${randomUUID()}`;
    this.facts = {
      ...facts,
      hello: secret('hello'),
      toPage: secret('page'),
      toPreload: secret('preload'),
      notes: secret('notes'),
      binding: `b${randomUUID().replaceAll('-', '')}`,
      inside: `i${randomUUID().replaceAll('-', '')}`,
      token: this.tokenPrefix,
    };
  }

  /** Opens a page in a window whose content has the given size. */
  static async open(size: Size, facts: ProcessFacts, observer: PageObserver): Promise<PageTarget> {
    const browser = await chromium();
    const { connection } = browser;
    const targetId = await openPageWindow(browser, size);
    const { sessionId } = await connection.browser.send('Target.attachToTarget', { targetId, flatten: true });
    const session = connection.session(sessionId);
    const { windowId } = await connection.browser.send('Browser.getWindowForTarget', { targetId });
    const target = new PageTarget(browser, targetId, session, windowId, facts, observer);
    target.listen();
    await Promise.all([
      session.send('Page.enable'),
      session.send('Page.setLifecycleEventsEnabled', { enabled: true }),
      session.send('Runtime.enable'),
      session.send('Log.enable'),
      session.send('Inspector.enable'),
      session.send('Runtime.addBinding', { name: target.facts.binding, executionContextName: target.world }),
      session.send('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Request' }] }),
      target.measure(size),
    ]);
    return target;
  }

  /** Sets what runs in both worlds of every document from now on. */
  async setPreload(preload: PreloadSource | null): Promise<void> {
    const { session, facts } = this;
    const old = this.scripts;
    this.scripts = [];
    await Promise.all(
      old.map((identifier) => session.send('Page.removeScriptToEvaluateOnNewDocument', { identifier })),
    );
    const [main, isolated] = await Promise.all([
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript(facts) }),
      session.send('Page.addScriptToEvaluateOnNewDocument', {
        source: preloadWorldScript(facts, preload),
        worldName: this.world,
      }),
    ]);
    this.scripts = [main.identifier, isolated.identifier];
  }

  /** Runs an expression in the page's own world and resolves with its value, promises awaited. */
  async evaluate(expression: string, userGesture = false): Promise<unknown> {
    const answer = await this.session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture,
    });
    if (answer.exceptionDetails === undefined) return answer.result.value;
    const { exception, text } = answer.exceptionDetails;
    const [message = text] = (exception?.description ?? String(exception?.value ?? text)).split('\n    at ');
    throw new Error(message.replace(/^(\w*Error): /, ''));
  }

  /** Calls one of the functions the preload world keeps for us; does nothing while there is no such world. */
  callPreload(name: 'deliver' | 'settle' | 'permitted', ...args: unknown[]): void {
    if (this.preloadContext === null) return;
    const call = `${this.facts.inside}.${name}(${args.map((part) => JSON.stringify(part)).join(', ')})`;
    this.session
      .send('Runtime.evaluate', { expression: call, contextId: this.preloadContext, silent: false })
      .catch(() => undefined);
  }

  /** The path behind a token that the preload was given for a File; '' for a File that is not on disk. */
  async pathOf(token: string): Promise<string> {
    if (this.preloadContext === null) return '';
    const { result } = await this.session.send('Runtime.evaluate', {
      expression: `${this.facts.inside}.file(${JSON.stringify(token)})`,
      contextId: this.preloadContext,
    });
    if (result.objectId === undefined) return '';
    const { path } = await this.session.send('DOM.getFileInfo', { objectId: result.objectId });
    this.session.send('Runtime.releaseObject', { objectId: result.objectId }).catch(() => undefined);
    return path;
  }

  async setContentSize({ width, height }: Size): Promise<void> {
    await this.setBounds({ width: width + this.inset.width, height: height + this.inset.height });
  }

  async setBounds(bounds: Protocol.Browser.Bounds): Promise<void> {
    await this.browser.connection.browser.send('Browser.setWindowBounds', { windowId: this.windowId, bounds });
  }

  /** Closes the page without asking it. */
  async close(): Promise<void> {
    await this.browser.connection.browser
      .send('Target.closeTarget', { targetId: this.targetId })
      .catch(() => undefined);
  }

  /** Chromium's window is larger than its content by its own furniture; this learns by how much. */
  private async measure(wanted: Size): Promise<void> {
    const furniture = await this.evaluate('[outerWidth - innerWidth, outerHeight - innerHeight]');
    const [width = 0, height = 0] = furniture as number[];
    this.inset = { width: Math.max(0, width), height: Math.max(0, height) };
    await this.setContentSize(wanted);
  }

  private listen(): void {
    const { session, observer } = this;
    const main = this.targetId;
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = (context.auxData ?? {}) as { frameId?: string };
      if (context.name === this.world && frameId === main) this.preloadContext = context.id;
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.preloadContext) this.preloadContext = null;
    });
    session.on('Runtime.executionContextsCleared', () => {
      this.preloadContext = null;
    });
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === this.facts.binding && executionContextId === this.preloadContext) observer.message(payload);
    });
    session.on('Fetch.requestPaused', (paused) => observer.request(paused));
    session.on('Page.frameRequestedNavigation', (params) => observer.requestedNavigation(params));
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) observer.navigated(frame);
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === main) observer.navigatedInPage(url);
    });
    session.on('Page.lifecycleEvent', ({ frameId, name, loaderId }) => {
      if (frameId === main) observer.lifecycle(name, loaderId);
    });
    session.on('Runtime.consoleAPICalled', ({ type, args, stackTrace }) => {
      const text = args.map((part) => ('value' in part ? String(part.value) : (part.description ?? ''))).join(' ');
      const top = stackTrace?.callFrames[0];
      observer.console(type, text, (top?.lineNumber ?? -1) + 1, top?.url ?? '');
    });
    session.on('Runtime.exceptionThrown', ({ exceptionDetails: { text, exception, lineNumber, url } }) => {
      const what = exception?.description ?? String(exception?.value ?? '');
      observer.console('error', `${text} ${what.split('\n')[0] ?? ''}`.trim(), lineNumber + 1, url ?? '');
    });
    session.on('Log.entryAdded', ({ entry }) => {
      observer.console(entry.level, entry.text, (entry.lineNumber ?? -1) + 1, entry.url ?? '');
    });
    session.on('Inspector.targetCrashed', () => observer.crashed());
    const { connection } = this.browser;
    let title = '';
    const forgetTitle = connection.browser.on('Target.targetInfoChanged', ({ targetInfo }) => {
      if (targetInfo.targetId !== main || targetInfo.title === title) return;
      title = targetInfo.title;
      observer.titled(title);
    });
    let isGone = false;
    const gone = () => {
      if (isGone) return;
      isGone = true;
      forget();
      forgetTitle();
      connection.forget(session);
      observer.gone();
    };
    const forget = connection.browser.on('Target.detachedFromTarget', ({ sessionId }) => {
      if (sessionId === session.id) gone();
    });
    this.browser.ended.then(gone);
  }
}
