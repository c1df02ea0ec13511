import { z } from 'zod';
import { languageChoice, settingsView, snapshotView, themeChoice } from '../views.ts';
import { id, nothing } from './common.ts';

export const appCalls = {
  'app.getSnapshot': { input: nothing, output: snapshotView },
  /** Opens one of the app's own fixed pages in the system browser. */
  'app.openPage': {
    input: z.strictObject({
      page: z.enum(['constant-contact-portal', 'practice-account', 'constant-contact-list']),
      listId: id.optional(),
    }),
    output: nothing,
  },
  'settings.change': {
    input: z.strictObject({ languageChoice: languageChoice.optional(), themeChoice: themeChoice.optional() }),
    output: settingsView,
  },
};
