import type { ProfileView } from '../../preload/contract/views.ts';
import type { EditedField } from './export-draft.ts';

/** Whether a row's column is read as dates. */
export const isDateRow = ({ field, options }: EditedField): boolean =>
  field === 'birthday' ||
  field === 'anniversary' ||
  options?.valueType === 'date' ||
  options?.valueType === 'older-date';

/** Whether dates are matched whose order the column does not tell and nobody has chosen. */
export function hasOpenDateOrder(fields: readonly EditedField[], profile: ProfileView | undefined): boolean {
  return fields.some((row) => {
    if (!isDateRow(row) || row.columnIndex === null || row.options?.dateOrder !== undefined) return false;
    const dates = profile?.columns[row.columnIndex]?.dates;
    return (
      dates !== null && dates !== undefined && (dates.order ?? dates.provedBefore ?? null) === null && !dates.needless
    );
  });
}
