import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answerHeaders,
  contentSecurityPolicy,
  contentTypeOf,
  fileOfAddress,
  isOwnAddress,
  startAddress,
  withNonce,
} from './own-address.ts';

const root = path.resolve('/opt/segue/out/renderer');

describe('isOwnAddress', () => {
  it('takes the own scheme and host only', () => {
    expect(isOwnAddress(startAddress)).toBe(true);
    expect(isOwnAddress('app://segue/assets/a.js?x#y')).toBe(true);
    for (const other of [
      'app://other/index.html',
      'app://segue.evil/index.html',
      'app://user@segue/index.html',
      'app://segue:81/index.html',
      'https://segue/index.html',
      'evil://segue/index.html',
      'about:blank',
      'data:text/html,hello',
      'null',
      '',
    ]) {
      expect(isOwnAddress(other), other).toBe(false);
    }
  });
});

describe('fileOfAddress', () => {
  it('finds own files', () => {
    expect(fileOfAddress(root, 'app://segue/')).toBe(path.join(root, 'index.html'));
    expect(fileOfAddress(root, 'app://segue/index.html?v=1#top')).toBe(path.join(root, 'index.html'));
    expect(fileOfAddress(root, 'app://segue/assets/a%20b.css')).toBe(path.join(root, 'assets', 'a b.css'));
  });

  it('refuses other hosts and ways out', () => {
    for (const address of [
      'app://other/index.html',
      'app://segue/..%2fpackage.json',
      'app://segue/assets/..%2f..%2f..%2fetc/passwd',
      'app://segue/..%5c..%5cwindows',
      'app://segue/%',
      'app://segue/a%00.html',
      'app://segue/assets/..%2f',
    ]) {
      expect(fileOfAddress(root, address), address).toBeNull();
    }
    expect(fileOfAddress(root, 'app://segue/%2e%2e/package.json')).toBe(path.join(root, 'package.json'));
  });

  it('never leaves its root, whatever the address', () => {
    const piece = fc.constantFrom('..', '.', '%2e', '%2f', '%5c', '\\', '/', 'a', '%00', '%', '//', 'c:');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const file = fileOfAddress(root, `app://segue/${pieces.join('')}`);
        return file === null || file.startsWith(`${root}${path.sep}`);
      }),
    );
  });
});

describe('the answer', () => {
  it('names its kind and refuses kinds the bundle does not hold', () => {
    expect(contentTypeOf('a/index.html')).toBe('text/html; charset=utf-8');
    expect(contentTypeOf('A.JS')).toBe('text/javascript; charset=utf-8');
    expect(contentTypeOf('.env')).toBeNull();
    expect(contentTypeOf('a.cjs.map')).toBeNull();
  });

  it('carries the policy and the nonce', () => {
    const headers = answerHeaders('text/html; charset=utf-8', 'abc');
    expect(headers['content-security-policy']).toBe(contentSecurityPolicy('abc'));
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cache-control']).toBe('no-store');
  });

  it('allows nothing that is not named: no inline script, no eval, no foreign host, no frame', () => {
    const policy = contentSecurityPolicy('N');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("style-src 'self' 'nonce-N'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  });

  it('puts the nonce in every place kept for it and the policy first in the head', () => {
    const page = withNonce(
      '<html><head lang="en"><meta property="csp-nonce" nonce="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style></head></html>',
      'Zm9v',
    );
    expect(page).not.toContain('__CSP_NONCE__');
    expect(page.match(/nonce="Zm9v"/g)).toHaveLength(2);
    expect(page).toMatch(/<head lang="en"><meta http-equiv="content-security-policy" content="default-src 'none'/);
    expect(page).not.toContain('frame-ancestors');
  });
});
