import { deleteContact } from '../bulk/people-job.ts';
import { type Answer, emptyAnswer, jsonAnswer } from '../http/answer.ts';
import { conflict, notFound, validationError } from '../http/api-error.ts';
import { type Call, isRecord, jsonBody } from '../http/call.ts';
import { requiredIds, requiredText } from '../http/read-values.ts';
import type { Route } from '../http/router.ts';
import type { PracticeContext } from '../practice-context.ts';
import {
  type ContactDetails,
  implicitPermission,
  permissions,
  unsubscribedPermission,
} from '../state/contact-details.ts';
import { type ContactRow, detailsOf } from '../state/contact-store.ts';
import { contactBody, includes } from './contact-body.ts';
import { type ContactInput, readContactInput } from './contact-input.ts';
import { existingContact } from './contacts.ts';

const write = { scope: 'contact_data', privilege: 'contacts:write' } as const;

/** Changing single contacts. */
export const contactChangeRoutes: Route[] = [
  { ...write, method: 'POST', path: '/v3/contacts', handle: create },
  { ...write, method: 'PUT', path: '/v3/contacts/:contact_id', handle: update },
  { ...write, method: 'DELETE', path: '/v3/contacts/:contact_id', handle: remove },
  { ...write, method: 'POST', path: '/v3/contacts/sign_up_form', handle: signUp },
  { ...write, method: 'PUT', path: '/v3/contacts/resubscribe/:contact_id', handle: resubscribe },
];

function create(call: Call, context: PracticeContext): Answer {
  const input = readContactInput(jsonBody(call), 'create_source', context);
  const { address, details } = input;
  const isNobody = address === null && details.first_name === undefined && details.last_name === undefined;
  if (isNobody && details.sms === undefined) {
    throw validationError('At least one of first_name, last_name, email_address or sms_channel is required.');
  }
  const known = address === null ? undefined : context.contacts.find(address);
  if (known !== undefined) {
    // Deleted people too (5.1).
    const id = context.ids.format('contact', known.seq);
    throw conflict(`Validation failed: Email already exists for contact ${id}.`);
  }
  const permission = input.permission === null ? implicitPermission : permissions.indexOf(input.permission);
  const kept: ContactDetails = { ...details };
  if (input.source === 'Contact') {
    kept.createSource = 'Contact';
    kept.optIn = { source: 'Contact', at: call.now };
  }
  if (permission === unsubscribedPermission) kept.optOut = { source: input.source, at: call.now, ...reason(input) };
  const seq = context.database.transaction(() => {
    const made = context.contacts.insert(address, permission, JSON.stringify(kept), call.now);
    setMemberships(made, input, context);
    return made;
  })();
  return shown(201, seq, context);
}

/** Everything at the top that is left out becomes empty; left-out sub-resources stay; a deleted person comes back (5.1). */
function update(call: Call, context: PracticeContext): Answer {
  const row = existingContact(call, context);
  const input = readContactInput(jsonBody(call), 'update_source', context);
  const namesake = input.address === null ? undefined : context.contacts.find(input.address);
  if (namesake !== undefined && namesake.seq !== row.seq) {
    const id = context.ids.format('contact', namesake.seq);
    throw conflict(`Validation failed: Email already exists for contact ${id}.`);
  }
  const before = detailsOf(row);
  const details: ContactDetails = { ...subResources(before), ...input.details, updateSource: input.source };
  const permission = permissionAfter(row, before, input);
  if (permission === unsubscribedPermission && row.permission !== unsubscribedPermission) {
    details.optOut = { source: input.source, at: call.now, ...reason(input) };
  }
  if (permission !== unsubscribedPermission) delete details.optOut;
  context.database.transaction(() => {
    const address = input.address ?? row.address;
    context.contacts.save(row, {
      address,
      permission,
      details: JSON.stringify(details),
      updated_at: call.now,
      deleted_at: null,
    });
    setMemberships(row.seq, input, context);
  })();
  return shown(200, row.seq, context);
}

/**
 * Who opted out themselves can only return themselves (9). What becomes of an account's PUT that says otherwise is not
 * documented: here the rest of it is done, and they stay out.
 */
