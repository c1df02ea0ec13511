import type { Case } from '../case.ts';
import { account } from './account.ts';
import { activities } from './activities.ts';
import { contacts } from './contacts.ts';
import { fieldsAndTags } from './fields-and-tags.ts';
import { imports } from './imports.ts';
import { lists } from './lists.ts';
import { optOuts } from './opt-outs.ts';
import { plumbing } from './plumbing.ts';

/** The documented facts, which hold anywhere. Those that wait for activities come last: the others fill the time. */
export const documentedCases: readonly Case[] = [
  ...account,
  ...lists,
  ...fieldsAndTags,
  ...contacts,
  ...plumbing,
  ...imports,
  ...optOuts,
  ...activities,
];
