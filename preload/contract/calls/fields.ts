import { z } from 'zod';
import { customFieldView, newFieldType } from '../views.ts';
import { id } from './common.ts';

export const fieldsCalls = {
  /** The account's custom fields by label, from the account itself. */
  'fields.list': { input: z.strictObject({ connectionId: id }), output: z.array(customFieldView) },
  /** Makes a custom field in the account, at once. */
  'fields.create': {
    input: z.strictObject({
      connectionId: id,
      label: z.string().trim().min(1).max(50),
      type: newFieldType,
    }),
    output: customFieldView,
  },
};
