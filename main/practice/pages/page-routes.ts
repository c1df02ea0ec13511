import type { Route } from '../http/router.ts';
import { showActivities } from './activities-page.ts';
import { showContact, showContacts } from './contacts-page.ts';
import { makeTrouble, showDeveloper } from './developer-page.ts';
import { showHome } from './home-page.ts';
import { showLists } from './lists-page.ts';
import { showRequests } from './requests-page.ts';
import { styleSheet } from './style.ts';

/** The account's own pages: what landed, as Constant Contact's web product would show it. */
export const pageRoutes: Route[] = [
  { method: 'GET', path: '/', handle: showHome },
  { method: 'GET', path: '/lists', handle: showLists },
  { method: 'GET', path: '/contacts', handle: showContacts },
  { method: 'GET', path: '/contacts/:contact_id', handle: showContact },
  { method: 'GET', path: '/activities', handle: showActivities },
  { method: 'GET', path: '/requests', handle: showRequests },
  { method: 'GET', path: '/developer', handle: showDeveloper },
  { method: 'POST', path: '/developer', handle: makeTrouble },
  {
    method: 'GET',
    path: '/practice.css',
    handle: () => ({
      status: 200,
      headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=600' },
      body: styleSheet,
    }),
  },
];
