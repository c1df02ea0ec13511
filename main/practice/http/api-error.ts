import { type Answer, jsonAnswer } from './answer.ts';

/** A refusal in one of the API's shapes (constant-contact-v3.md 10). Thrown by handlers, answered by the server. */
export class ApiError extends Error {
  readonly answer: Answer;

  constructor(status: number, body: unknown) {
    super(`The practice account answers ${status}.`);
    this.answer = jsonAnswer(status, body);
  }
}

/** 400, 403, 404, 405, 409, 415 and 5xx come as an array of key and message. */
function listed(status: number, key: string, message: string): ApiError {
  return new ApiError(status, [{ error_key: key, error_message: message }]);
}

/** 401 and 429 come as a bare object. */
function bare(status: number, key: string, message: string): ApiError {
  return new ApiError(status, { error_key: key, error_message: message });
}

export const validationError = (message: string) => listed(400, 'contacts.api.validation.error', message);
export const notFound = (message: string) => listed(404, 'contacts.api.not_found', message);
export const conflict = (message: string) => listed(409, 'contacts.api.conflict', message);
export const unauthorized = () => bare(401, 'unauthorized', 'Unauthorized');
export const throttled = () => bare(429, 'throttled', 'Too Many Requests');
export const quotaExceeded = () => bare(429, 'quota_exceeded', 'Limit Exceeded');

// The documents give no sample of the following; keys and words are guesses.
export const forbidden = (message: string) => listed(403, 'contacts.api.forbidden', message);
export const methodNotAllowed = () => listed(405, 'contacts.api.method_not_allowed', 'Method not allowed.');
export const unsupportedMediaType = (message: string) => listed(415, 'contacts.api.unsupported_media_type', message);
export const queueFull = () => bare(429, 'contacts.api.queue_full', 'There are more than 1000 queued activities.');
export const serverError = () => listed(500, 'contacts.api.internal_error', 'Internal server error.');
/** An unknown path is answered by the gateway, without a body of the API's own shape (10). */
export const unknownPath = () => new ApiError(403, { message: 'Missing Authentication Token' });
