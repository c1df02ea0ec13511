import { randomBytes } from 'node:crypto';
import { type Answer, jsonAnswer } from '../http/answer.ts';
import { type Call, mediaType } from '../http/call.ts';
import type { Route } from '../http/router.ts';
import { html } from '../pages/html.ts';
import { pageAnswer, pageWriter } from '../pages/layout.ts';
import type { PracticeContext } from '../practice-context.ts';
import { consentPage, readRole, refusal } from './authorize-page.ts';
import { isKnownClient, readScopes } from './clients.ts';
import { hashOf } from './grant-store.ts';
import { invalidClient, oauthError, unsupportedForm } from './oauth-answers.ts';

export const deviceGrantType = 'urn:ietf:params:oauth:grant-type:device_code';

const lifetime = 10 * 60_000;
const interval = 5;
/** No vowels and no look-alikes: nothing to misread, no words by chance. */
const letters = 'BCDFGHJKLMNPQRSTVWXZ';

interface DeviceRow {
  readonly code_hash: string;
  readonly client_id: string;
  readonly scope: string;
  readonly outcome: 'pending' | 'allowed' | 'denied' | 'used';
  readonly family: number | null;
  readonly created_at: number;
  readonly polled_at: number | null;
}

/** The device flow: starting it, and the page on which the code is typed in (constant-contact-v3.md 2.5). */
export function deviceRoutes(base: string): Route[] {
  return [
    { method: 'POST', path: `${base}/device/authorize`, handle: start },
    { method: 'GET', path: '/activate', handle: showPage },
    { method: 'POST', path: '/activate/answer', handle: answer },
  ];
}

function start(call: Call, context: PracticeContext): Answer {
  if (mediaType(call) !== 'application/x-www-form-urlencoded' || call.body.length === 0) return unsupportedForm();
  const form = new URLSearchParams(call.body.toString('utf8'));
  const clientId = form.get('client_id') ?? '';
  if (!isKnownClient(clientId, context.settings)) return invalidClient();
  const scopes = readScopes(form.get('scope'));
  if (scopes === null) return oauthError(400, 'invalid_scope', 'One or more scopes are not configured.');
  const deviceCode = randomBytes(32).toString('base64url');
  const userCode = [...randomBytes(8)].map((byte) => letters[byte % letters.length]).join('');
  context.database
    .prepare("INSERT INTO device_code VALUES (?, ?, ?, ?, 'pending', NULL, ?, NULL)")
    .run(hashOf(deviceCode), userCode, clientId, scopes.join(' '), call.now);
  const page = `http://${call.headers.host ?? '127.0.0.1'}/activate`;
  return jsonAnswer(200, {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: page,
    verification_uri_complete: `${page}?user_code=${userCode}`,
    expires_in: lifetime / 1_000,
    interval,
  });
}

/** The token endpoint's part: the standard's answers until somebody has decided. */
export function pollDevice(deviceCode: string, clientId: string, context: PracticeContext): Answer {
  const row = context.database
    .prepare<[string], DeviceRow>('SELECT * FROM device_code WHERE code_hash = ?')
    .get(hashOf(deviceCode));
  const now = context.clock.now();
  if (row === undefined || row.client_id !== clientId || row.outcome === 'used') {
    return oauthError(400, 'invalid_grant', 'The device code is invalid or has expired.');
  }
  if (now > row.created_at + lifetime) {
    return oauthError(400, 'expired_token', 'The device code is invalid or has expired.');
  }
  if (row.outcome === 'denied') return oauthError(400, 'access_denied', 'The user denied the request.');
  if (row.outcome === 'allowed' && row.family !== null) {
    context.database.prepare("UPDATE device_code SET outcome = 'used' WHERE code_hash = ?").run(row.code_hash);
    return jsonAnswer(200, context.grants.issue(row.family), { pragma: 'no-cache' });
  }
  context.database.prepare('UPDATE device_code SET polled_at = ? WHERE code_hash = ?').run(now, row.code_hash);
  const tooSoon = context.settings.pace === 'real' && row.polled_at !== null && now < row.polled_at + interval * 900;
  if (tooSoon) return oauthError(400, 'slow_down', 'The client is polling too quickly and should back off.');
  return oauthError(400, 'authorization_pending', 'The device authorization is pending. Please try again later.');
}

function pending(userCode: string, call: Call, context: PracticeContext): DeviceRow | null {
  const row = context.database
    .prepare<[string], DeviceRow>("SELECT * FROM device_code WHERE user_code = ? AND outcome = 'pending'")
    .get(userCode.toUpperCase().replaceAll(/[^A-Z]/g, ''));
  return row === undefined || call.now > row.created_at + lifetime ? null : row;
}

function showPage(call: Call, context: PracticeContext): Answer {
  const typed = call.query.get('user_code') ?? '';
  const row = pending(typed, call, context);
  if (row !== null) {
    return consentPage(call, context, {
      action: '/activate/answer',
      hidden: { user_code: typed },
      clientId: row.client_id,
      scopes: row.scope.split(' '),
    });
  }
  const writer = pageWriter(call, context);
  const { word } = writer;
  const body = html`<div class="sign-in">${typed === '' ? null : html`<p role="alert" class="warn">${word('practice.device.unknown')}</p>`}
<form method="get" action="/activate"><input type="hidden" name="lang" value="${writer.language}">
<label>${word('practice.device.code')} <input type="text" name="user_code" value="${typed}" autocomplete="off" required></label>
<div class="buttons"><button class="primary">${word('practice.device.next')}</button></div></form></div>`;
  return pageAnswer(writer, context, { title: word('practice.device.title'), body, current: null });
}

function answer(call: Call, context: PracticeContext): Answer {
  if (mediaType(call) !== 'application/x-www-form-urlencoded') return refusal(call, context, 'expired');
  const form = new URLSearchParams(call.body.toString('utf8'));
  const row = pending(form.get('user_code') ?? '', call, context);
  if (row === null) return refusal(call, context, 'expired');
  const allowed = form.get('answer') === 'allow';
  const family = allowed ? context.grants.createFamily(row.client_id, row.scope, readRole(form.get('role'))) : null;
  context.database
    .prepare('UPDATE device_code SET outcome = ?, family = ? WHERE code_hash = ?')
    .run(allowed ? 'allowed' : 'denied', family, row.code_hash);
  const writer = pageWriter(call, context);
  const key = allowed ? 'practice.device.allowed' : 'practice.device.denied';
  const body = html`<div class="sign-in"><p>${writer.word(key)}</p></div>`;
  return pageAnswer(writer, context, { title: writer.word('practice.device.title'), body, current: null });
}
