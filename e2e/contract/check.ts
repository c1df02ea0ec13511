import type { Answer } from './api.ts';

/** A fact that does not hold. Its words name what was asked and what came back, never a token or a foreign person. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

/** The other side does not offer what a case is about, and does not have to. */
export class NotOffered extends Error {
  override readonly name = 'NotOffered';
}

/** @throws Broken with these words unless the condition holds */
export function hold(condition: boolean, words: string): asserts condition {
  if (!condition) throw new Broken(words);
}

/** @throws Broken unless both are the same plain value, or lists of the same plain values */
export function same(actual: unknown, expected: unknown, what: string): void {
  const isSame = JSON.stringify(actual) === JSON.stringify(expected);
  hold(isSame, `${what} is ${shown(actual)}, not ${shown(expected)}`);
}

/** @throws Broken unless these are the same people in any order. Who else was found is not told: they are real ones. */
export function samePeople(actual: readonly unknown[], expected: readonly string[], what: string): void {
  const found = actual.map(String);
  const ours = expected.filter((each) => found.includes(each)).length;
  const isSame = found.length === expected.length && ours === expected.length;
  hold(isSame, `${what}: ${found.length} people, among them ${ours} of the ${expected.length} wanted`);
}

/** @throws Broken unless the answer has one of the statuses */
export function status(answer: Answer, ...expected: readonly number[]): void {
  const key = errorKey(answer);
  const why = key === null || expected.includes(answer.status) ? '' : ` (${key})`;
  hold(
    expected.includes(answer.status),
    `${answer.request} answered ${answer.status}${why}, not ${expected.join(' or ')}`,
  );
}

/**
 * For what Segue can do without.
 * @throws NotOffered when the other side knows no such route
 */
export function offered(answer: Answer): void {
  const isUnknown = answer.status === 405 || answer.status === 501;
  // An unknown path is answered by the gateway, with 403 or 404 and nothing of the API's own (10).
  const isGateway =
    (answer.status === 403 || answer.status === 404) && !(errorKey(answer) ?? '').startsWith('contacts.');
  if (isUnknown || isGateway) throw new NotOffered(`${answer.request} answered ${answer.status}`);
}

/** @throws Broken when a request that should be refused was taken */
export function refused(answer: Answer): void {
  hold(answer.status >= 400 && answer.status < 500, `${answer.request} answered ${answer.status}, not a refusal`);
}

/** A property within nested objects and lists; undefined when any step is missing. */
export function at(value: unknown, ...steps: readonly (string | number)[]): unknown {
  let found = value;
  for (const step of steps) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Record<string | number, unknown>)[step];
  }
  return found;
}

/** @throws Broken unless the property is a text that is not empty */
export function text(value: unknown, ...steps: readonly (string | number)[]): string {
  const found = at(value, ...steps);
  hold(typeof found === 'string' && found !== '', `${steps.join('.')} is ${shown(found)}, not a text`);
  return found;
}

/** @throws Broken unless the property is a whole number from 0 up */
export function count(value: unknown, ...steps: readonly (string | number)[]): number {
  const found = at(value, ...steps);
  const isCount = typeof found === 'number' && Number.isInteger(found) && found >= 0;
  hold(isCount, `${steps.join('.')} is ${shown(found)}, not a count`);
  return found;
}

/** @throws Broken unless the property is a list */
export function list(value: unknown, ...steps: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...steps);
  hold(Array.isArray(found), `${steps.join('.') || 'the body'} is ${shown(found)}, not a list`);
  return found;
}

/** @throws Broken unless the property is an object and no list */
export function object(value: unknown, ...steps: readonly (string | number)[]): Record<string, unknown> {
  const found = steps.length === 0 ? value : at(value, ...steps);
  const isObject = typeof found === 'object' && found !== null && !Array.isArray(found);
  hold(isObject, `${steps.join('.') || 'the body'} is ${shown(found)}, not an object`);
  return found as Record<string, unknown>;
}

/** @throws Broken unless the property is a UUID (constant-contact-v3.md 1) */
export function uuid(value: unknown, ...steps: readonly (string | number)[]): string {
  const found = text(value, ...steps);
  hold(isUuid(found), `${steps.join('.')} is not a UUID`);
  return found;
}

export function isUuid(value: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}

/** @throws Broken unless the property is an ISO-8601 time, with any precision and offset (1) */
export function time(value: unknown, ...steps: readonly (string | number)[]): number {
  const found = text(value, ...steps);
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/.test(found);
  hold(isTime && !Number.isNaN(Date.parse(found)), `${steps.join('.')} is not a time`);
  return Date.parse(found);
}

/** Whether a property says nothing: left out, null or an empty text. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** The key of an error body in either shape, or null. */
export function errorKey(answer: Answer): string | null {
  const first = Array.isArray(answer.body) ? answer.body[0] : answer.body;
  const key = at(first, 'error_key');
  return typeof key === 'string' ? key : null;
}

/** @throws Broken unless the body is a list of `{error_key, error_message}`, the shape of most errors (10) */
export function errorList(answer: Answer): string {
  const body = answer.body;
  hold(Array.isArray(body) && body.length > 0, `${answer.request} answered ${answer.status} without a list of errors`);
  for (const [index] of body.entries()) {
    text(body, index, 'error_key');
    hold(typeof at(body, index, 'error_message') === 'string', `${answer.request}: error_message is no text`);
  }
  return text(body, 0, 'error_key');
}

function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  const words = JSON.stringify(value);
  return words.length > 80 ? `${words.slice(0, 80)}…` : words;
}

/** @throws Broken unless a finished activity ended in this state */
export function endedAs(answer: Answer, state: string): void {
  same(at(answer.body, 'state'), state, 'The state of the activity');
}
