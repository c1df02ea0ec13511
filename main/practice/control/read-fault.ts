import { z } from 'zod';
import { validationError } from '../http/api-error.ts';
import type { PracticeSettings } from '../settings.ts';
import type { ActivityRule, RequestRule } from './fault-box.ts';

const count = z.number().int().min(1);

const requestFault = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('status'),
    status: z.number().int().min(200).max(599),
    body: z.unknown().optional(),
    contentType: z.string().exactOptional(),
  }),
  z.strictObject({ kind: z.literal('drop'), when: z.enum(['before', 'after']) }),
  z.strictObject({ kind: z.literal('slow'), milliseconds: z.number().int().min(0).max(600_000) }),
  z.strictObject({ kind: z.literal('truncate'), bytes: z.number().int().min(0) }),
  z.strictObject({ kind: z.literal('html'), status: z.number().int().min(200).max(599) }),
  z.strictObject({ kind: z.enum(['throttled', 'quota', 'queue-full', 'unauthorized']) }),
]);

const requestRule = z.strictObject({
  method: z.string().default('*'),
  path: z.string(),
  nth: count.default(1),
  times: count.default(1),
  fault: requestFault,
});

const activityRule = z.strictObject({
  activity: z
    .enum([
      'file_import',
      'json_import',
      'add_memberships',
      'remove_memberships',
      'contact_delete',
      'list_delete',
      'taggings_add',
      'taggings_remove',
      'tags_delete',
      'custom_fields_delete',
      'contact_export',
    ])
    .nullable()
    .default(null),
  nth: count.default(1),
  times: count.default(1),
  plan: z.strictObject({
    outcome: z.enum(['failed', 'timed_out', 'cancelled', 'stuck', 'late']),
    atPercent: z.number().min(0).max(100).default(50),
  }),
});

const settings = z
  .strictObject({
    pace: z.enum(['real', 'full-speed']),
    strict: z.boolean(),
    addressLimit: z.number().int().min(1),
    accessTokenSeconds: z.number().int().min(1),
    refreshGraceSeconds: z.number().int().min(0),
    refreshTokens: z.enum(['rotating', 'long-lived']),
    requestsPerSecond: count,
    requestsPerDay: count,
    queuedActivities: count,
    rowsPerSecond: count,
    initializedFor: z.number().int().min(0),
    parallelActivities: count,
    clientIds: z.array(z.string()).nullable(),
    redirectUris: z.array(z.string()),
  })
  .partial();

/** One fault as it is posted to the test bench. */
export function readFault(value: unknown): RequestRule | ActivityRule {
  const isRequest = typeof value === 'object' && value !== null && 'fault' in value;
  return isRequest ? parse(requestRule, value) : parse(activityRule, value);
}

/** The settings named in a body. */
export function readSettings(value: unknown): Partial<PracticeSettings> {
  const named = parse(settings, value);
  return Object.fromEntries(Object.entries(named).filter(([, setting]) => setting !== undefined));
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (!result.success) throw validationError(z.prettifyError(result.error));
  return result.data;
}
