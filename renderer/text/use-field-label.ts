import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import { contactFields } from '../../preload/contract/contact-fields.ts';
import { fieldLabels } from './labels.ts';

/** Names a contact property: a standard one in the person's language, a custom one by its own name. */
export function useFieldLabel(): (field: string) => string {
  const intl = useIntl();
  return useCallback(
    (field) => {
      const known = contactFields.find((candidate) => candidate.field === field);
      return known === undefined ? field.replace(/^cf:/, '') : intl.formatMessage({ id: fieldLabels[known.field] });
    },
    [intl],
  );
}
