import { z } from 'zod';
import { formatChoice, languageChoice, settingsView, snapshotView, themeChoice } from '../views.ts';
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
  /**
   * Where the window is, for a page that takes the place of a lost one, and whether something in it is not saved. Kept in
   * memory until the window closes.
   */
  'app.keepPlace': {
    input: z.strictObject({ unsaved: z.boolean(), place: z.string().max(4_000_000).nullable() }),
    output: nothing,
  },
  /** What was kept of the page before this one, and whether that one crashed. */
  'app.takePlace': {
    input: nothing,
    output: z.strictObject({ place: z.string().nullable(), crashed: z.boolean() }),
  },
  /** The person's answer to `ask-to-leave`: whether the window may close. */
  'app.answerLeave': { input: z.strictObject({ leave: z.boolean() }), output: nothing },
  /** What went wrong in the page, for the log: kind of error and places in our code, never its words. */
  'app.noteFailure': {
    input: z.strictObject({
      kind: z.enum(['screen', 'error', 'rejection']),
      name: z.string().regex(/^\w{1,60}$/),
      places: z.array(z.string().regex(/^[\w.-]{1,100}:\d{1,7}:\d{1,7}$/)).max(8),
    }),
    output: nothing,
  },
  'settings.change': {
    input: z.strictObject({
      languageChoice: languageChoice.optional(),
      themeChoice: themeChoice.optional(),
      formatChoice: formatChoice.optional(),
      notifications: z.boolean().optional(),
    }),
    output: settingsView,
  },
};
