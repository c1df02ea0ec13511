import { type Answer, jsonAnswer } from '../http/answer.ts';
import { notFound } from '../http/api-error.ts';
import { type Call, param } from '../http/call.ts';
import { nextLink, readFlag, readPage, readWord } from '../http/paging.ts';
import type { Route } from '../http/router.ts';
import type { PracticeContext } from '../practice-context.ts';
import type { ContactRow } from '../state/contact-store.ts';
import { contactBody } from './contact-body.ts';
import { countContacts, findContacts, readContactQuery, readIncludes } from './contact-query.ts';

const mostPerPage = 500;

const read = { scope: 'contact_data', privilege: 'contacts:read' } as const;

/** Reading `/contacts`. */
export const contactRoutes: Route[] = [
  { ...read, method: 'GET', path: '/v3/contacts', handle: list },
  { ...read, method: 'GET', path: '/v3/contacts/counts', handle: counts },
  { ...read, method: 'GET', path: '/v3/contacts/:contact_id', handle: one },
];

/** The contact a path names, deleted ones too. */
export function existingContact(call: Call, context: PracticeContext): ContactRow {
  const seq = context.ids.parse('contact', param(call, 'contact_id'));
  const row = seq === null ? undefined : context.contacts.get(seq);
  if (row === undefined) throw notFound('contact_id is in an invalid format.');
  return row;
}

function list(call: Call, context: PracticeContext): Answer {
  const { limit, after } = readPage(call, context.ids, 'contact', mostPerPage);
  const query = readContactQuery(call, context);
  const included = readIncludes(call);
  const rows = findContacts(query, after, limit + 1, context);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return jsonAnswer(200, {
    contacts: shown.map((row) => contactBody(row, context, included)),
    ...(readFlag(call, 'include_count') ? { contacts_count: countContacts(query, context) } : {}),
    ...nextLink(call, limit, last === undefined ? null : context.ids.format('contact', last.seq)),
  });
}

function one(call: Call, context: PracticeContext): Answer {
  return jsonAnswer(200, contactBody(existingContact(call, context), context, readIncludes(call)));
}

function counts(call: Call, context: PracticeContext): Answer {
  const withNew = readWord(call, 'include', ['new_subscriber'] as const) !== null;
  const people = context.contacts.countByPermission();
  return jsonAnswer(200, {
    total: Object.values(people).reduce((sum, count) => sum + count, 0),
    explicit: people.explicit,
    implicit: people.implicit,
    pending: people.pending_confirmation,
    unsubscribed: people.unsubscribed,
    ...(withNew ? { new_subscriber: 0 } : {}),
  });
}
