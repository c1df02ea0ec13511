import { expect, test } from 'vitest';
import { RemoteError, readAnswer } from './remote-answer.ts';

test('reads arrays, objects, HTML and nothing', () => {
  expect(
    readAnswer(400, '[{"error_key":"contacts.api.validation.error","error_message":"create_source is missing"}]'),
  ).toEqual({ status: 400, errorKey: 'contacts.api.validation.error', firstMessage: 'create_source is missing' });
  expect(readAnswer(401, '{"error_key":"unauthorized","error_message":"Unauthorized"}').errorKey).toBe('unauthorized');
  expect(readAnswer(403, '<html>no</html>')).toEqual({ status: 403, errorKey: '', firstMessage: '' });
  expect(readAnswer(500, '')).toEqual({ status: 500, errorKey: '', firstMessage: '' });
  expect(readAnswer(400, '[]').errorKey).toBe('');
  expect(readAnswer(400, '[null]').errorKey).toBe('');
  expect(readAnswer(400, '{"error_key":{"a":1}}').errorKey).toBe('');
});

test.each([
  [401, 'unauthorized', 'remote.unauthorized'],
  [403, '', 'remote.forbidden'],
  [404, 'contacts.api.not_found', 'remote.not-found'],
  [409, 'contacts.api.conflict', 'remote.conflict'],
  [415, '', 'remote.rejected'],
  [400, 'contacts.api.validation.error', 'remote.rejected'],
  [429, 'throttled', 'remote.throttled'],
  [429, 'quota_exceeded', 'remote.quota-exhausted'],
  [429, 'something.else', 'remote.queue-full'],
  [503, '', 'remote.unavailable'],
  [302, '', 'remote.invalid-answer'],
])('%i %s is %s', (status, errorKey, code) => {
  expect(new RemoteError({ status, errorKey, firstMessage: '' }).code).toBe(code);
});

test('addresses and free text stay out of what is logged', () => {
  const answer = readAnswer(409, '[{"error_key":"k","error_message":"Email ada@example.com already exists"}]');
  expect(answer.firstMessage).toBe('Email […] already exists');
  const error = new RemoteError(answer);
  expect(JSON.stringify({ ...error, params: error.params })).not.toContain('exists');
  expect(readAnswer(400, '[{"error_key":"ada@example.com"}]').errorKey).toBe('');
});
