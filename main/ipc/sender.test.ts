import { expect, it } from 'vitest';
import { isTrustedSender } from './sender.ts';

const own = { url: 'app://segue/index.html', parent: null };

it('trusts the top frame of our own window showing our own page, and nothing else', () => {
  expect(isTrustedSender(own, true)).toBe(true);
  expect(isTrustedSender(own, false)).toBe(false);
  expect(isTrustedSender(null, true)).toBe(false);
  expect(isTrustedSender({ url: own.url, parent: own }, true)).toBe(false);
  for (const url of [
    'app://other/index.html',
    'https://example.com/',
    'about:blank',
    'data:text/html,x',
    'evil://segue/',
    '',
  ]) {
    expect(isTrustedSender({ url, parent: null }, true), url).toBe(false);
  }
});
