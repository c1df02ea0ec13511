import { describe, expect, test } from 'vitest';
import { constantContactAddresses, resolveAddresses } from './addresses.ts';
import { redirectAddresses } from './redirect-addresses.ts';

describe('resolveAddresses', () => {
  test('defaults to Constant Contact', () => {
    expect(resolveAddresses({})).toEqual(constantContactAddresses);
  });

  test('the environment beats what is stored, each address by itself', () => {
    const stored = { apiUrl: 'http://127.0.0.1:4000/v3', authUrl: 'http://127.0.0.1:4000/oauth2/default/v1' };
    expect(resolveAddresses({}, stored)).toEqual(stored);
    expect(resolveAddresses({ SEGUE_API_URL: 'https://other.example/v3/' }, stored)).toEqual({
      ...stored,
      apiUrl: 'https://other.example/v3',
    });
    expect(resolveAddresses({ SEGUE_AUTH_URL: 'http://[::1]:9/a' }, stored).authUrl).toBe('http://[::1]:9/a');
  });

  test.each([
    'http://api.cc.email/v3',
    'http://127.0.0.1.evil.example/v3',
    'http://localhost.evil.example/v3',
    'http://0.0.0.0/v3',
    'ftp://127.0.0.1/v3',
    'https://name:secret@api.cc.email/v3',
    'https://api.cc.email/v3?x=1',
    'not an address',
  ])('refuses %s', (address) => {
    expect(() => resolveAddresses({ SEGUE_API_URL: address })).toThrowError('network.insecure-address');
  });
});

test('the redirect addresses are the registered ones, letter by letter', () => {
  expect(redirectAddresses).toEqual([
    'http://localhost:53682/callback',
    'http://localhost:53683/callback',
    'http://localhost:53684/callback',
  ]);
});
