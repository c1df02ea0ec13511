import { z } from 'zod';
import { id } from '../views/common.ts';

export { id };
export const nothing = z.strictObject({});
/** Paths are proposals: main looks at each file itself. */
export const paths = z.array(z.string().min(1).max(4_096)).min(1).max(100);
