import type { Route } from '../http/router.ts';
import { accountRoutes } from './account.ts';
import { activityRoutes } from './activities.ts';
import { bulkChangeRoutes } from './bulk-changes.ts';
import { contactChangeRoutes } from './contact-changes.ts';
import { exportRoutes } from './contact-exports.ts';
import { contactRoutes } from './contacts.ts';
import { customFieldRoutes } from './custom-fields.ts';
import { importRoutes } from './imports.ts';
import { listRoutes } from './lists.ts';
import { tagRoutes } from './tags.ts';

/** Everything under /v3. */
export const apiRoutes: Route[] = [
  ...accountRoutes,
  ...activityRoutes,
  ...importRoutes,
  ...bulkChangeRoutes,
  ...exportRoutes,
  ...listRoutes,
  ...contactRoutes,
  ...contactChangeRoutes,
  ...customFieldRoutes,
  ...tagRoutes,
];
