import type { Passing, Reply, Twist } from './twisting-proxy.ts';

export interface PlantedFault {
  readonly what: string;
  readonly twist: () => Twist;
  /** The facts that must not hold any more. */
  readonly facts: RegExp;
}

type After = (passing: Passing, reply: Reply) => void;

const fault = (what: string, facts: RegExp, after: After): PlantedFault => ({ what, facts, twist: () => ({ after }) });
const early = (what: string, facts: RegExp, before: NonNullable<Twist['before']>): PlantedFault => ({
  what,
  facts,
  twist: () => ({ before }),
});

const is = (passing: Passing, method: string, path: RegExp) => passing.method === method && path.test(passing.path);
const isImport = /^\/activities\/contacts_(file|json)_import$/;
const oneActivity = /^\/activities\/[0-9a-f-]{36}$/;
const oneContact = /^\/contacts\/[0-9a-f-]{36}$/;
const oneList = /^\/contact_lists\/[0-9a-f-]{36}$/;
const taken = (json: unknown): Reply => ({
  status: 201,
  headers: { 'content-type': 'application/json' },
  json,
  text: '',
});
const anId = '06526938-56dd-11e9-932a-fa163ea075fa';

/** Turns a status into another one. */
const instead = (what: string, facts: RegExp, method: string, path: RegExp, from: number, to: number) =>
  fault(what, facts, (passing, reply) => {
    if (is(passing, method, path) && reply.status === from) reply.status = to;
  });

/** Changes people as they are shown. */
const shownPeople = (what: string, facts: RegExp, change: (person: Reply['json'], passing: Passing) => void) =>
  fault(what, facts, (passing, { json }) => {
    if (!passing.path.startsWith('/contacts')) return;
    for (const person of json?.contacts ?? (json?.contact_id === undefined ? [] : [json])) change(person, passing);
  });

/** Changes the counters of finished imports. */
const importCounters = (what: string, facts: RegExp, change: (status: Reply['json']) => void) =>
  fault(what, facts, (passing, { json }) => {
    if (oneActivity.test(passing.path) && json?.status?.person_count !== undefined) change(json.status);
  });

