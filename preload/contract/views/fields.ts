import { z } from 'zod';
import { matchOptions } from './segments.ts';

/** A custom field of an account. */
export const customFieldView = z.strictObject({
  fieldId: z.string(),
  /** As it is matched: `cf:` and the name that the account gave it. */
  field: z.string(),
  label: z.string(),
  /** What its values have to be; null for kinds that a segment cannot fill (choices, yes or no). */
  valueType: matchOptions.shape.valueType.unwrap().nullable(),
});
export type CustomFieldView = z.infer<typeof customFieldView>;

/** The kinds of field that can be made here. */
export const newFieldType = z.enum(['text', 'date', 'number']);
export type NewFieldType = z.infer<typeof newFieldType>;
