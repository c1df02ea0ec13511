import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import { contactFields, isSplitField } from '../../preload/contract/contact-fields.ts';
import { useCustomLabel } from '../stores/custom-fields-store.ts';
import { fieldLabels, splitFieldLabels } from './labels.ts';

/** Names what a column can be matched to: in the person's language, a custom field by its label in the account. */
export function useFieldLabel(): (field: string) => string {
  const intl = useIntl();
  const customLabel = useCustomLabel();
  return useCallback(
    (field) => {
      const known = contactFields.find((candidate) => candidate.field === field);
      if (known !== undefined) return intl.formatMessage({ id: fieldLabels[known.field] });
      if (isSplitField(field)) return intl.formatMessage({ id: splitFieldLabels[field] });
      return customLabel(field) ?? field.replace(/^cf:/, '');
    },
    [intl, customLabel],
  );
}
