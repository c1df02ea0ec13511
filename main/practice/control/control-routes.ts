import { utcDay } from '../clock.ts';
import { type Answer, jsonAnswer } from '../http/answer.ts';
import { validationError } from '../http/api-error.ts';
import { type Call, jsonBody } from '../http/call.ts';
import type { Route } from '../http/router.ts';
import type { PracticeContext } from '../practice-context.ts';
import { readFault, readSettings } from './read-fault.ts';

/**
 * The test bench under `/_practice`: not part of the API, on loopback like the rest. A web page cannot reach it, since
 * what changes something must be JSON without an `Origin`.
 */
export const controlRoutes: Route[] = [
  { method: 'GET', path: '/_practice/summary', handle: (_call, context) => jsonAnswer(200, summary(context)) },
  {
    method: 'GET',
    path: '/_practice/faults',
    handle: (_call, { faults }) => jsonAnswer(200, { faults: faults.list() }),
  },
  { method: 'POST', path: '/_practice/faults', handle: addFaults },
  {
    method: 'DELETE',
    path: '/_practice/faults',
    handle: (call, { faults }) => {
      refuseOtherOrigins(call);
      faults.clear();
      return jsonAnswer(200, { faults: [] });
    },
  },
  { method: 'POST', path: '/_practice/settings', handle: changeSettings },
  { method: 'POST', path: '/_practice/clock', handle: moveClock },
  { method: 'POST', path: '/_practice/revoke', handle: revoke },
  { method: 'POST', path: '/_practice/release', handle: release },
];

/** What the account holds, in numbers; for tests and for the window's developer panel. */
export function summary(context: PracticeContext): Record<string, unknown> {
  const { account, activities, clock, contacts, ids, lists, requests, settings, engine } = context;
  return {
    organization: account.organization_name,
    pace: settings.pace,
    contacts: contacts.count(),
    permissions: contacts.countByPermission(),
    lists: lists.page('active', null, 0, 1_000).map((list) => ({
      list_id: ids.format('list', list.seq),
      name: list.name,
      members: list.member_count,
    })),
    activities: activities.count(),
    queued: engine.queued,
    requests: requests.total(),
    requestsToday: requests.allRequestsOn(utcDay(clock.now())),
  };
}

function readBody(call: Call): Record<string, unknown> {
  refuseOtherOrigins(call);
  return jsonBody(call);
}

function refuseOtherOrigins(call: Call): void {
  if (call.headers.origin !== undefined) throw validationError('Not from a web page.');
}

function addFaults(call: Call, context: PracticeContext): Answer {
  const { faults } = readBody(call);
  const rules = (Array.isArray(faults) ? faults : []).map(readFault);
  if (rules.length === 0) throw validationError('faults is missing');
  for (const rule of rules) {
    if ('fault' in rule) context.faults.addRequestRule(rule);
    else context.faults.addActivityRule(rule);
  }
  return jsonAnswer(200, { faults: context.faults.list() });
}

function changeSettings(call: Call, context: PracticeContext): Answer {
  Object.assign(context.settings, readSettings(readBody(call)));
  return jsonAnswer(200, context.settings);
}

function moveClock(call: Call, context: PracticeContext): Answer {
  const { milliseconds } = readBody(call);
  if (typeof milliseconds !== 'number' || !Number.isFinite(milliseconds))
    throw validationError('milliseconds is missing');
  context.clock.move(milliseconds);
  return jsonAnswer(200, { now: context.clock.now() });
}

function revoke(call: Call, context: PracticeContext): Answer {
  const { tokens } = readBody(call);
  if (tokens !== 'access' && tokens !== 'refresh' && tokens !== 'all') throw validationError('tokens is missing');
  if (tokens !== 'refresh') context.grants.revokeAccessTokens();
  if (tokens !== 'access') context.grants.revokeRefreshTokens();
  return jsonAnswer(200, {});
}

function release(call: Call, context: PracticeContext): Answer {
  const { activity_id: id } = readBody(call);
  const seq = typeof id === 'string' ? context.ids.parse('activity', id) : null;
  return jsonAnswer(200, { released: seq !== null && context.engine.release(seq) });
}
