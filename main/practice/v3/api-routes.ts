import type { Route } from '../http/router.ts';
import { accountRoutes } from './account.ts';
import { activityRoutes } from './activities.ts';
import { contactRoutes } from './contacts.ts';
import { importRoutes } from './imports.ts';
import { listRoutes } from './lists.ts';

/** Everything under /v3. */
export const apiRoutes: Route[] = [
  ...accountRoutes,
  ...activityRoutes,
  ...importRoutes,
  ...listRoutes,
  ...contactRoutes,
];
