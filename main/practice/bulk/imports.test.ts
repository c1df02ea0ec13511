import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestAccount } from '../test-support/test-account.ts';

let practice: TestAccount;
let list: string;
beforeAll(async () => {
  practice = await TestAccount.start();
});
afterAll(() => practice.stop());

let number = 0;
const newList = async () => {
  number += 1;
  list = await practice.list(`List ${number}`);
  return list;
};
const importCsv = async (csv: string, lists = [list]) => {
  const posted = await practice.importFile(csv, lists);
  expect(posted.status).toBe(201);
  return (await practice.activity(posted.body.activity_id)).body;
};
const importRows = async (rows: unknown[], lists = [list]) => {
  const posted = await practice.api('POST', '/activities/contacts_json_import', { import_data: rows, list_ids: lists });
  expect(posted.status).toBe(201);
  return (await practice.activity(posted.body.activity_id)).body;
};
const everything = 'custom_fields,list_memberships,phone_numbers,street_addresses';
const person = async (address: string) =>
  (await practice.api('GET', `/contacts?status=all&email=${encodeURIComponent(address)}&include=${everything}`)).body
    .contacts[0];
const members = async (id = list) =>
  (await practice.api('GET', `/contact_lists/${id}?include_membership_count=all`)).body.membership_count;
const field = async (label: string, type = 'string') =>
  (await practice.api('POST', '/contact_custom_fields', { label, type })).body;

describe('permission', () => {
  it('of opted-out people stays, they are not added, their fields are updated, and they are counted', async () => {
    await newList();
    const [out] = (await practice.api('GET', '/contacts?status=unsubscribed&limit=1')).body.contacts;
    const { address } = out.email_address;
    const done = await importCsv(`email,first_name\n${address.toUpperCase()},Changed\nother.one@example.com,O\n`);
    expect(done.status).toEqual({
      items_total_count: 3,
      person_count: 2,
      error_count: 0,
      correctable_count: 0,
      cannot_add_to_list_count: 1,
    });
    const after = await person(address);
    expect(after).toMatchObject({
      first_name: 'Changed',
      email_address: { address, permission_to_send: 'unsubscribed' },
    });
    expect(after.email_address.opt_out_source).toBe('Contact');
    expect(after.list_memberships).not.toContain(list);
    expect(await members()).toBe(1);
  });

  it('of a deleted person comes back as it was', async () => {
    await newList();
    const [out] = (await practice.api('GET', '/contacts?status=unsubscribed&limit=1')).body.contacts;
    await practice.api('DELETE', `/contacts/${out.contact_id}`);
    const deleted = await person(out.email_address.address);
    expect(deleted.deleted_at).toBeTruthy();
    expect(deleted.list_memberships).toEqual([]);
    await importCsv(`email\n${out.email_address.address}\n`);
    const back = await person(out.email_address.address);
    expect(back.deleted_at).toBeUndefined();
    expect(back.email_address.permission_to_send).toBe('unsubscribed');
    expect(await members()).toBe(0);
  });

  it('of new people is implicit, by the account; of known ones it stays', async () => {
    await newList();
    const [known] = (await practice.api('GET', '/contacts?limit=1')).body.contacts;
    expect(known.email_address.permission_to_send).toBe('explicit');
    await importRows([{ email: known.email_address.address }, { email: 'fresh@example.com' }]);
    expect((await person(known.email_address.address)).email_address.permission_to_send).toBe('explicit');
    expect((await person('fresh@example.com')).email_address).toMatchObject({
      permission_to_send: 'implicit',
      opt_in_source: 'Account',
    });
  });
});

