import type {
  ExportScheduleChange,
  ExportScheduleView,
  Recurrence,
  SchedulesView,
} from '../../../../preload/contract/views.ts';
import { isComplete } from '../../../components/schedule/recurrence-fields.tsx';

/** What the dialog holds while a schedule is being chosen. */
export interface ScheduleChoice {
  readonly follows: ExportScheduleView['follows'];
  readonly on: boolean;
  readonly recurrence: Recurrence;
}

/** What a dialog about one export begins with: as it is, with a schedule of its own proposed where it never had one. */
export function choiceOf(schedule: ExportScheduleView | undefined, { systemRefresh }: SchedulesView): ScheduleChoice {
  return {
    follows: schedule?.follows ?? 'system',
    on: schedule?.own?.on ?? true,
    recurrence: schedule?.own?.recurrence ?? systemRefresh.recurrence,
  };
}

/** The choice as main takes it; null while it is not complete. */
export function changeOf({ follows, on, recurrence }: ScheduleChoice): ExportScheduleChange | null {
  if (follows !== 'own') return { follows };
  return isComplete(recurrence) ? { follows, on, recurrence } : null;
}
