import { randomUUID } from 'node:crypto';
import { type Answer, redirectAnswer } from '../http/answer.ts';
import { type Call, mediaType } from '../http/call.ts';
import type { Route } from '../http/router.ts';
import { Html, html } from '../pages/html.ts';
import { pageAnswer, pageWriter } from '../pages/layout.ts';
import type { PracticeContext } from '../practice-context.ts';
import { type PracticeRole, practiceRoles } from '../settings.ts';
import { isKnownClient, readScopes } from './clients.ts';

interface Asked {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly state: string;
  readonly scope: string;
  readonly challenge: string;
  readonly at: number;
}

/** How long a sign-in page can be answered. */
const pageLifetime = 10 * 60_000;
const mostPages = 1_000;
const checked = new Html(' checked');

/** The sign-in page and its two buttons. */
export function authorizeRoutes(base: string): Route[] {
  const open = new Map<string, Asked>();
  return [
    { method: 'GET', path: `${base}/authorize`, handle: (call, context) => show(call, context, base, open) },
    { method: 'POST', path: `${base}/authorize/answer`, handle: (call, context) => answer(call, context, open) },
  ];
}

/** Adds parameters to a registered redirect address. */
function backTo(redirectUri: string, values: Record<string, string>): Answer {
  const target = new URL(redirectUri);
  for (const [name, value] of Object.entries(values)) if (value !== '') target.searchParams.set(name, value);
  return redirectAnswer(target.href);
}

function show(call: Call, context: PracticeContext, base: string, open: Map<string, Asked>): Answer {
  const value = (name: string) => call.query.get(name) ?? '';
  const { settings } = context;
  if (!isKnownClient(value('client_id'), settings)) return refusal(call, context, 'client');
  const redirectUri = value('redirect_uri');
  // The whole text is compared (2.3): on a mismatch nothing may be sent to that address.
  if (!settings.redirectUris.includes(redirectUri)) return refusal(call, context, 'redirect');

  const state = value('state');
  const back = (error: string, error_description: string) => backTo(redirectUri, { error, error_description, state });
  if (value('response_type') !== 'code') {
    return back('unsupported_response_type', 'The response type is not supported by the authorization server.');
  }
  if (state === '') return back('invalid_request', "The authentication request has an invalid 'state' parameter.");
  if (value('code_challenge_method') !== 'S256' || !/^[A-Za-z0-9_-]{43}$/.test(value('code_challenge'))) {
    return back('invalid_request', 'PKCE code challenge is required by the application.');
  }
  const scopes = readScopes(call.query.get('scope'));
  if (scopes === null) return back('invalid_scope', 'One or more scopes are not configured for the application.');

  for (const [id, asked] of open) if (call.now > asked.at + pageLifetime || open.size >= mostPages) open.delete(id);
  const id = randomUUID();
  const [clientId, challenge] = [value('client_id'), value('code_challenge')];
  open.set(id, { clientId, redirectUri, state, scope: scopes.join(' '), challenge, at: call.now });
  return consentPage(call, context, {
    action: `${base}/authorize/answer`,
    hidden: { request: id },
    clientId,
    scopes,
    formTargets: new URL(redirectUri).origin,
  });
}

export interface ConsentOptions {
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly formTargets?: string;
}

/** Asks whether an application may use the account: *Allow* or *Deny*, and as whom. */
export function consentPage(call: Call, context: PracticeContext, options: ConsentOptions): Answer {
  const writer = pageWriter(call, context);
  const { word } = writer;
  const body = html`<div class="sign-in">
<p>${word('practice.sign-in.intro', { organization: context.account.organization_name })}</p>
<form method="post" action="${writer.link(options.action)}">
${Object.entries(options.hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<h2>${word('practice.sign-in.asks')}</h2>
<ul>${options.scopes.map((scope) => html`<li>${word(`practice.scope.${scope}`)}</li>`)}</ul>
<p class="soft">${word('practice.sign-in.key')} <code>${options.clientId}</code></p>
<fieldset><legend>${word('practice.sign-in.as')}</legend>
${practiceRoles.map(
  (role) =>
    html`<label><input type="radio" name="role" value="${role}"${role === 'owner' ? checked : null}> ${word(`practice.role.${role}`)}</label>`,
)}</fieldset>
<div class="buttons">
<button class="primary" name="answer" value="allow">${word('practice.sign-in.allow')}</button>
<button name="answer" value="deny">${word('practice.sign-in.deny')}</button>
</div>
</form></div>`;
  const targets = options.formTargets === undefined ? {} : { formTargets: options.formTargets };
  return pageAnswer(writer, context, { title: word('practice.sign-in.title'), body, current: null, ...targets });
}

function answer(call: Call, context: PracticeContext, open: Map<string, Asked>): Answer {
  if (mediaType(call) !== 'application/x-www-form-urlencoded') return refusal(call, context, 'expired');
  const form = new URLSearchParams(call.body.toString('utf8'));
  const id = form.get('request') ?? '';
  const asked = open.get(id);
  open.delete(id);
  if (asked === undefined || call.now > asked.at + pageLifetime) return refusal(call, context, 'expired');
  const { redirectUri, state } = asked;
  if (form.get('answer') !== 'allow') {
    const error_description = 'Resource owner denied access.';
    return backTo(redirectUri, { error: 'access_denied', error_description, state });
  }
  const family = context.grants.createFamily(asked.clientId, asked.scope, readRole(form.get('role')));
  return backTo(redirectUri, { code: context.grants.createCode(family, redirectUri, asked.challenge), state });
}

/** The person chosen on the page; the account owner when none was. */
export function readRole(role: string | null): PracticeRole {
  return practiceRoles.find((known) => known === role) ?? 'owner';
}

/** A page with status 400 instead of a redirect. */
export function refusal(call: Call, context: PracticeContext, reason: 'client' | 'redirect' | 'expired'): Answer {
  const writer = pageWriter(call, context);
  const body = html`<div class="sign-in"><p>${writer.word(`practice.refusal.${reason}`)}</p></div>`;
  return pageAnswer(writer, context, {
    status: 400,
    title: writer.word('practice.refusal.title'),
    body,
    current: null,
  });
}