/** Mistakes an account might make, each of which the suite must notice. */
export const faults: readonly PlantedFault[] = [
  // Statuses
  instead('200 for a new list', /^POST \/contact_lists answers 201/, 'POST', /^\/contact_lists$/, 201, 200),
  instead('200 for a deleted list', /^DELETE \/contact_lists.* 202/, 'DELETE', oneList, 202, 200),
  instead('204 for a deleted list', /^DELETE \/contact_lists.* 202/, 'DELETE', oneList, 202, 204),
  instead('200 for a new contact', /^POST \/contacts answers 201/, 'POST', /^\/contacts$/, 201, 200),
  instead('200 for a deleted contact', /^DELETE \/contacts.* 204/, 'DELETE', oneContact, 204, 200),
  instead('400 for a known address', /address is 409/, 'POST', /^\/contacts$/, 409, 400),
  instead('400 for a list of the same name', /list of the same name/, 'POST', /^\/contact_lists$/, 409, 400),
  instead('202 for an import', /_import answers 201/, 'POST', isImport, 201, 202),
  instead('200 for an export', /contact_exports answers 201/, 'POST', /contact_exports$/, 201, 200),
  instead('202 for memberships', /_list_memberships answers 201/, 'POST', /_list_memberships$/, 201, 202),
  instead('200 for a new field', /^POST \/contact_custom_fields/, 'POST', /^\/contact_custom_fields$/, 201, 200),
  instead('400 for a field of the same label', /of the same label/, 'POST', /^\/contact_custom_fields$/, 409, 400),
  instead('200 for a deleted field', /^DELETE \/contact_custom/, 'DELETE', /^\/contact_custom_fields/, 204, 200),
  instead('200 for a new tag', /^POST \/contact_tags/, 'POST', /^\/contact_tags$/, 201, 200),
  instead('200 for a deleted tag', /^DELETE \/contact_tags/, 'DELETE', /^\/contact_tags/, 202, 200),
  instead('403 for a bad token', /bad token is answered with 401/, 'GET', /./, 401, 403),
  instead('200 for a bad token', /bad token is answered/, 'GET', /./, 401, 200),
  instead('400 for an unknown list', /unknown list is 404/, 'GET', oneList, 404, 400),
  instead('400 for a file that is no .csv', /415/, 'POST', isImport, 415, 400),
  instead('500 for a bad query value', /validation error is 400/, 'GET', /./, 400, 500),
  fault('a list for the body of 401', /body of 401/, (_passing, reply) => {
    if (reply.status === 401) reply.json = [reply.json];
  }),
  fault('a bare object for validation errors', /validation error is 400/, (_passing, reply) => {
    if (reply.status === 400) reply.json = reply.json[0];
  }),

  // Lists
  early('a list of the same name is taken', /list of the same name/, (passing) => {
    const isTwice = is(passing, 'POST', /^\/contact_lists$/) && passing.body.includes(' twice"');
    return isTwice ? taken({ list_id: anId, name: 'x' }) : undefined;
  }),
  early('a list without a name is taken', /list needs a name/, (passing) =>
    is(passing, 'POST', /^\/contact_lists$/) && !passing.body.includes('"name"')
      ? taken({ list_id: anId, name: '' })
      : undefined,
  ),
  fault('membership_count although nobody asked', /membership_count is shown/, (passing, { json }) => {
    for (const each of json?.lists ?? (json?.list_id === undefined ? [] : [json])) {
      if (!passing.query.has('include_membership_count')) each.membership_count = 0;
    }
  }),
  fault('no membership_count although somebody asked', /membership_count is/, (_passing, { json }) => {
    for (const each of json?.lists ?? (json?.list_id === undefined ? [] : [json])) delete each.membership_count;
  }),
  fault('a wrong membership_count', /membership_count is the number/, (_passing, { json }) => {
    if (json?.membership_count > 0) json.membership_count += 1;
  }),
  fault('no lists_count', /lists_count/, (_passing, { json }) => {
    if (json?.lists !== undefined) delete json.lists_count;
  }),
  early('name is ignored', /name finds the list/, (passing) => {
    if (passing.path === '/contact_lists') passing.query.delete('name');
    return undefined;
  }),
  early('include_membership_count takes anything', /validation error is 400/, (passing) => {
    if (passing.query.get('include_membership_count') === 'nonsense') passing.query.delete('include_membership_count');
    return undefined;
  }),
  early('PUT of a list changes nothing', /PUT \/contact_lists/, (passing) =>
    is(passing, 'PUT', oneList) ? { ...taken({ list_id: anId }), status: 200 } : undefined,
  ),
  fault('no Location for a deleted list', /Location/, (passing, reply) => {
    if (passing.method === 'DELETE') delete reply.headers.location;
  }),
  fault('a deleted list is still there', /deleted list is gone/, (passing, reply) => {
    if (!is(passing, 'GET', oneList) || reply.status !== 404) return;
    Object.assign(reply, { status: 200, json: { list_id: anId, name: 'x' } });
  }),

  // Pages
  early('limit is ignored', /^limit holds|contacts_count is shown|holds to limit/, (passing) => {
    passing.query.delete('limit');
    return undefined;
  }),
  fault('pages that lead round in a circle', /the pages hold everything once|^limit holds/, (passing, { json }) => {
    const first = `/v3${passing.path}?limit=2${passing.query.has('lists') ? `&lists=${passing.query.get('lists')}` : ''}`;
    if (passing.query.get('limit') === '2' || passing.query.has('cursor')) json._links = { next: { href: first } };
  }),
  fault(
    'no link to the next page',
    /_links\.next\.href|next page is a path|pages hold everything/,
    (_passing, { json }) => {
      if (json?._links?.next !== undefined) delete json._links;
    },
  ),
  fault('a next page elsewhere', /path on the same host/, (_passing, { json }) => {
    const next = json?._links?.next;
    if (next !== undefined) next.href = `http://other.example${next.href}`;
  }),
  fault('a next page after the last', /one page that holds everything/, (passing, { json }) => {
    if (json?.contacts !== undefined) json._links ??= { next: { href: `/v3${passing.path}?${passing.query}&cursor=` } };
  }),
  fault('somebody is missing between two pages', /pages hold everything once/, (passing, { json }) => {
    if (passing.query.has('cursor')) json?.contacts?.shift();
  }),

  // Contacts
  early('an address can be posted twice', /^POST of a known address/, (passing) =>
    is(passing, 'POST', /^\/contacts$/) && passing.body.includes('"Twice"') ? taken({ contact_id: anId }) : undefined,
  ),
  early('a deleted address can be posted', /^POST of a deleted/, (passing) =>
    is(passing, 'POST', /^\/contacts$/) && passing.body.includes('"Back"') ? taken({ contact_id: anId }) : undefined,
  ),
  early('a contact without a source is taken', /needs a create_source/, (passing) =>
    is(passing, 'POST', /^\/contacts$/) && !passing.body.includes('create_source')
      ? taken({ contact_id: anId })
      : undefined,
  ),
  early('deleted people are shown without being asked for', /hidden unless asked for/, (passing) => {
    if (passing.path === '/contacts' && !passing.query.has('status')) passing.query.set('status', 'all');
    return undefined;
  }),
  early('deleted people are never shown', /hidden unless asked for|have deleted_at/, (passing) => {
    if (passing.path === '/contacts') passing.query.delete('status');
    return undefined;
  }),
  early('PUT keeps names that were left out', /left out null/, (passing) => {
    if (is(passing, 'PUT', oneContact))
      passing.body = passing.body.replace('"After"', '"After","last_name":"Left out"');
    return undefined;
  }),
  early('PUT empties the lists that were left out', /keeps sub-resources/, (passing) => {
    if (is(passing, 'PUT', oneContact)) passing.body = passing.body.replace('{', '{"list_memberships":[],');
    return undefined;
  }),
  early('PUT without a source is taken', /needs an update_source/, (passing) => {
    const isPut = is(passing, 'PUT', oneContact) && !passing.body.includes('update_source');
    if (isPut) passing.body = passing.body.replace('{', '{"update_source":"Account",');
    return undefined;
  }),
  early('email is ignored', /email= finds|unknown address finds nobody/, (passing) => {
    if (passing.path === '/contacts') passing.query.delete('email');
    return undefined;
  }),
  early('lists is ignored', /lists= finds|contacts_count is/, (passing) => {
    if (passing.path === '/contacts') passing.query.delete('lists');
    return undefined;
  }),
  early('the time of opting out is ignored in a search', /optout_after/, (passing) => {
    passing.query.delete('optout_after');
    return undefined;
  }),
  shownPeople('a status property', /no status property/, (person) => {
    person.status = 'active';
  }),
  shownPeople('no custom fields with include', /what include names|with names and custom fields/, (person) => {
    delete person.custom_fields;
  }),
  fault('no unsubscribed in the counts', /contacts\/counts/, (passing, { json }) => {
    if (passing.path === '/contacts/counts') delete json.unsubscribed;
  }),

  // Opt-outs and imports
  shownPeople('an import resubscribes', /leaves who opted out/, (person) => {
    if (person.first_name === 'Changed') person.email_address.permission_to_send = 'implicit';
  }),
  shownPeople('an import puts the opted out on the list', /leaves who opted out/, (person) => {
    if (person.first_name === 'Changed') person.list_memberships = { includes: true };
  }),
  shownPeople('deleting and importing again resubscribes', /was deleted and is imported/, (person) => {
    if (person.first_name === 'Back' || person.deleted_at) person.email_address.permission_to_send = 'implicit';
  }),
  shownPeople('an import makes the known implicit', /leaves the permission/, (person) => {
    if (person.first_name === 'After') person.email_address.permission_to_send = 'implicit';
  }),
  shownPeople('an import makes the new explicit', /makes new people implicit/, (person) => {
    if (/^New/.test(person.first_name)) person.email_address.permission_to_send = 'explicit';
  }),
  shownPeople('an import empties what was not sent', /only what was sent/, (person) => {
    if (person.first_name === 'After') delete person.last_name;
  }),
  shownPeople('an import that replaces lists', /adds to the lists of known people/, (person) => {
    if (person.first_name === 'After') person.list_memberships = person.list_memberships?.slice(-1);
  }),
  shownPeople('an import without custom fields', /puts new people on the list/, (person) => {
    if (person.custom_fields) person.custom_fields = [];
  }),
  early('PUT does not opt out', /opts somebody out/, (passing) => {
    passing.body = passing.body.replace('unsubscribed', 'implicit');
    return undefined;
  }),
  shownPeople('no date of opting out', /opt_out_date are shown/, (person) => {
    delete person.email_address?.opt_out_date;
  }),
  importCounters('no cannot_add_to_list_count', /cannot_add_to_list_count|every counter/, (status) => {
    delete status.cannot_add_to_list_count;
  }),
  importCounters('nobody counted as opted out', /cannot_add_to_list_count/, (status) => {
    status.cannot_add_to_list_count = 0;
  }),
  importCounters('one person too many', /counts its rows/, (status) => {
    status.person_count += 1;
  }),
  importCounters('one item too few', /counts its rows/, (status) => {
    status.items_total_count -= 2;
  }),
  importCounters('correct_count instead of correctable_count', /correctable_count|every counter/, (status) => {
    status.correct_count = status.correctable_count;
    delete status.correctable_count;
  }),
  importCounters('bad addresses counted as errors', /bad address is counted/, (status) => {
    Object.assign(status, { error_count: status.correctable_count, correctable_count: 0 });
  }),
  fault('an import with a bad row fails', /bad address is counted/, (passing, { json }) => {
    if (oneActivity.test(passing.path) && json?.status?.correctable_count > 0) json.state = 'failed';
  }),
  fault('no source_file_name', /source_file_name/, (_passing, { json }) => {
    delete json?.source_file_name;
  }),
  fault('imports that are done at once', /_import answers 201/, (passing, { json }) => {
    if (isImport.test(passing.path) && json?.state !== undefined) json.state = 'completed';
  }),
  fault('activities that never end', /a (CSV|JSON) import completes/, (passing, { json }) => {
    if (oneActivity.test(passing.path)) json.state = 'processing';
  }),
  early('an import that does nothing', /puts new people|membership_count is the number/, (passing) => {
    if (isImport.test(passing.path))
      passing.body = passing.body.replaceAll(/segue\.[0-9a-f]{8}\.file\.[123]@/g, 'no@@');
    if (isImport.test(passing.path)) passing.body = passing.body.replaceAll(/segue\.[0-9a-f]{8}\.json\.[12]@/g, 'no@@');
    return undefined;
  }),
  early('a file that is no .csv is taken', /no \.csv is refused/, (passing) => {
    passing.body = passing.body.replace('people.txt', 'people.csv');
    return undefined;
  }),
  early('an import without lists is taken', /needs list_ids/, (passing) =>
    passing.path.endsWith('contacts_json_import') && !passing.body.includes('list_ids')
      ? { ...taken({ activity_id: anId, state: 'initialized' }) }
      : undefined,
  ),

  // Other activities
  early('nobody is added', /puts people on the list and leaves/, (passing) => {
    const isAdd = passing.path.endsWith('/add_list_memberships');
    if (isAdd) passing.path = '/activities/remove_list_memberships';
    return undefined;
  }),
  early('nobody is taken off', /takes off the named people only/, (passing) => {
    const isRemove = passing.path.endsWith('/remove_list_memberships');
    if (isRemove) passing.path = '/activities/add_list_memberships';
    return undefined;
  }),
  fault('no list_count', /counts items and lists/, (_passing, { json }) => {
    delete json?.status?.list_count;
  }),
  fault('no link to the finished export', /_links\.results\.href|export of a list/, (_passing, { json }) => {
    delete json?._links?.results;
  }),
  fault('an export as JSON', /text\/csv/, (passing, reply) => {
    if (passing.path.startsWith('/contact_exports/')) reply.headers['content-type'] = 'application/json';
  }),
  fault('an export without its last person', /export of a list/, (passing, reply) => {
    if (passing.path.startsWith('/contact_exports/'))
      reply.text = reply.text.trim().split('\r\n').slice(0, -1).join('\r\n');
  }),
  early('an export of everybody', /export of a list/, (passing) => {
    if (passing.path.endsWith('/contact_exports')) passing.body = '{"fields":["email_address"]}';
    return undefined;
  }),
  early('state of a search of activities is ignored', /holds to limit and state/, (passing) => {
    if (passing.path === '/activities' && passing.query.has('state')) passing.query.set('state', 'failed');
    return undefined;
  }),
  fault(
    'no name of a custom field',
    /with custom_field_id, label, name|has underscores|with its name/,
    (passing, { json }) => {
      if (passing.path.startsWith('/contact_custom_fields') && json !== undefined) delete json.name;
    },
  ),
  fault('a name of a custom field with blanks', /has underscores/, (passing, { json }) => {
    if (passing.path.startsWith('/contact_custom_fields') && json?.label !== undefined) json.name = json.label;
  }),
  fault('no encoded_account_id', /account\/summary|encoded_account_id/, (passing, { json }) => {
    if (passing.path === '/account/summary') delete json.encoded_account_id;
  }),
  fault('another account each time', /keeps its encoded_account_id/, (passing, { json }) => {
    if (passing.path === '/account/summary') json.encoded_account_id = String(performance.now());
  }),
  fault('privileges in an object', /privileges is a list/, (passing, reply) => {
    if (passing.path === '/account/user/privileges') reply.json = { privileges: reply.json };
  }),
  early('tagging that tags nobody', /tags everybody/, (passing) => {
    if (passing.path.endsWith('taggings_add')) passing.path = '/activities/contacts_taggings_remove';
    return undefined;
  }),
];
