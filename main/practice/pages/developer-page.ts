import { randomBytes } from 'node:crypto';
import { readFault } from '../control/read-fault.ts';
import type { Answer } from '../http/answer.ts';
import { validationError } from '../http/api-error.ts';
import { type Call, mediaType } from '../http/call.ts';
import type { PracticeContext } from '../practice-context.ts';
import { html } from './html.ts';
import { pageAnswer, pageWriter } from './layout.ts';

const api = '/v3/**';
const fileImport = '/v3/activities/contacts_file_import';
const day = 86_400_000;

/** What can be brought about at the press of a button. The name chooses the word on it, too. */
const troubles: Record<string, (context: PracticeContext) => void> = {
  throttled: request({ path: api, times: 5, fault: { kind: 'throttled' } }),
  quota: request({ path: api, fault: { kind: 'quota' } }),
  down: request({ path: api, times: 10, fault: { kind: 'status', status: 503 } }),
  html: request({ path: api, times: 3, fault: { kind: 'html', status: 200 } }),
  slow: request({ path: api, times: 5, fault: { kind: 'slow', milliseconds: 10_000 } }),
  'lost-before': request({
    method: 'POST',
    path: fileImport,
    fault: { kind: 'drop', when: 'before' },
  }),
  'lost-after': request({
    method: 'POST',
    path: fileImport,
    fault: { kind: 'drop', when: 'after' },
  }),
  'import-fails': activity('failed'),
  'import-stuck': activity('stuck'),
  revoke: ({ grants }) => {
    grants.revokeAccessTokens();
    grants.revokeRefreshTokens();
  },
  'next-day': ({ clock }) => clock.move(day),
};

function request(rule: Record<string, unknown>): (context: PracticeContext) => void {
  return ({ faults }) => {
    const read = readFault(rule);
    if ('fault' in read) faults.addRequestRule(read);
  };
}

function activity(outcome: 'failed' | 'stuck'): (context: PracticeContext) => void {
  return ({ faults }) => {
    const read = readFault({ activity: 'file_import', plan: { outcome } });
    if (!('fault' in read)) faults.addActivityRule(read);
  };
}

/** Shown in every form and asked for again: a page of somebody else's cannot know it. */
const tickets = new WeakMap<PracticeContext, string>();

function ticketOf(context: PracticeContext): string {
  const known = tickets.get(context) ?? randomBytes(18).toString('base64url');
  tickets.set(context, known);
  return known;
}

/** A page that no other leads to: what goes wrong with Constant Contact now and then, at the press of a button. */
export function showDeveloper(call: Call, context: PracticeContext): Answer {
  const writer = pageWriter(call, context);
  const { link, word } = writer;
  const ticket = html`<input type="hidden" name="ticket" value="${ticketOf(context)}">`;
  const waiting = context.faults.list();
  const body = html`<p>${word('practice.developer.intro')}</p>
<form method="post" action="${link('/developer')}">${ticket}
<div class="buttons">${Object.keys(troubles).map(
    (name) => html`<button name="trouble" value="${name}">${word(`practice.developer.${name}`)}</button>`,
  )}</div>
</form>
<h2>${word('practice.developer.waiting')}</h2>
${
  waiting.length === 0
    ? html`<p>${word('practice.developer.none')}</p>`
    : html`<ul>${waiting.map((rule) => html`<li><code>${JSON.stringify(rule)}</code></li>`)}</ul>`
}
<form method="post" action="${link('/developer')}">${ticket}
<div class="buttons"><button name="trouble" value="">${word('practice.developer.clear')}</button></div>
</form>`;
  return pageAnswer(writer, context, { title: word('practice.developer.title'), body, current: '/developer' });
}

export function makeTrouble(call: Call, context: PracticeContext): Answer {
  const isForm = mediaType(call) === 'application/x-www-form-urlencoded';
  const form = new URLSearchParams(isForm ? call.body.toString('utf8') : '');
  if (form.get('ticket') !== ticketOf(context)) throw validationError('ticket is missing');
  const trouble = form.get('trouble') ?? '';
  if (trouble === '') context.faults.clear();
  else if (Object.hasOwn(troubles, trouble)) troubles[trouble]?.(context);
  else throw validationError('trouble does not have a valid value');
  return { status: 303, headers: { location: pageWriter(call, context).link('/developer') }, body: '' };
}
