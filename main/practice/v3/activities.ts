import { createReadStream, existsSync } from 'node:fs';
import { exportFile } from '../bulk/export-job.ts';
import { isoSeconds } from '../clock.ts';
import { type Answer, jsonAnswer } from '../http/answer.ts';
import { notFound } from '../http/api-error.ts';
import { type Call, param } from '../http/call.ts';
import { nextLink, readPage, readWord } from '../http/paging.ts';
import type { Route } from '../http/router.ts';
import type { PracticeContext } from '../practice-context.ts';
import { type ActivityRow, activityStates } from '../state/activity-store.ts';

const most = 500;
/** `state` knows no `initialized` (constant-contact-v3.md 6.1). */
const askedStates = activityStates.filter((state) => state !== 'initialized');

const guarded = { scope: 'contact_data', privilege: 'contacts:write' } as const;

/** `/activities` and the download of finished exports. */
export const activityRoutes: Route[] = [
  { ...guarded, method: 'GET', path: '/v3/activities', handle: list },
  { ...guarded, method: 'GET', path: '/v3/activities/:activity_id', handle: one },
  {
    ...guarded,
    privilege: 'contacts:read',
    method: 'GET',
    path: '/v3/contact_exports/:file_export_id',
    handle: download,
  },
];

/** An activity as the API shows it. */
export function activityBody(row: ActivityRow, context: PracticeContext): Record<string, unknown> {
  const id = context.ids.format('activity', row.seq);
  const isDone = row.kind === 'contact_export' && row.state === 'completed';
  const results = { href: `/v3/contact_exports/${context.ids.format('export', row.seq)}` };
  return {
    activity_id: id,
    state: row.state,
    ...(row.started_at === null ? {} : { started_at: isoSeconds(row.started_at) }),
    ...(row.completed_at === null ? {} : { completed_at: isoSeconds(row.completed_at) }),
    created_at: isoSeconds(row.created_at),
    updated_at: isoSeconds(row.updated_at),
    ...(row.source_file_name === null ? {} : { source_file_name: row.source_file_name }),
    percent_done: row.percent_done,
    activity_errors: JSON.parse(row.errors) as string[],
    ...(row.progress === '{}' ? {} : { status: JSON.parse(row.progress) as unknown }),
    _links: { self: { href: `/v3/activities/${id}` }, ...(isDone ? { results } : {}) },
  };
}

/** What the POST that made an activity is answered with. */
export function createdActivity(row: ActivityRow, context: PracticeContext): Answer {
  return jsonAnswer(201, activityBody(row, context));
}

function list(call: Call, context: PracticeContext): Answer {
  const { limit, after } = readPage(call, context.ids, 'activity', most);
  const rows = context.activities.page(readWord(call, 'state', askedStates), after, limit + 1, call.now);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const next = last === undefined ? null : context.ids.format('activity', last.seq);
  return jsonAnswer(200, {
    activities: shown.map((row) => activityBody(row, context)),
    ...nextLink(call, limit, next),
  });
}

function one(call: Call, context: PracticeContext): Answer {
  const seq = context.ids.parse('activity', param(call, 'activity_id'));
  const row = seq === null ? undefined : context.activities.get(seq, call.now);
  if (row === undefined) throw notFound('activity_id is in an invalid format.');
  return jsonAnswer(200, activityBody(row, context));
}

function download(call: Call, context: PracticeContext): Answer {
  const seq = context.ids.parse('export', param(call, 'file_export_id'));
  const row = seq === null ? undefined : context.activities.get(seq, call.now);
  if (row === undefined || row.kind !== 'contact_export' || row.state !== 'completed') {
    throw notFound('file_export_id is in an invalid format.');
  }
  const file = exportFile(context, row.seq);
  if (!existsSync(file)) throw notFound('The export file is gone.');
  return { status: 200, headers: { 'content-type': 'text/csv' }, body: createReadStream(file) };
}
