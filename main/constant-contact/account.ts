import { z } from 'zod';
import type { ApiClient, CallOptions } from './http-client.ts';

const summarySchema = z.looseObject({
  encoded_account_id: z.string().min(1),
  organization_name: z.string().nullish(),
  contact_email: z.string().nullish(),
  country_code: z.string().nullish(),
  time_zone_id: z.string().nullish(),
});

const privilegesSchema = z.array(z.looseObject({ privilege_name: z.string() }));

/** The account behind a connection. `accountId` never changes; a run refuses to go on under another one. */
export interface AccountSummary {
  readonly accountId: string;
  readonly organizationName: string;
  readonly contactEmail: string;
  readonly countryCode: string;
  readonly timeZone: string;
}

/** `GET /account/summary` (`constant-contact-v3.md` 8). Needs the scope `account_read`. */
export async function fetchAccountSummary(client: ApiClient, options: CallOptions = {}): Promise<AccountSummary> {
  const summary = await client.call({ ...options, method: 'GET', path: '/account/summary' }, summarySchema);
  return {
    accountId: summary.encoded_account_id,
    organizationName: summary.organization_name ?? '',
    contactEmail: summary.contact_email ?? '',
    countryCode: summary.country_code ?? '',
    timeZone: summary.time_zone_id ?? '',
  };
}

/** `GET /account/user/privileges`: the names of what the person who signed in may do. Needs no scope. */
export async function fetchPrivileges(client: ApiClient, options: CallOptions = {}): Promise<readonly string[]> {
  const privileges = await client.call(
    { ...options, method: 'GET', path: '/account/user/privileges' },
    privilegesSchema,
  );
  return privileges.map((privilege) => privilege.privilege_name);
}

/** What an export cannot do without (`constant-contact-v3.md` 2.6). A Campaign Creator has none of the contact ones. */
export const neededPrivileges = [
  'contacts:read',
  'contacts:write',
  'contacts:lists:read',
  'contacts:lists:write',
] as const;

/** Which of {@link neededPrivileges} are not among `held`. */
export function missingPrivileges(held: readonly string[]): readonly string[] {
  return neededPrivileges.filter((needed) => !held.includes(needed));
}
