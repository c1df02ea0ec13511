import { z } from 'zod';
import { id } from './common.ts';

export const role = z.enum(['administrator', 'contributor', 'viewer']);
export type Role = z.infer<typeof role>;
export const personView = z.strictObject({ personId: id, displayName: z.string(), role });
export type PersonView = z.infer<typeof personView>;
