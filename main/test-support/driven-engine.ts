import { signInAs } from '../../e2e/fixtures/sign-in-browser.ts';
import type { CallName, EventName } from '../../preload/contract/channels.ts';
import type { CallInput, CallOutput, EventPayload } from '../../preload/contract/contract.ts';
import type {
  ConnectionView,
  ExportView,
  ListView,
  RunView,
  SegmentView,
  SignInView,
} from '../../preload/contract/views.ts';
import type { Application } from '../application.ts';
import { createApplication } from '../compose.ts';
import type { PlainPorts } from './plain-ports.ts';

/** A saved export of one segment, ready to be run. */
export interface SavedExport {
  readonly connection: ConnectionView;
  readonly list: ListView;
  readonly segment: SegmentView;
  readonly definition: ExportView;
}

/** The whole engine over real files, threads and HTTP, driven through its calls and events as the window does. */
export class DrivenEngine {
  readonly application: Application;
  /** What the engine did not expect: empty after a test, unless the test is about that. */
  readonly surprises: unknown[];

  private constructor(application: Application, surprises: unknown[]) {
    this.application = application;
    this.surprises = surprises;
  }

  static async open(ports: PlainPorts): Promise<DrivenEngine> {
    const surprises: unknown[] = [];
    return new DrivenEngine(await createApplication(ports, (error) => void surprises.push(error)), surprises);
  }

  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    return this.application.call(name, input, { via: 'window' });
  }

  stop(): Promise<void> {
    return this.application.stop(5_000);
  }

  /** Resolves with what `pick` makes of the first event it makes something of. */
  eventually<N extends EventName, T>(name: N, pick: (value: EventPayload<N>['value']) => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const unsubscribe = this.application.subscribe((told, payload) => {
        if (told !== (name as EventName)) return;
        const found = pick((payload as unknown as EventPayload<N>).value);
        if (found === undefined) return;
        unsubscribe();
        resolve(found);
      });
    });
  }

  /** Signs in to the practice account as a person would. Resolves with how it ended, whatever that is. */
  async signIn(options: { readonly connectionId?: string } = {}): Promise<SignInView> {
    const ended = this.eventually('signIn.changed', (view) =>
      view.state === 'waiting' || view.state === 'finishing' ? undefined : view,
    );
    const { authorizeUrl } = await this.call('signIn.start', { kind: 'practice', ...options });
    await signInAs(authorizeUrl, 'allow');
    return ended;
  }

  /** Signs in, and saves the connection: the one to be renewed, or a new one. */
  async connect(displayName = 'Practice', renews?: string): Promise<ConnectionView> {
    const { signInId } = await this.signIn(renews === undefined ? {} : { connectionId: renews });
    return this.call('connections.save', {
      displayName,
      sharedWith: 'administrators',
      agreedToPrivacy: true,
      addYourselfAsExportUser: true,
      signInId,
    });
  }

  /** Reads a file to its end, whichever it is. */
  async addFile(file: string): Promise<SegmentView> {
    const ready = this.eventually('segment.changed', (view) => (view.state === 'reading' ? undefined : view));
    await this.call('segments.addFiles', { paths: [file] });
    return ready;
  }

  /** Connects, makes a list, reads the file and saves an export of it, matched as suggested. */
  async saveExport(file: string, name = 'Autumn'): Promise<SavedExport> {
    const connection = await this.connect();
    const { connectionId } = connection;
    const list = await this.call('lists.create', { connectionId, name });
    const segment = await this.addFile(file);
    const definition = await this.call('exports.save', {
      name,
      connectionId,
      list: { listId: list.listId, name: list.name },
      segments: [{ segmentId: segment.segmentId, fieldMap: segment.suggestedFieldMap }],
    });
    return { connection, list, segment, definition };
  }

  run(exportId: string): Promise<RunView> {
    return this.call('exports.run', { exportId, agreedToMail: true });
  }

  /** The run once nothing of it goes on any more. Looks at once, and then at each change. */
  async ended(runId: string): Promise<RunView> {
    const atRest = (view: RunView) =>
      view.runId === runId &&
      view.progress.phase === 'ended' &&
      !['queued', 'running', 'pausing', 'cancelling'].includes(view.state);
    const told = this.eventually('run.changed', (view) => (atRest(view) ? view : undefined));
    const { runs } = await this.call('app.getSnapshot', {});
    return runs.find(atRest) ?? told;
  }

  /** The run's view the first time that `is` holds for it. */
  when(runId: string, is: (view: RunView) => boolean): Promise<RunView> {
    return this.eventually('run.changed', (view) => (view.runId === runId && is(view) ? view : undefined));
  }
}
