import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { ActivityEngine } from './bulk/activity-engine.ts';
import { PracticeClock } from './clock.ts';
import { controlRoutes } from './control/control-routes.ts';
import { FaultBox } from './control/fault-box.ts';
import { createPracticeServer } from './http/server.ts';
import { authorizeRoutes } from './oauth/authorize-page.ts';
import { deviceRoutes } from './oauth/device-flow.ts';
import { GrantStore } from './oauth/grant-store.ts';
import { tokenRoutes } from './oauth/token-endpoint.ts';
import { pageRoutes } from './pages/page-routes.ts';
import type { Language } from './pages/words.ts';
import type { PracticeContext } from './practice-context.ts';
import { seedAccount } from './seed.ts';
import { defaultSettings, type Pace, type PracticeSettings } from './settings.ts';
import { ActivityStore } from './state/activity-store.ts';
import { ContactStore } from './state/contact-store.ts';
import { FieldStore } from './state/field-store.ts';
import { PracticeIds } from './state/ids.ts';
import { ListStore } from './state/list-store.ts';
import { openState } from './state/open-state.ts';
import { RequestStore } from './state/request-store.ts';
import { TagStore } from './state/tag-store.ts';
import { apiRoutes } from './v3/api-routes.ts';

const host = '127.0.0.1';
const oauthBase = '/oauth2/default/v1';

export interface PracticeOptions {
  /** The account's SQLite file; made, with its folder, when it is not there. Exports lie in a folder beside it. */
  readonly stateFile: string;
  /** 0 takes any free port. */
  readonly port?: number;
  readonly pace: Pace;
  /** Language of the pages; without it each browser's own. */
  readonly language?: Language;
  /** Milliseconds since 1970; the machine's by default. */
  readonly clock?: () => number;
  readonly settings?: Partial<PracticeSettings>;
  /** Whether a new account gets its lists and people; true by default. */
  readonly seed?: boolean;
  /** Hears of faults in the practice account itself. */
  readonly onFailure?: (error: unknown) => void;
}

/** A running practice account and where it is reached. */
export interface PracticeAccount {
  /** Base of the API, with `/v3`: what `SEGUE_API_URL` takes. */
  readonly apiUrl: string;
  /** Base before `/authorize`, `/token`, `/device/authorize`: what `SEGUE_AUTH_URL` takes. */
  readonly authUrl: string;
  /** The account's own pages for people. */
  readonly pagesUrl: string;
  close(): Promise<void>;
}

/**
 * Starts an account that behaves like Constant Contact's API V3 as constant-contact-v3.md describes it ("Sim:"), on
 * loopback only.
 */
export async function startPracticeAccount(options: PracticeOptions): Promise<PracticeAccount> {
  const clock = new PracticeClock(options.clock);
  const { database, account, isNew } = openState(options.stateFile, clock.now());
  const settings = { ...defaultSettings(options.pace), ...options.settings };
  const onFailure = options.onFailure ?? (() => undefined);
  const parts = {
    database,
    account,
    ids: new PracticeIds(account.node),
    clock,
    settings,
    language: options.language ?? null,
    contacts: new ContactStore(database),
    lists: new ListStore(database),
    tags: new TagStore(database),
    fields: new FieldStore(database),
    activities: new ActivityStore(database),
    requests: new RequestStore(database),
    grants: new GrantStore(database, account, clock, settings),
    faults: new FaultBox(),
    exportsFolder: `${path.resolve(options.stateFile)}-exports`,
  };
  const context: PracticeContext = Object.assign(parts, { engine: new ActivityEngine(() => context) });
  if (isNew && options.seed !== false) seedAccount(context);

  const routes = [
    ...authorizeRoutes(oauthBase),
    ...tokenRoutes(oauthBase),
    ...deviceRoutes(oauthBase),
    ...apiRoutes,
    ...controlRoutes,
    ...pageRoutes,
  ];
  const server = createPracticeServer({ context, routes, onFailure });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, () => resolve());
  });
  context.engine.start(onFailure);
  const origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  return {
    apiUrl: `${origin}/v3`,
    authUrl: `${origin}${oauthBase}`,
    pagesUrl: `${origin}/`,
    close: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeAllConnections();
      await closed;
      await context.engine.stop();
      database.close();
    },
  };
}
