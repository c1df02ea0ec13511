import { afterEach, describe, expect, test } from 'vitest';
import { isPressed, parseAccelerator } from './accelerators.ts';
import { fromChromium, originOf, registeredSchemes, toChromium } from './app-scheme.ts';
import { readCommandLine } from './command-line.ts';
import { systemLocales } from './locale.ts';
import { proxyFor } from './proxy.ts';
import { strict } from './strict.ts';

describe('addresses of an own scheme', () => {
  afterEach(() => registeredSchemes.clear());

  test.each(['app://segue/', 'app://segue/index.html?a=1#b', 'app://segue/a/..%2fb%20c', 'app://two.parts/x'])(
    '%s comes back from Chromium as it went',
    (url) => {
      registeredSchemes.set('app', {});
      expect(toChromium(url)).toMatch(/^https:\/\/.*\.invalid\//);
      expect(fromChromium(toChromium(url))).toBe(url);
    },
  );

  test('other addresses are left alone', () => {
    registeredSchemes.set('app', {});
    for (const url of ['https://example.com/x', 'about:blank', 'other://segue/', 'file:///tmp/x']) {
      expect(toChromium(url)).toBe(url);
      expect(fromChromium(url)).toBe(url);
    }
  });

  test('the origin is the scheme and the host, as Chromium has it in Electron', () => {
    registeredSchemes.set('app', {});
    expect(originOf(toChromium('app://segue/index.html'))).toBe('app://segue');
    expect(originOf('https://example.com/x')).toBe('https://example.com');
  });
});

test('the command line Playwright writes', () => {
  const read = readCommandLine([
    '-r',
    '/x/loader.js',
    '--no-sandbox',
    '--inspect=0',
    '--remote-debugging-port=0',
    '/app',
    '--Lang=fr',
    'file',
  ]);
  expect(read.requires).toEqual(['/x/loader.js']);
  expect(read.app).toBe('/app');
  expect([...read.switches]).toEqual([
    ['no-sandbox', ''],
    ['inspect', '0'],
    ['remote-debugging-port', '0'],
    ['lang', 'fr'],
  ]);
});

describe('accelerators', () => {
  const press = { key: '', code: '', ctrlKey: false, altKey: false, shiftKey: false, metaKey: false };

  test.each([
    ['Ctrl+O', { key: 'o', ctrlKey: true }, true],
    ['Ctrl+Shift+O', { key: 'O', ctrlKey: true, shiftKey: true }, true],
    ['Ctrl+O', { key: 'O', ctrlKey: true, shiftKey: true }, false],
    ['Ctrl+Plus', { key: '+', ctrlKey: true, shiftKey: true }, true],
    ['F11', { key: 'F11' }, true],
    ['Ctrl+O', { key: 'o', ctrlKey: true, altKey: true }, false],
  ])('%s', (text, keys, expected) => {
    const accelerator = parseAccelerator(text);
    expect(accelerator !== null && isPressed(accelerator, { ...press, ...keys })).toBe(expected);
  });
});

test('languages of the system, the preferred first', () => {
  expect(systemLocales({ LANGUAGE: 'fr:en_GB', LANG: 'de_DE.UTF-8' })).toEqual(['fr', 'en-GB', 'de-DE']);
  expect(systemLocales({ LANG: 'C.UTF-8' })).toEqual(['en-US']);
});

test('proxies in Chromium’s words', () => {
  const env = { https_proxy: 'http://proxy.example:3128', no_proxy: 'internal.example' };
  expect(proxyFor('https://api.example/x', env)).toBe('PROXY proxy.example:3128');
  expect(proxyFor('https://a.internal.example/', env)).toBe('DIRECT');
  expect(proxyFor('http://127.0.0.1:4000/', { http_proxy: 'http://proxy.example' })).toBe('DIRECT');
});

test('what the stand-in lacks is refused by name, and `in` is honest about it', () => {
  const part = strict('app', { quit: () => 1 }) as { quit(): number; dock?: unknown };
  expect(part.quit()).toBe(1);
  expect('dock' in part).toBe(false);
  expect(() => part.dock).toThrow('the Electron stand-in has no app.dock');
});
