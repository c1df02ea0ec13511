import { type Case, documented } from '../case.ts';
import { at, hold, list, object, status, text } from '../check.ts';

/** The account endpoints (8). */
export const account: Case[] = [
  documented('8', 'GET /account/summary names the account: organization_name, encoded_account_id', async ({ api }) => {
    const answer = await api.get('/account/summary');
    status(answer, 200);
    object(answer.body);
    text(answer.body, 'organization_name');
    text(answer.body, 'encoded_account_id');
  }),
  documented('8', 'the account keeps its encoded_account_id from one answer to the next', async ({ api }) => {
    const [first, second] = [await api.get('/account/summary'), await api.get('/account/summary')];
    const id = text(first.body, 'encoded_account_id');
    hold(id === text(second.body, 'encoded_account_id'), 'encoded_account_id has changed');
  }),
  documented('8', 'GET /account/user/privileges is a list of {privilege_id, privilege_name}', async ({ api }) => {
    const answer = await api.get('/account/user/privileges');
    status(answer, 200);
    const privileges = list(answer.body);
    hold(privileges.length > 0, 'There are no privileges');
    for (const privilege of privileges) {
      text(privilege, 'privilege_name');
      hold(at(privilege, 'privilege_id') !== undefined, 'privilege_id is missing');
    }
  }),
  documented('2.6', 'who may change contacts and lists has the privileges that say so', async ({ api }) => {
    const names = list((await api.get('/account/user/privileges')).body).map((each) => at(each, 'privilege_name'));
    for (const name of ['contacts:read', 'contacts:write', 'contacts:lists:read', 'contacts:lists:write']) {
      hold(names.includes(name), `${name} is missing`);
    }
  }),
];