describe('rows', () => {
  it('of one address are one person: the last wins, blanks erase nothing, the first spelling stays', async () => {
    await newList();
    await importCsv('email,first_name,last_name\nTwice@Example.com,First,Last\n twice@example.com ,Second,\n');
    expect(await person('twice@example.com')).toMatchObject({
      first_name: 'Second',
      last_name: 'Last',
      email_address: { address: 'Twice@Example.com' },
    });
    await importRows([{ email: 'twice@example.com', first_name: '', last_name: null, job_title: 'Boss' }]);
    expect(await person('twice@example.com')).toMatchObject({
      first_name: 'Second',
      last_name: 'Last',
      job_title: 'Boss',
    });
    expect(await members()).toBe(1);
  });

  it('carry custom fields, addresses and phones', async () => {
    await newList();
    const made = await field('Customer ID');
    expect(made.name).toBe('customer_id');
    await importCsv(
      `email,phone,street,street2,city,zip,country,cf:customer_id,anniversary,birthday_month,birthday_day\n` +
        'rich@example.com,555-1,1 Main,Floor 2,Town,02451,US,C-7,2020-02-29,2,29\n',
    );
    expect(await person('rich@example.com')).toMatchObject({
      custom_fields: [{ custom_field_id: made.custom_field_id, value: 'C-7' }],
      phone_numbers: [{ phone_number: '555-1', kind: 'other' }],
      street_addresses: [{ kind: 'home', street: '1 Main Floor 2', city: 'Town', postal_code: '02451', country: 'US' }],
      anniversary: '2020-02-29',
      birthday_month: 2,
      birthday_day: 29,
    });
    await importRows([
      {
        email: 'rich@example.com',
        mobile_phone: '555-2',
        work_city: 'Ville',
        'home country': 'FR',
        'cf:customer_id': 8,
        custom_fields: [{ custom_field_id: made.custom_field_id, value: 'dropped' }],
        no_such_key: 'dropped',
      },
    ]);
    expect(await person('rich@example.com')).toMatchObject({
      custom_fields: [{ value: '8' }],
      phone_numbers: [{ kind: 'other' }, { kind: 'mobile', phone_number: '555-2' }],
      street_addresses: [
        { kind: 'home', city: 'Town', country: 'FR' },
        { kind: 'work', city: 'Ville' },
      ],
    });
  });

  it('that cannot be taken are counted and told of by line', async () => {
    await newList();
    await field('Score', 'number');
    const long = 'x'.repeat(51);
    const csv = [
      'email,first_name,anniversary,birthday_month,birthday_day,cf:score',
      'good@example.com,A,,,,1.5',
      'bad address@example.com,B,,,,',
      ',Nobody,,,,',
      `toolong@example.com,${long},,,,`,
      'date@example.com,D,2021-02-29,,,',
      'half@example.com,H,,3,,',
      'score@example.com,S,,,,many',
      `${'a'.repeat(70)}@example.com,Z,,,,`,
    ].join('\r\n');
    const done = await importCsv(csv);
    expect(done.state).toBe('completed');
    expect(done.status).toMatchObject({ items_total_count: 9, person_count: 8, error_count: 2, correctable_count: 5 });
    expect(done.activity_errors.map((text: string) => text.slice(0, 6))).toEqual(
      [3, 4, 5, 6, 7, 8, 9].map((line) => `Line ${line}`),
    );
    expect(await members()).toBe(1);
  });

  it('are held to 50 custom fields a contact', async () => {
    await newList();
    const labels = Array.from({ length: 51 }, (_, index) => `Wide ${index}`);
    for (const label of labels) await field(label);
    const row = (count: number) =>
      Object.fromEntries(labels.slice(0, count).map((_, index) => [`cf:wide_${index}`, 'v']));
    const done = await importRows([
      { email: 'fifty@example.com', ...row(50) },
      { email: 'fiftyone@example.com', ...row(51) },
    ]);
    expect(done.status.error_count).toBe(1);
    expect((await person('fifty@example.com')).custom_fields).toHaveLength(50);
    const over = await importRows([{ email: 'fifty@example.com', 'cf:wide_50': 'one more' }]);
    expect(over.status.error_count).toBe(1);
  });

  it('with a number and no address are people too', async () => {
    await newList();
    await importRows([{ sms_number: '+15555550100', first_name: 'Text' }]);
    await importRows([{ sms_number: '+15555550100', first_name: 'Texter' }]);
    expect(await members()).toBe(1);
  });

  it('go on several lists at once, and onto none they are on already twice', async () => {
    const lists = [await newList(), await newList()];
    await importCsv('email\nboth@example.com\n', lists);
    await importCsv('email\nboth@example.com\n', lists);
    expect(await Promise.all(lists.map(members))).toEqual([1, 1]);
  });
});

