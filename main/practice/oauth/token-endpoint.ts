import type { Answer } from '../http/answer.ts';
import { jsonAnswer } from '../http/answer.ts';
import { type Call, mediaType } from '../http/call.ts';
import type { Route } from '../http/router.ts';
import type { PracticeContext } from '../practice-context.ts';
import { isKnownClient } from './clients.ts';
import { deviceGrantType, pollDevice } from './device-flow.ts';
import {
  invalidClient,
  invalidCode,
  invalidGrant,
  oauthError,
  tokenThrottled,
  unsupportedForm,
} from './oauth-answers.ts';
import { TokenBucket } from './token-bucket.ts';

/** The token endpoint takes about one request a second (2.7); a few at once are forgiven. */
const bucket = { capacity: 3, perSecond: 1 };

/** `POST /token` and `POST /revoke`. */
export function tokenRoutes(base: string): Route[] {
  const allowance = new TokenBucket(bucket.capacity, bucket.perSecond);
  return [
    {
      method: 'POST',
      path: `${base}/token`,
      handle: (call, context) => {
        if (context.settings.pace === 'real' && !allowance.take(call.now)) return tokenThrottled();
        return giveTokens(call, context);
      },
    },
    { method: 'POST', path: `${base}/revoke`, handle: revoke },
  ];
}

function giveTokens(call: Call, context: PracticeContext): Answer {
  if (mediaType(call) !== 'application/x-www-form-urlencoded' || call.body.length === 0) return unsupportedForm();
  const form = new URLSearchParams(call.body.toString('utf8'));
  const clientId = form.get('client_id') ?? '';
  if (!isKnownClient(clientId, context.settings)) return invalidClient();
  switch (form.get('grant_type')) {
    case 'authorization_code': {
      const { grants } = context;
      const [code, redirect, verifier] = ['code', 'redirect_uri', 'code_verifier'].map((name) => form.get(name) ?? '');
      const tokens = grants.redeemCode(code ?? '', clientId, redirect ?? '', verifier ?? '');
      return tokens === null ? invalidCode() : tokenAnswer(tokens);
    }
    case 'refresh_token': {
      const tokens = context.grants.refresh(form.get('refresh_token') ?? '', clientId);
      return tokens === null ? invalidGrant() : tokenAnswer(tokens);
    }
    case deviceGrantType:
      return pollDevice(form.get('device_code') ?? '', clientId, context);
    default:
      return oauthError(400, 'unsupported_grant_type', 'The authorization grant type is not supported.');
  }
}

/** No documentation promises it; Okta's would sit here and answer 200 whatever is handed in (2.7). */
function revoke(call: Call, context: PracticeContext): Answer {
  if (mediaType(call) !== 'application/x-www-form-urlencoded') return unsupportedForm();
  const form = new URLSearchParams(call.body.toString('utf8'));
  if (!isKnownClient(form.get('client_id') ?? '', context.settings)) return invalidClient();
  context.grants.revokeRefreshToken(form.get('token') ?? '');
  return jsonAnswer(200, {});
}

function tokenAnswer(tokens: unknown): Answer {
  return jsonAnswer(200, tokens, { pragma: 'no-cache' });
}
