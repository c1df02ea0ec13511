import { isoSeconds } from '../clock.ts';
import { jsonAnswer } from '../http/answer.ts';
import { validationError } from '../http/api-error.ts';
import type { Privilege, Route } from '../http/router.ts';
import type { PracticeRole } from '../settings.ts';

const everyPrivilege: readonly Privilege[] = [
  'contacts:read',
  'contacts:write',
  'contacts:lists:read',
  'contacts:lists:write',
];

const campaignPrivileges = ['campaigns:read', 'campaigns:write', 'account:read'];

/** What a person may do; a Campaign Creator cannot touch contacts (constant-contact-v3.md 2.6). */
export function privilegesOf(role: PracticeRole): string[] {
  return role === 'campaign-creator' ? campaignPrivileges : [...everyPrivilege, ...campaignPrivileges];
}

/** `/account`. Ids of privileges are made up: the documents name none. */
export const accountRoutes: Route[] = [
  {
    method: 'GET',
    path: '/v3/account/summary',
    scope: 'account_read',
    handle: (call, { account }) => {
      const extra = (call.query.get('extra_fields') ?? '').split(',').filter((name) => name !== '');
      if (extra.some((name) => name !== 'physical_address' && name !== 'company_logo')) {
        throw validationError('extra_fields does not have a valid value');
      }
      const physical_address = { address_line1: '12 Sample Street', city: 'Sampleton', country_code: 'US' };
      return jsonAnswer(200, {
        contact_email: account.contact_email,
        contact_phone: '5555550100',
        country_code: 'US',
        encoded_account_id: `pr${account.node}`,
        first_name: account.first_name,
        last_name: account.last_name,
        organization_name: account.organization_name,
        organization_phone: '5555550100',
        state_code: 'MA',
        time_zone_id: 'US/Eastern',
        website: 'https://www.example.com',
        ...(extra.includes('physical_address') ? { physical_address } : {}),
        ...(extra.includes('company_logo') ? { company_logo: {} } : {}),
      });
    },
  },
  {
    method: 'GET',
    path: '/v3/account/user/privileges',
    handle: (call) => {
      const names = privilegesOf(call.caller?.role ?? 'campaign-creator');
      return jsonAnswer(
        200,
        names.map((privilege_name, index) => ({ privilege_id: 600 + index, privilege_name })),
      );
    },
  },
  {
    method: 'GET',
    path: '/v3/account/emails',
    scope: 'account_read',
    handle: (_call, { account }) =>
      jsonAnswer(200, [
        {
          email_address: account.contact_email,
          email_id: 1,
          confirm_status: 'CONFIRMED',
          confirm_time: isoSeconds(account.created_at),
          confirm_source_type: 'SITE_OWNER',
          roles: ['CONTACT'],
          pending_roles: [],
        },
      ]),
  },
];