describe('caps', () => {
  const rows = (count: number, width = 0) =>
    Array.from({ length: count }, (_, index) => `cap${index}@example.com,${'y'.repeat(width)}`);

  it('drop what is over 40,000 lines without a word', async () => {
    await newList();
    const done = await importCsv(`email,first_name\n${rows(40_010).join('\n')}\n`);
    expect(done.status).toMatchObject({ items_total_count: 40_000, person_count: 39_999 });
    expect(await members()).toBe(39_999);
  });

  it('drop what is over 4 MB, from the line that no longer fits', async () => {
    await newList();
    const lines = Array.from({ length: 20_000 }, (_, index) => {
      const first = `wide${String(index).padStart(6, '0')}@example.com`;
      return `${first},${'z'.repeat(49)},${'q'.repeat(200)}`;
    });
    const head = 'email,first_name,street\n';
    const fitting = Math.floor((4_000_000 - head.length) / ((lines[0]?.length ?? 0) + 1));
    const done = await importCsv(`${head}${lines.join('\n')}\n`);
    expect(done.status.items_total_count).toBe(fitting + 1);
    expect(await members()).toBe(fitting);
  });

  it('drop the same of JSON', async () => {
    await newList();
    const data = Array.from({ length: 30_000 }, (_, index) => ({
      email: `j${index}@example.com`,
      street: 's'.repeat(150),
    }));
    const done = await importRows(data);
    expect(done.status.person_count).toBeLessThan(30_000);
    expect(done.status.person_count).toBeGreaterThan(20_000);
    expect(await members()).toBe(done.status.person_count);
  });

  it('refuse with 400 in strict mode', async () => {
    await newList();
    await practice.bench('settings', { strict: true });
    const csv = await practice.importFile(`email\n${rows(40_000).join('\n')}\n`, [list]);
    expect([csv.status, csv.body[0].error_key]).toEqual([400, 'contacts.api.validation.error']);
    await practice.bench('settings', { strict: false });
  });
});

describe('requests that are refused', () => {
  it.each([
    ['a file that is no .csv', 415, () => practice.importFile('email\na@example.com', [list], 'people.txt')],
    ['no such list', 404, () => practice.importFile('email\na@example.com', ['06526938-56dd-11e9-932a-fa163ea075fa'])],
    ['no list at all', 400, () => practice.importFile('email\na@example.com', [])],
    ['a list id that is none', 400, () => practice.importFile('email\na@example.com', ['x'])],
    ['51 lists', 400, () => practice.importFile('email\na@example.com', Array(51).fill(list))],
    ['no address column', 400, () => practice.importFile('name\nAda', [list])],
    ['an empty file', 400, () => practice.importFile('', [list])],
    ['a JSON body to the file route', 415, () => practice.api('POST', '/activities/contacts_file_import', { a: 1 })],
    [
      'no rows',
      400,
      () => practice.api('POST', '/activities/contacts_json_import', { import_data: [], list_ids: [list] }),
    ],
    ['no data', 400, () => practice.api('POST', '/activities/contacts_json_import', { list_ids: [list] })],
  ])('%s: %i', async (_what, status, request) => {
    await newList();
    const seen = await request();
    expect(seen.status).toBe(status);
    expect(seen.body).toEqual([
      { error_key: expect.stringMatching(/^contacts\.api\./), error_message: expect.any(String) },
    ]);
  });
});
