import type { IncomingHttpHeaders } from 'node:http';
import type { PracticeRole } from '../settings.ts';
import { unsupportedMediaType, validationError } from './api-error.ts';

/** Who asks, taken from the access token. */
export interface Caller {
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly role: PracticeRole;
}

/** One request as handlers see it, its body read. */
export interface Call {
  readonly method: string;
  /** The path without query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The variable parts of the path, by name. */
  readonly params: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly now: number;
  /** Present behind the access token check. */
  readonly caller?: Caller;
}

/** The media type of the body, lower-cased, without parameters; empty when there is none. */
export function mediaType(call: Pick<Call, 'headers'>): string {
  return (call.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** A variable part of the path. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}

/**
 * The JSON object in the body.
 * @throws ApiError 415 for another media type, 400 for what is no JSON object
 */
export function jsonBody(call: Call): Record<string, unknown> {
  if (mediaType(call) !== 'application/json') throw unsupportedMediaType('Content-Type must be application/json.');
  let body: unknown;
  try {
    body = JSON.parse(call.body.toString('utf8'));
  } catch {
    throw validationError('The body is not valid JSON.');
  }
  if (!isRecord(body)) throw validationError('The body is not an object.');
  return body;
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
