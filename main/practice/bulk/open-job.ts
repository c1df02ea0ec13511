import type { PracticeContext } from '../practice-context.ts';
import type { ActivityRow } from '../state/activity-store.ts';
import { ExportJob } from './export-job.ts';
import { ImportJob } from './import-job.ts';
import type { Job } from './job.ts';
import { PeopleJob } from './people-job.ts';
import { RemovalJob } from './removal-job.ts';

/** The work of a stored activity, at the place it had reached. */
export function openJob(row: ActivityRow, context: PracticeContext): Job {
  switch (row.kind) {
    case 'file_import':
    case 'json_import':
      return new ImportJob(row, context.activities.body(row.seq) ?? Buffer.alloc(0), context);
    case 'contact_export':
      return new ExportJob(row, context);
    case 'list_delete':
    case 'tags_delete':
    case 'custom_fields_delete':
      return new RemovalJob(row, context);
    default:
      return new PeopleJob(row, context);
  }
}
