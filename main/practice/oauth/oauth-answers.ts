import { randomBytes } from 'node:crypto';
import { type Answer, jsonAnswer } from '../http/answer.ts';

/** An OAuth refusal in the form of RFC 6749 5.2. */
export function oauthError(status: number, error: string, description: string): Answer {
  return jsonAnswer(status, { error, error_description: description }, { pragma: 'no-cache' });
}

export const invalidGrant = () => oauthError(400, 'invalid_grant', 'The refresh token is invalid or expired.');
export const invalidCode = () => oauthError(400, 'invalid_grant', 'The authorization code is invalid or has expired.');
export const invalidClient = () => oauthError(401, 'invalid_client', "Invalid value for 'client_id' parameter.");

/** A refusal in Okta's own form: the sign-in server is Okta behind another name (constant-contact-v3.md 2.1). */
export function oktaError(status: number, code: string, summary: string): Answer {
  return jsonAnswer(status, {
    errorCode: code,
    errorSummary: summary,
    errorLink: code,
    errorId: `oae${randomBytes(12).toString('base64url')}`,
    errorCauses: [],
  });
}

export const unsupportedForm = () =>
  oktaError(415, 'E0000021', 'Bad request.  Accept and/or Content-Type headers likely do not match supported values.');
export const tokenThrottled = () =>
  oktaError(429, 'E0000047', 'API call exceeded rate limit due to too many requests.');
