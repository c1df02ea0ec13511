import { listNeverMailDomains } from '../../store/never-mail.ts';
import { entryId, type SetUpEntry } from '../set-up-entry.ts';
import type { SetUpPartOf } from '../set-up-parts.ts';

/** Whole domains that are never mailed. Single addresses are personal data and stay where they are. */
export const neverMailDomainsPart: SetUpPartOf<'neverMailDomains'> = {
  key: 'neverMailDomains',
  save: ({ store }) => listNeverMailDomains(store),
  entries: ({ store, neverMail }, file) => {
    const known = new Set(listNeverMailDomains(store));
    return file.neverMailDomains.map(
      (domain, index): SetUpEntry => ({
        itemId: entryId('neverMailDomains', index),
        part: 'neverMailDomains',
        name: domain,
        state: known.has(domain.toLowerCase()) ? 'same' : 'new',
        changes: [],
        needs: [],
        take: async (person) => {
          await neverMail.addText(`@${domain}`, person);
        },
      }),
    );
  },
};
