import { describe, expect, it } from 'vitest';
import { loopbackOrigin, mayOpenExternally } from './external-address.ts';

describe('mayOpenExternally', () => {
  it('takes https on Constant Contact’s own hosts', () => {
    expect(mayOpenExternally('https://authz.constantcontact.com/oauth2/default/v1/authorize?x=1', [])).toBe(true);
    expect(mayOpenExternally('https://app.constantcontact.com/pages/dma/portal', [])).toBe(true);
  });

  it('takes the running practice account and no other place on this computer', () => {
    const practice = ['http://127.0.0.1:40123'];
    expect(mayOpenExternally('http://127.0.0.1:40123/lists', practice)).toBe(true);
    expect(mayOpenExternally('http://127.0.0.1:40124/lists', practice)).toBe(false);
    expect(mayOpenExternally('http://localhost:40123/lists', practice)).toBe(false);
    expect(mayOpenExternally('http://127.0.0.1:40123/lists', [])).toBe(false);
  });

  it('refuses everything else', () => {
    for (const address of [
      'http://app.constantcontact.com/',
      'https://app.constantcontact.com.evil.example/',
      'https://evil.example/?https://app.constantcontact.com',
      'https://app.constantcontact.com@evil.example/',
      'https://user:pass@app.constantcontact.com/',
      'https://app.constantcontact.com:8443/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'smb://share/x',
      'ms-settings:',
      'not an address',
      '',
    ]) {
      expect(mayOpenExternally(address, ['https://evil.example', 'file://']), address).toBe(false);
    }
  });
});

describe('loopbackOrigin', () => {
  it('knows this computer by its three names', () => {
    expect(loopbackOrigin('http://127.0.0.1:5/oauth2/default/v1')).toBe('http://127.0.0.1:5');
    expect(loopbackOrigin('http://localhost:5/x')).toBe('http://localhost:5');
    expect(loopbackOrigin('http://[::1]:5/x')).toBe('http://[::1]:5');
    for (const other of ['http://127.0.0.1.evil.example/', 'ftp://127.0.0.1/', 'http://10.0.0.1/', undefined]) {
      expect(loopbackOrigin(other)).toBeNull();
    }
  });
});