function permissionAfter(row: ContactRow, before: ContactDetails, input: ContactInput): number {
  if (input.permission === null) return row.permission;
  const isOut = row.permission === unsubscribedPermission && before.optOut?.source === 'Contact';
  return isOut && input.source === 'Account' ? row.permission : permissions.indexOf(input.permission);
}

function subResources(details: ContactDetails): ContactDetails {
  const { phones, addresses, custom, notes, sms, optIn, optOut, createSource } = details;
  const kept = { phones, addresses, custom, notes, sms, optIn, optOut, createSource };
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
}

function reason(input: ContactInput): { reason?: string } {
  return input.optOutReason === null ? {} : { reason: input.optOutReason };
}

/** Lists and tags that are given replace the ones the contact had. */
function setMemberships(seq: number, input: ContactInput, context: PracticeContext): void {
  const { lists, tags } = context;
  if (input.lists !== null) {
    for (const list of lists.listsOf(seq)) if (!input.lists.includes(list)) lists.removeMembers(list, [seq]);
    for (const list of input.lists) lists.addMembers(list, [seq]);
  }
  if (input.tags !== null) {
    for (const tag of tags.tagsOf(seq)) if (!input.tags.includes(tag)) tags.remove(tag, [seq]);
    for (const tag of input.tags) tags.add(tag, [seq]);
  }
}

function shown(status: number, seq: number, context: PracticeContext): Answer {
  const row = context.contacts.get(seq);
  if (row === undefined) throw notFound('contact_id is in an invalid format.');
  return jsonAnswer(status, contactBody(row, context, includes));
}

function remove(call: Call, context: PracticeContext): Answer {
  const row = existingContact(call, context);
  context.database.transaction(() => deleteContact(row.seq, context, call.now))();
  return emptyAnswer(204);
}

/**
 * A person signing up themselves: a partial update that asserts an opt-in now, so it makes the permission explicit,
 * the opted out included (5.1).
 */
function signUp(call: Call, context: PracticeContext): Answer {
  const values = jsonBody(call);
  const lists = requiredIds(values, 'list_memberships', 50);
  const address = requiredText(values, 'email_address', 50);
  const { email_address: _address, phone_number, street_address, ...rest } = values;
  const input = readContactInput(
    {
      ...rest,
      list_memberships: lists,
      email_address: { address, permission_to_send: 'explicit' },
      ...(phone_number === undefined ? {} : { phone_numbers: [{ kind: 'other', phone_number }] }),
      ...(isRecord(street_address) ? { street_addresses: [street_address] } : {}),
      create_source: 'Contact',
    },
    'create_source',
    context,
  );
  const known = context.contacts.find(address);
  const details: ContactDetails = { ...(known === undefined ? {} : detailsOf(known)), ...input.details };
  if (known !== undefined && input.details.custom !== undefined) {
    details.custom = { ...detailsOf(known).custom, ...input.details.custom };
  }
  details.optIn = { source: 'Contact', at: call.now };
  delete details.optOut;
  const seq = context.database.transaction(() => {
    const explicit = permissions.indexOf('explicit');
    const made = known?.seq ?? context.contacts.insert(address, explicit, JSON.stringify(details), call.now);
    if (known !== undefined) revive(known, details, explicit, call.now, context);
    for (const list of input.lists ?? []) context.lists.addMembers(list, [made]);
    return made;
  })();
  const body = { contact_id: context.ids.format('contact', seq), action: known === undefined ? 'created' : 'updated' };
  return jsonAnswer(known === undefined ? 201 : 200, body);
}

function revive(
  row: ContactRow,
  details: ContactDetails,
  permission: number,
  now: number,
  context: PracticeContext,
): void {
  const text = JSON.stringify(details);
  context.contacts.save(row, { address: row.address, permission, details: text, updated_at: now, deleted_at: null });
}

/** Sends a confirmation mail, once per contact; nothing is sent from here, so the person stays opted out. */
function resubscribe(call: Call, context: PracticeContext): Answer {
  const row = existingContact(call, context);
  requiredIds(jsonBody(call), 'list_ids', 50);
  if (row.permission !== unsubscribedPermission) throw conflict('The contact is not unsubscribed.');
  return emptyAnswer(200);
}
