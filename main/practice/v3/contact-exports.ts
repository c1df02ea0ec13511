import { isExportField } from '../bulk/export-columns.ts';
import { type ExportInput, includesDeleted } from '../bulk/export-job.ts';
import { countPeople } from '../bulk/people-source.ts';
import type { Answer } from '../http/answer.ts';
import { validationError } from '../http/api-error.ts';
import { type Call, jsonBody } from '../http/call.ts';
import type { Route } from '../http/router.ts';
import type { PracticeContext } from '../practice-context.ts';
import { isPermission } from '../state/contact-details.ts';
import { createdActivity } from './activities.ts';
import { limits, readExcluded, readSource } from './bulk-changes.ts';

/** `POST /activities/contact_exports` (constant-contact-v3.md 6.5). Without a source it means everybody. */
export const exportRoutes: Route[] = [
  {
    method: 'POST',
    path: '/v3/activities/contact_exports',
    scope: 'contact_data',
    privilege: 'contacts:read',
    handle: (call: Call, context: PracticeContext): Answer => {
      const values = jsonBody(call);
      const source = readSource(values, context) ?? { kind: 'everybody' as const };
      const excluded = readExcluded(values, limits.excluded, context);
      const [fields, status] = [readFields(values.fields), readStatus(values.status)];
      const people = countPeople(context, source, excluded, includesDeleted(status));
      const input: ExportInput = { source, excluded, people, fields, status };
      const counters = { items_total_count: people, items_completed_count: 0 };
      return createdActivity(context.engine.submit({ kind: 'contact_export', input, counters }), context);
    },
  },
];

function readFields(value: unknown): string[] | null {
  if (value === undefined || value === null) return null;
  if (!Array.isArray(value) || !value.every((name) => typeof name === 'string' && isExportField(name))) {
    throw validationError('fields does not have a valid value');
  }
  return value as string[];
}

function readStatus(value: unknown): ExportInput['status'] {
  if (value === undefined || value === null) return [];
  const words = typeof value === 'string' ? value.split(',') : [];
  return words.map((word) => {
    if (word === 'all' || word === 'active' || word === 'deleted' || isPermission(word)) return word;
    throw validationError('status does not have a valid value');
  });
}
