import type { CallName } from '../../preload/contract/channels.ts';
import type { CallOutput, ParsedInput } from '../../preload/contract/contract.ts';
import type { SettingsView } from '../../preload/contract/views.ts';
import type { Actor } from '../application.ts';
import type { ConnectionsService } from '../connections/connections-service.ts';
import type { FieldsService } from '../connections/fields-service.ts';
import type { ListsService } from '../connections/lists-service.ts';
import type { SignIns } from '../connections/sign-ins.ts';
import type { Events } from '../events.ts';
import type { ExportsService } from '../exports/exports-service.ts';
import type { KeptService } from '../kept/kept-service.ts';
import type { NeverMailService } from '../never-mail/never-mail-service.ts';
import type { PagesService } from '../pages-service.ts';
import type { AuditService } from '../people/audit/audit-service.ts';
import type { PeopleService } from '../people/people-service.ts';
import type { WindowSession } from '../people/window-session.ts';
import type { Ports } from '../ports.ts';
import type { ReportService } from '../report/report-service.ts';
import type { PlansService } from '../runs/plans-service.ts';
import type { RunsService } from '../runs/runs-service.ts';
import type { SchedulesService } from '../schedule/schedules-service.ts';
import type { SegmentsService } from '../segments/segments-service.ts';
import type { WatchedFolders } from '../segments/watch/watched-folders.ts';
import type { SetUpService } from '../set-up/set-up-service.ts';

/** Everything that calls are carried out with; built in main/compose.ts. */
export interface Services {
  readonly ports: Ports;
  readonly events: Events;
  readonly settings: () => SettingsView;
  readonly pages: PagesService;
  readonly people: PeopleService;
  readonly session: WindowSession;
  readonly audit: AuditService;
  readonly signIns: SignIns;
  readonly connections: ConnectionsService;
  readonly lists: ListsService;
  readonly fields: FieldsService;
  readonly segments: SegmentsService;
  readonly watches: WatchedFolders;
  readonly exports: ExportsService;
  readonly schedules: SchedulesService;
  readonly runs: RunsService;
  readonly plans: PlansService;
  readonly neverMail: NeverMailService;
  readonly setUp: SetUpService;
  readonly kept: KeptService;
  readonly report: ReportService;
}

/** What carries out a call whose input is parsed, for somebody who may make it. */
type Carrier<N extends CallName> = (input: ParsedInput<N>, by: Actor) => CallOutput<N> | Promise<CallOutput<N>>;

/** One carrier for every call whose name begins with one of `Subject`, as in `runs.cancel`. */
export type CarriersOf<Subject extends string> = {
  [N in Extract<CallName, `${Subject}.${string}`>]: Carrier<N>;
};
export type Carriers = { [N in CallName]: Carrier<N> };
