import { useIntl } from 'react-intl';
import { useMirror } from '../stores/mirror-store.ts';

/** The administrators' names, as in “ask A, B or C”. */
export function useAdministrators(): string {
  const names = useMirror((mirror) => mirror.person.administrators);
  return useIntl().formatList(names, { type: 'disjunction' });
}
