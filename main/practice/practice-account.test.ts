import { afterEach, describe, expect, it } from 'vitest';
import { TestAccount } from './test-support/test-account.ts';

let practice: TestAccount;
afterEach(() => practice.stop());

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe('the way of an export', () => {
  it('signs in, makes a list, imports a file, tells of it and shows the people', async () => {
    practice = await TestAccount.start();
    const list = await practice.list('Spring');
    const csv = 'email,first_name,last_name\r\nAda@Example.com,Ada,Lovelace\r\nbob@example.com,"Bob ""B""",\r\n';
    const posted = await practice.importFile(csv, [list], 'segue-1-1-abc.csv');
    expect(posted.status).toBe(201);
    expect(posted.body).toMatchObject({
      activity_id: expect.stringMatching(uuid),
      state: 'initialized',
      percent_done: 0,
      activity_errors: [],
      source_file_name: 'segue-1-1-abc.csv',
      status: {
        items_total_count: 3,
        person_count: 2,
        error_count: 0,
        correctable_count: 0,
        cannot_add_to_list_count: 0,
      },
    });
    expect(posted.body._links.self.href).toBe(`/v3/activities/${posted.body.activity_id}`);

    const done = await practice.activity(posted.body.activity_id);
    expect(done.body).toMatchObject({ state: 'completed', percent_done: 100, source_file_name: 'segue-1-1-abc.csv' });

    const people = await practice.api('GET', `/contacts?lists=${list}&include=list_memberships&include_count=true`);
    expect(people.body.contacts_count).toBe(2);
    expect(people.body._links).toBeUndefined();
    expect(people.body.contacts[0]).toMatchObject({
      first_name: 'Ada',
      last_name: 'Lovelace',
      list_memberships: [list],
      create_source: 'Account',
      email_address: { address: 'Ada@Example.com', permission_to_send: 'implicit', opt_in_source: 'Account' },
    });
    expect(people.body.contacts[1]).toMatchObject({
      first_name: 'Bob "B"',
      email_address: { address: 'bob@example.com' },
    });
  });

  it('keeps everything over a restart, and ends an import that was cut off', async () => {
    practice = await TestAccount.start();
    const list = await practice.list('Long');
    const rows = Array.from({ length: 12_000 }, (_, index) => `person${index}@example.com,P${index}`);
    const posted = await practice.importFile(`email,first_name\n${rows.join('\n')}`, [list]);
    await practice.restart();
    const done = await practice.activity(posted.body.activity_id);
    expect(done.body).toMatchObject({ state: 'completed', status: { items_total_count: 12_001, error_count: 0 } });
    const counted = await practice.api('GET', `/contact_lists/${list}?include_membership_count=all`);
    expect(counted.body.membership_count).toBe(12_000);
    await practice.restart();
    const found = await practice.api('GET', '/contacts?email=PERSON11999@example.com');
    expect(found.body.contacts).toMatchObject([{ first_name: 'P11999' }]);
  });

  it('takes 100,000 people in and loses none', async () => {
    practice = await TestAccount.start({ seed: false });
    const list = await practice.list('Many');
    const perFile = 20_000;
    for (let file = 0; file < 5; file += 1) {
      const rows = Array.from({ length: perFile }, (_, index) => {
        const number = file * perFile + index;
        return `person.${(number * 7919) % 100_003}@example.com,First ${number},Last`;
      });
      const posted = await practice.importFile(`email,first_name,last_name\r\n${rows.join('\r\n')}\r\n`, [list]);
      expect(posted.body.status.items_total_count).toBe(perFile + 1);
    }
    const { activities } = (await practice.api('GET', '/activities?limit=5')).body;
    for (const { activity_id } of activities)
      expect((await practice.activity(activity_id)).body.state).toBe('completed');
    const summary = (await practice.fetch('/_practice/summary')).body;
    expect(summary).toMatchObject({ contacts: 100_000, lists: [{ name: 'Many', members: 100_000 }], activities: 5 });
  });
});
